import { describe, expect, it, test } from "vitest";
import type { Family, MetricInfo, Verdict } from "../../metrics/metric.ts";
import { metrics } from "../../metrics/registry.ts";
import type { ColumnComparison, Report } from "../../report/report.ts";
import { axesOf } from "./axes.ts";
import { findingsOf } from "./findings.ts";
import { wordHeadline, type Limit } from "./headline.ts";

type Row = Report["metrics"][number];

const infoOf = (id: string, scored: boolean): MetricInfo => {
  const known = metrics.find((metric) => metric.id === id);
  if (known === undefined) throw new Error(`There is no metric ${id}.`);
  const { name, family, better, ideal, margin, range } = known;
  return { id, name, family, better, ideal, margin, range, summary: "", reference: "", limits: "", scored };
};

/** `times`: how many times the margin the loss is. */
function row(id: string, verdict: Verdict, { value = 0.1, scored = true, column = "" } = {}): Row {
  const info = infoOf(id, scored);
  const times = { good: 0, "cannot-tell": 1, worse: 2, "much-worse": 5 }[verdict];
  const interval = { low: value, high: value };
  const loss = { value: times * info.margin, interval: { low: 0, high: (times + 1) * info.margin } };
  const baseline = { value: 0.01, interval };
  const detail = {
    type: "per-column" as const,
    columns: [{ name: column, value, noise: 4, verdict: "worse" as const }],
  };
  const result = {
    status: "ok" as const,
    value,
    interval,
    baseline,
    score: { value: 90, interval, baseline },
    loss,
    judgement: { margin: info.margin, seen: 0.183, ...(verdict === "cannot-tell" && { times: 2.8 }) },
    verdict,
    sentence: `What ${id} found.`,
    ...(column !== "" && { detail }),
  };
  return { info, result, seconds: 0 };
}

const skipped = (id: string): Row => ({
  info: infoOf(id, true),
  result: { status: "skipped", reason: "Too few.", wants: "patients" },
  seconds: 0,
});

const headlineOf = (rows: Row[], heldOut = 128, limit?: Limit) =>
  wordHeadline({
    limit,
    rows,
    axes: axesOf(rows),
    metrics,
    target: "died",
    heldOut,
    synthetic: 640,
    seen: heldOut === 0 ? "all" : "some",
    few: heldOut < 40 ? "Not measurable with 40 patients: fidelity and privacy." : undefined,
  });

const both = (rows: Row[], heldOut?: number): string => {
  const { headline, caveat } = headlineOf(rows, heldOut);
  return `${headline} ${caveat}`;
};

