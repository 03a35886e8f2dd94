import { describe, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import { tableOf } from "../../metrics/fixtures/table-of.ts";
import { columnShapes } from "../../metrics/fidelity/column-shapes.ts";
import { pairTrends } from "../../metrics/fidelity/pair-trends.ts";
import { exactCopies } from "../../metrics/privacy/exact-copies.ts";
import type { Metric } from "../../metrics/metric.ts";
import { takeRows, type Table } from "../../table/table.ts";
import { limits } from "../take-away/limits.ts";
import { exampleFacts, exampleReport } from "../take-away/fixtures/example-report.ts";
import type { Report, RunFacts } from "../../report/report.ts";
import { elsewhereFacts, evaluateTables } from "./evaluate-model.ts";

const run: RunFacts = elsewhereFacts("real.csv", "synthetic.csv", 1);

/** `perPatient` rows of each patient, `died` as `of` says. */
function patients(
  rows: number,
  seed: number,
  { shift = 0, few = false, perPatient = 1, twin = false } = {},
): Table {
  const rng = createRng(seed);
  const ages = Array.from({ length: rows }, () => Math.round(60 + shift + 10 * rng.normal()));
  const died = ages.map((age) => (rng.uniform() < 1 / (1 + Math.exp((70 - age) / 8)) ? "yes" : "no"));
  const table = tableOf({
    age: { kind: "integer", cells: ages.map((age, i) => (few && i % 2 === 0 ? null : age)) },
    ward: { kind: "category", cells: ages.map(() => (rng.uniform() < (shift > 0 ? 0.9 : 0.5) ? "A" : "B")) },
    ...(twin && {
      ended: { kind: "category", cells: died.map((is) => (is === "yes" ? "dead" : "alive")) } as const,
    }),
    died: { kind: "boolean", role: "target", cells: died },
  });
  return perPatient === 1
    ? table
    : { ...table, patients: Int32Array.from(ages, (_, i) => Math.floor(i / perPatient)) };
}
type Options = Parameters<typeof patients>[2];
const kept = new Map<string, Promise<Report>>();
/** Each report is made once. */
function reportOf(options: Parameters<typeof madeReport>[0] = {}): Promise<Report> {
  const key = JSON.stringify(options);
  const found = kept.get(key) ?? madeReport(options);
  kept.set(key, found);
  return found;
}

async function madeReport(
  options: { real?: Options; synthetic?: Options; held?: number } = {},
  metrics: readonly Metric[] = [columnShapes, pairTrends, exactCopies],
): Promise<Report> {
  const holdout = patients(100, 2, options.real);
  return evaluateTables(
    {
      train: patients(200, 1, options.real),
      holdout:
        options.held === undefined
          ? holdout
          : takeRows(
              holdout,
              Int32Array.from({ length: options.held }, (_, i) => i),
            ),
      synthetic: patients(200, 3, { ...options.real, ...options.synthetic, perPatient: 1 }),
    },
    run,
    { metrics },
  );
}
const textOf = ({
  headline,
  caveat,
  notes,
  run: facts,
  columns,
  notMeasured,
  axes,
  findings,
}: Report): string[] => [
  headline,
  caveat ?? "",
  ...notes,
  ...(facts.notices ?? []),
  ...columns.map(({ remark }) => remark ?? ""),
  ...notMeasured.map(({ why }) => why),
  ...axes.map(({ sentence }) => sentence),
  ...findings.flatMap(({ text, remedy, title }) => [text, remedy, title]),
];
const UNSOUND =
  /NaN|undefined|Infinity|\(\)|\s[.,;]|[:,;]\.|\b1 (rows|columns|patients|values|measures)\b|  /;

interface Case {
  readonly says: RegExp;
  readonly in: Parameters<typeof reportOf>[0];
  readonly notIn: Parameters<typeof reportOf>[0];
}

describe("sentences of a report beside its metrics'", () => {
  it.each<[string, Case]>([
    [
      "too rare values",
      { says: /^Values (under|over) \d+ are too rare$/, in: { synthetic: { shift: 15 } }, notIn: {} },
    ],
    ["a level", { says: /^“A” is too frequent$/, in: { synthetic: { shift: 15 } }, notIn: {} }],
    [
      "missing values",
      {
        says: /^Missing values are too frequent$/,
        in: { synthetic: { few: true } },
        notIn: { real: { few: true } },
      },
    ],
    [
      "several rows a patient",
      {
        says: /^Patients have several rows: 200 learned from are of 50 patients, 100 held out of 25 patients\./,
        in: { real: { perPatient: 4 } },
        notIn: {},
      },
    ],
    [
      "too few patients to cut between",
      { says: /was not measured\.$/, in: { real: { perPatient: 25 } }, notIn: { real: { perPatient: 4 } } },
    ],
    [
      "a target that is given away",
      {
        says: /^“ended” \(AUROC 1\.000\) gives the target died away by itself\./,
        in: { real: { twin: true } },
        notIn: {},
      },
    ],
    ["nothing held out", { says: /^No patients were opened whom the tool/, in: { held: 0 }, notIn: {} }],
    ["teaching", { says: /teaching/, in: {}, notIn: { synthetic: { shift: 40 } } }],
  ])("%s: where it is so, and not where it is not", async (_, { says, in: here, notIn: elsewhere }) => {
    const [told, silent] = [await reportOf(here), await reportOf(elsewhere)].map(textOf) as [
      string[],
      string[],
    ];
    expect(
      told.filter((text) => says.test(text)),
      told.join("\n"),
    ).not.toEqual([]);
    expect(silent.filter((text) => says.test(text))).toEqual([]);
    for (const text of [...told, ...silent]) expect(text).not.toMatch(UNSOUND);
  });

  it("limits: what was skipped, what was held out", async () => {
    const whole = limits(await reportOf(), exampleFacts).join(" ");
    expect(whole).toMatch(/The reference is 100 real rows that were held out/);
    expect(whole).not.toMatch(/could not be computed|No real rows were held out|within reference/);
    const none = limits(await reportOf({ held: 0 }), exampleFacts).join(" ");
    expect(none).toMatch(/No real rows were held out/);
    expect(limits(exampleReport(), exampleFacts).join(" ")).toMatch(/1 measure could not be computed here/);
    expect(none).not.toMatch(/The reference is/);
    const one = limits(await reportOf({ held: 1 }), exampleFacts).join(" ");
    expect(one).toMatch(/The reference is 1 real row /);
    for (const text of [whole, none, one]) expect(text).not.toMatch(UNSOUND);
  });
});
