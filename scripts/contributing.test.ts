import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const project = fileURLToPath(new URL("..", import.meta.url));
const text = readFileSync(join(project, "CONTRIBUTING.md"), "utf8");

/** Each code block, and the file that its first line names. */
const examples = [...text.matchAll(/```tsx?\n\/\/ (src\/\S+)\n([\s\S]*?)```/g)].map(([, file, source]) => ({
  file: file as string,
  source: source as string,
}));

/** Inside the project, so that packages are found; git, prettier and oxlint look at nothing there. */
const folder = join(project, "node_modules", ".contributing");
let place = "";

beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  place = mkdtempSync(join(folder, "check-"));
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

type Example = (typeof examples)[number];

/** What the compilers say: core is compiled without the dom library, as in the project. */
const complaints = (files: readonly Example[]): string =>
  compiled(
    "tsconfig.core.json",
    "src/core/no-dom.d.ts",
    files.filter(({ file }) => file.startsWith("src/core/")),
  ) +
  compiled(
    "tsconfig.json",
    "src/app/theme/kept-theme.ts",
    files.filter(({ file }) => file.startsWith("src/app/")),
  );

/** Compiles files that stand, for their imports, where they say they stand in the project, beside one that does. */
function compiled(base: string, beside: string, files: readonly Example[]): string {
  if (files.length === 0) return "";
  for (const { file, source } of files) {
    mkdirSync(dirname(join(place, file)), { recursive: true });
    writeFileSync(join(place, file), source);
  }
  const config = {
    extends: join(project, base),
    compilerOptions: { rootDirs: [join(project, "src"), join(place, "src")] },
    files: [...files.map(({ file }) => join(place, file)), join(project, beside)],
    include: [],
  };
  const tsconfig = join(place, "tsconfig.json");
  writeFileSync(tsconfig, JSON.stringify(config));
  const tsc = join(project, "node_modules", ".bin", "tsc");
  const { stdout, stderr } = spawnSync(tsc, ["-p", tsconfig, "--noEmit"], { encoding: "utf8" });
  return `${stdout}${stderr}`;
}

describe("CONTRIBUTING.md", () => {
  it("has an example of a synthesizer, a metric, a chart and formats, and no other code", () => {
    expect(examples.map(({ file }) => file)).toEqual([
      "src/core/synthesizers/even/even.ts",
      "src/core/metrics/fidelity/still-varies.ts",
      "src/app/charts/share-bar.tsx",
      "src/core/table/read/read-json-lines.ts",
      "src/core/lab/take-away/documents/evaluation-csv.ts",
    ]);
    expect(text.match(/^```\w/gm)).toHaveLength(examples.length);
  });

  it("compiles as it stands, and would not with a metric that lacks its sentence", () => {
    expect(complaints(examples)).toBe("");
    const metric = examples.filter(({ file }) => file.includes("/metrics/"));
    const broken = metric.map(({ file, source }) => ({
      file,
      source: source.replace(/\n.*sentence: .*/, ""),
    }));
    expect(complaints(broken)).toContain("still-varies.ts");
  });

  it("names only files that are there", () => {
    const files = [...text.matchAll(/`((?:src|bench|scripts)\/[\w/.-]+)`/g)].map(
      ([, path]) => path as string,
    );
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter((path) => !existsSync(join(project, path)))).toEqual([]);
  });
});