describe("the verdict in two sentences", () => {
  it("names one use of the target once, by visit and by course", () => {
    const skill = { real: 0.9, synthetic: 0.9, syntheticInterval: { low: 0.8, high: 0.95 } };
    const detail = { type: "models", unit: "AUROC", rows: [{ name: "boosting", ...skill }] };
    const borne = ["tstr", "tstr-patients"].map((id): Row => {
      const { result, ...rest } = row(id, "good", { value: 0.9 });
      return { ...rest, result: { ...result, detail } as unknown as Row["result"] };
    });
    expect(headlineOf(borne).headline).toContain(
      "first models that predict died from one visit or from the course",
    );
    expect(headlineOf(borne).headline.match(/predict died/g)).toHaveLength(1);
    expect(headlineOf(borne.slice(1)).headline).toContain("first models that predict died from the course");
  });

  it.each([
    ["singling-out", "single out"],
    ["membership-distance", "which patients it was learned from"],
    ["attribute-inference", "guess what training patients have"],
  ])("puts a failed %s before all else, whatever DCR says", (id, words) => {
    const said = headlineOf([
      row("dcr-share", "good"),
      row("column-shapes", "much-worse"),
      row(id, "much-worse"),
    ]);
    expect(said.headline).toContain("among people who may see the real table");
    expect(said.caveat).toMatch(/^Do not pass it on, and do not quote statistics/);
    expect(said.caveat).toContain(words);
  });

  it("says that grey privacy cannot be told, and never that it is worse", () => {
    expect(both([row("column-shapes", "good"), row("singling-out", "cannot-tell")])).toBe(
      "Use for software tests and teaching among people who may see the real table. " +
        "Do not pass it on: with 128 held-out patients we cannot tell whether it protects privacy.",
    );
    const { caveat } = headlineOf([
      row("c2st", "worse"),
      row("exact-copies", "good"),
      skipped("singling-out"),
    ]);
    expect(caveat).toBe(
      "Do not draw conclusions about real patients from it, and do not pass it on: " +
        "a classifier can tell its rows from real ones, and with 128 held-out patients we cannot tell whether it protects privacy.",
    );
  });

  it("says too few patients first, and allows nothing but software tests", () => {
    const rows = [row("column-shapes", "good"), row("pair-trends", "cannot-tell"), skipped("singling-out")];
    expect(both(rows, 8)).toBe(
      "Not measurable with 40 patients: fidelity and privacy. " +
        "Use it for software tests only, among people who may see the real table. " +
        "Do not draw conclusions about real patients from it, and do not pass it on: " +
        "with 8 held-out patients we cannot tell whether it is close enough to real patients or whether it protects privacy.",
    );
  });

  it("with a guarantee leaves grey privacy to its limit, and hides neither what is worse nor copies", () => {
    const limit = { epsilon: 1, unit: "row" } as const;
    const grey = headlineOf([row("column-shapes", "good"), row("singling-out", "cannot-tell")], 128, limit);
    expect(grey.headline).toBe("Use for software tests and teaching where a limit of ε 1 is enough.");
    expect(grey.caveat).toBe(
      "Do not use it for decisions about single patients: no row is a patient. " +
        "With 128 held-out patients the attacks we tried cannot tell whether it protects privacy; by its guarantee " +
        "whoever is unsure 50 to 50 whether a row is in the table can become at most 73% sure, by any attack.",
    );
    expect(
      headlineOf([row("singling-out", "cannot-tell")], 128, { epsilon: 10, unit: "row" }).caveat,
    ).toContain("can become all but certain, by any attack.");
    const few = headlineOf([row("pair-trends", "cannot-tell"), skipped("singling-out")], 8, limit);
    expect(few.headline).toContain("software tests only, where a limit of ε 1 is enough.");
    expect(few.caveat).toMatch(/^Do not draw conclusions .* real patients\. With 8 held-out patients/);
    const worse = [row("column-shapes", "good"), row("singling-out", "worse")];
    expect(headlineOf(worse, 128, limit)).toEqual(headlineOf(worse));
    const copies = [row("near-copies", "worse", { value: 0.744, scored: false })];
    expect(headlineOf(copies, 128, limit)).toEqual(headlineOf(copies));
  });

  it("lets copies outrank everything", () => {
    const rows = [row("column-shapes", "good"), row("near-copies", "worse", { value: 0.744, scored: false })];
    const { headline, caveat } = headlineOf(rows);
    expect(headline).toBe(
      "Do not use this table or pass it on: 476 of its 640 rows are near copies of real patients.",
    );
    expect(caveat).toContain("copies always fit");
  });

  it("ends with what always holds when all is as good as held-out patients", () => {
    const said = headlineOf([row("column-shapes", "good"), row("singling-out", "good")]);
    expect(said.headline).toBe("Use for software tests and teaching.");
    expect(said.caveat).toBe("Do not use it for decisions about single patients: no row is a patient.");
  });

  it("names a use that every metric which bears it was measured for and holds", () => {
    const privacy = row("singling-out", "good");
    const useOf = (rows: Row[]): string => headlineOf([...rows, privacy]).headline;
    const [shapes, pairs] = [row("column-shapes", "good"), row("pair-trends", "good")];
    expect(useOf([shapes, pairs])).toBe("Use for software tests and teaching.");
    expect(useOf([shapes, pairs, row("c2st", "good", { value: 0.6 })])).toContain("and method development");
    expect(useOf([shapes, pairs, row("c2st", "good", { value: 0.7 })])).not.toContain("method development");
  });

  it("does not let evidence that is not scored forbid a use", () => {
    const rows = [row("singling-out", "good"), row("nndr", "much-worse", { scored: false })];
    expect(headlineOf(rows).headline).not.toContain("among");
  });
});

