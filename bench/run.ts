/**
 * `npm run bench` measures everything but what needs Python packages or hours; `npm run bench -- step read`, `-- report`,
 * `-- peers`, `-- visits`, `-- ablation`, `-- alarms`, `-- audit`, `-- planted`, `-- rules`, `-- figures`, `-- private`, `-- simulate-rules` or `-- calibration` those parts; options for them follow. Tables on stdout, JSON in bench/out. `npm run bench --
 * methods` measures nothing: it writes the tables of METHODS.md from what is kept.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import type { ReadTiming } from "./read.ts";
import { tableOf, type Figure, type Part } from "./figure.ts";

const parts: Readonly<Record<string, () => Promise<Part>>> = {
  read: async () => {
    const { benchRead } = await import("./read.ts");
    return async () => (await benchRead()).flatMap(readFigures);
  },
  step: async () => (await import("./step.ts")).benchStep,
  sample: async () => (await import("./sample.ts")).benchSample,
  simulate: async () => (await import("./simulate.ts")).benchSimulate,
  figures: async () => (await import("./figures/figures.ts")).benchFigures,
  "simulate-rules": async () => (await import("./simulate-rules.ts")).benchSimulateRules,
  masks: async () => (await import("./masks.ts")).benchMasks,
  page: async () => (await import("./page.ts")).benchPage,
  judge: async () => (await import("./judge.ts")).benchJudge,
  ablation: async () => (await import("./ablation.ts")).benchAblation,
  report: async () => (await import("./report/report.ts")).benchReport,
  calibration: async () => (await import("./calibration.ts")).benchCalibration,
  transfer: async () => (await import("./transfer.ts")).benchTransfer,
  alarms: async () => (await import("./privacy-alarms.ts")).benchAlarms,
  visits: async () => (await import("./visits/visits.ts")).benchVisits,
  peers: async () => (await import("./peers/peers.ts")).benchPeers,
  power: async () => (await import("./power/power.ts")).benchPower,
  outbreak: async () => (await import("./outbreak.ts")).benchOutbreak,
  planted: async () => (await import("./planted/planted.ts")).benchPlanted,
  private: async () => (await import("./private/private.ts")).benchPrivate,
  rules: async () => (await import("./clinical-rules.ts")).benchClinicalRules,
  audit: async () => (await import("./audit.ts")).benchAudit,
  methods: async () => (await import("./methods-tables.ts")).benchMethods,
};
const onlyWhenAsked = new Set([
  "figures",
  "simulate-rules",
  "peers",
  "report",
  "ablation",
  "calibration",
  "alarms",
  "power",
  "visits",
  "outbreak",
  "rules",
  "audit",
  "planted",
  "private",
  "methods",
]);

/** From file to preview is reading and profiling. */
function readFigures(timing: ReadTiming): Figure[] {
  const { file, readSeconds, profileSeconds, megabytes, peakMegabytes, writeSeconds } = timing;
  const note = `${megabytes.toFixed(0)} MB, ${timing.rows} rows x ${timing.columns} columns`;
  return [
    { what: `${file}: file to preview`, value: readSeconds + profileSeconds, unit: "s", note },
    { what: `${file}: peak memory`, value: peakMegabytes, unit: "MB", goal: { most: 2000 } },
    { what: `${file}: back to CSV`, value: writeSeconds, unit: "s" },
  ];
}

const out = new URL("./out/", import.meta.url);

async function measure(name: string, load: () => Promise<Part>): Promise<boolean> {
  console.log(`\n${name}`);
  let figures: readonly Figure[];
  try {
    figures = await (await load())();
  } catch (error) {
    console.log(
      `  could not be measured: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return false;
  }
  console.log(tableOf(figures));
  const busy = loadavg()[0] ?? 0;
  if (busy > cpus().length + 1)
    console.log(`(Others were busy on this machine, load ${busy.toFixed(1)}: times are too long.)`);
  const machine = {
    load: busy,
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    node: process.version,
  };
  const record = { part: name, at: new Date().toISOString(), machine, figures };
  await writeFile(fileURLToPath(new URL(`${name}.json`, out)), `${JSON.stringify(record, null, 2)}\n`);
  return true;
}

/** The parts come first, options for them after. */
const given = process.argv.slice(2);
const options = given.findIndex((arg) => arg.startsWith("--"));
const asked = given.slice(0, options < 0 ? given.length : options);
const unknown = asked.find((name) => !Object.hasOwn(parts, name));
if (unknown !== undefined) {
  console.error(`There is no part “${unknown}”; there are ${Object.keys(parts).join(", ")}.`);
  process.exit(2);
}
await mkdir(out, { recursive: true });
let failed = false;
for (const [name, load] of Object.entries(parts)) {
  if (asked.length > 0 ? !asked.includes(name) : onlyWhenAsked.has(name)) continue;
  failed = !(await measure(name, load)) || failed;
}
process.exitCode = failed ? 1 : 0;
