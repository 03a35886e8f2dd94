// npm test: installs what is missing, then every check there is; stops at the first stage that fails.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { checkNode, installPackages } from "./install.mjs";
import { provideBrowser } from "./browser.mjs";
import { readings, root, runs, stage } from "./stage.mjs";

checkNode();
rmSync(new URL("test-results", root), { recursive: true, force: true });
let passed = 0;
let failed = 0;
/** Tests that passed only when they were tried again, by name. */
let flaky = [];

/** Stages without tests in them, side by side; each counts as one check. */
async function checks(works) {
  const ended = await Promise.all(Object.entries(works).map(([name, work]) => stage(name, work)));
  for (const good of ended) {
    if (good) passed++;
    else failed++;
  }
  if (failed > 0) end();
}

/** A stage of tests counts them, from the report that it writes. */
async function tests(name, work, report, count) {
  const good = await stage(name, work);
  const path = new URL(report, root);
  const counted = existsSync(path) ? count(JSON.parse(readFileSync(path, "utf8"))) : { passed: 0, failed: 0 };
  flaky = [...flaky, ...(counted.flaky ?? [])];
  passed += counted.passed;
  failed += good ? counted.failed : Math.max(1, counted.failed);
  if (!good) end();
}

/** The names of flaky tests in a report of Playwright's suites. */
const flakyIn = ({ suites = [], specs = [] }) => [
  ...specs
    .filter(({ tests }) => tests.some(({ status }) => status === "flaky"))
    .map(({ file, title }) => `${file}: ${title}`),
  ...suites.flatMap(flakyIn),
];

function end() {
  const again = flaky.length === 0 ? "" : `, of which ${flaky.length} only when tried again (flaky):`;
  console.log(`\n${passed} passed, ${failed} failed${again}`);
  for (const name of flaky) console.log(`  ${name}`);
  process.exit(failed === 0 ? 0 : 1);
}

async function browser() {
  const path = await provideBrowser();
  if (path) console.log(path);
  else
    console.error(
      "No Chromium was found and none could be installed. Install Chromium or Chrome, or name one in SEMBLANCE_BROWSER.",
    );
  return path !== undefined;
}

await checks({ packages: installPackages });
await checks({ browser });
await checks({
  ...readings,
  format: runs("prettier", "--check", "--log-level", "warn", "."),
  build: runs("vite", "build", "--logLevel", "warn"),
});
await tests(
  "unit and contract tests",
  runs("vitest", "run", "--reporter=default", "--reporter=json", "--outputFile.json=test-results/unit.json"),
  "test-results/unit.json",
  (report) => ({ passed: report.numPassedTests, failed: report.numFailedTests }),
);
await tests(
  "end to end, in a real Chromium",
  runs("playwright", "test"),
  "test-results/e2e.json",
  (report) => ({
    passed: report.stats.expected + report.stats.flaky,
    failed: report.stats.unexpected,
    flaky: flakyIn(report),
  }),
);
end();