test("every claim reads after “Do not”, and its reason after a colon", () => {
  for (const { id, claim } of metrics) {
    if (claim === undefined) continue;
    const { not, because } = claim({ target: "died", column: "age" });
    expect(not, id).toMatch(
      /^(study|count|assume|compute|predict|draw|quote|rely|use|publish|pass|trust|compare|show|give) /,
    );
    expect(because, id).toMatch(/^[a-z].*[^.]$/);
  }
});

describe("findings", () => {
  const facts = (rows: Row[], columns: ColumnComparison[] = []) => ({
    rows,
    axes: axesOf(rows),
    columns,
    metrics,
    heldOut: 128,
    elsewhere: false,
  });

  it("are what is worse, one for a column, evidence only for a side that nothing scored speaks of", () => {
    const column = { name: "ntprobnp", remark: "Values over 20,000 are too rare" } as ColumnComparison;
    const rows = [
      row("column-shapes", "worse", { column: "ntprobnp" }),
      row("pair-trends", "worse", { column: "ntprobnp" }),
      row("jensen-shannon", "much-worse", { scored: false, column: "ntprobnp" }),
      row("reference-ranges", "worse", { scored: false }),
      row("singling-out", "good"),
    ];
    const found = findingsOf(facts(rows, [column]));
    expect(found.map(({ metric, title }) => `${metric}: ${title}`)).toEqual([
      "column-shapes: ntprobnp: values over 20,000 are too rare",
      "reference-ranges: Reference ranges: worse than among held-out patients",
    ]);
    expect(found[0]).toMatchObject({ column: "ntprobnp", text: "What column-shapes found." });
  });

  it("hold grey privacy, what it would have taken to see a risk, and how many patients would do", () => {
    const many = ["column-shapes", "c2st", "coverage", "missingness", "tails", "tstr"].map((id) =>
      row(id, "worse"),
    );
    const found = findingsOf(facts([...many, { ...row("singling-out", "cannot-tell") }]));
    expect(found).toHaveLength(5);
    expect(found.at(-1)).toMatchObject({ family: "privacy" satisfies Family, metric: "singling-out" });
    expect(found.at(-1)?.text).toContain("above 18 points would have been called worse");
    expect(found.at(-1)?.remedy).toContain("About 360 held-out patients would be enough");
    expect(findingsOf(facts([row("singling-out", "good")]))).toEqual([]);
  });

  it("do not ask for training where the table was made elsewhere", () => {
    const { remedy } = findingsOf({ ...facts([row("c2st", "worse")]), elsewhere: true })[0] ?? {};
    expect(remedy).toContain("whoever made the table");
  });

  it("with a guarantee names the noise and the limit, not longer training", () => {
    const rows = [row("c2st", "worse"), row("singling-out", "cannot-tell")];
    const limit = { epsilon: 3, unit: "patient" } as const;
    const [unlike, grey] = findingsOf({ ...facts(rows), limit });
    expect(unlike?.remedy).toContain("Noise for ε 3 is the likely cause");
    expect(unlike?.remedy).not.toContain("Train longer");
    expect(grey?.title).toBe("The attacks we tried cannot tell");
    expect(grey?.remedy).toContain("Decide by the limit of ε 3");
    expect(grey?.remedy).not.toContain("Treat the file like the patient data");
  });
});
