import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import { c2st } from "../../metrics/fidelity/c2st.ts";
import { jensenShannon } from "../../metrics/fidelity/jensen-shannon.ts";
import { tstr } from "../../metrics/utility/tstr.ts";
import { tableOf } from "../../metrics/fixtures/table-of.ts";
import type { Report } from "../../report/report.ts";
import type { Table } from "../../table/table.ts";
import { evaluate } from "../evaluate/evaluate.ts";
import { quickMetrics } from "../evaluate/fixtures/quick-metrics.ts";
import { htmlReport } from "../take-away/html/html-report.ts";
import { factsOfRun } from "../take-away/run-facts.ts";
import { openModelFile, openOwnModelFile, saveModelFile, type TrainedModel } from "./model-file.ts";

function patients(rows: number, seed: number): Table {
  const rng = createRng(seed);
  const age = Array.from({ length: rows }, () => Math.round(60 + 9 * rng.normal()));
  return tableOf({
    age: { kind: "integer", cells: age },
    class: { kind: "category", cells: age.map((years) => (years + 5 * rng.normal() > 60 ? "II" : "I")) },
    died: { kind: "boolean", role: "target", cells: age.map((years) => (years > 70 ? "yes" : "no")) },
  });
}

const train = patients(200, 1);
const facts: TrainedModel["facts"] = {
  table: "heart.csv",
  synthesizer: "independent",
  synthesizerName: "Independent columns",
  params: {},
  seed: 7,
  device: "wasm",
  seconds: 1.5,
  finishedAt: "2026-01-02T03:04:05.000Z",
  notices: ["The WebGPU context was lost."],
};
const bare: TrainedModel = {
  artifact: { synthesizer: "independent", version: 1, params: {}, state: {}, tensors: [] },
  schema: train.schema,
  filling: ["learned", "learned", "learned"],
  facts,
};

let honest: Report;
let file: Uint8Array;
beforeAll(async () => {
  honest = await evaluate(
    { train, holdout: patients(120, 2), synthetic: patients(200, 3) },
    facts,
    createRng(1),
    { metrics: [...quickMetrics, c2st, tstr, jensenShannon] },
  );
  file = saveModelFile({ ...bare, report: honest });
});

type Loose = { [key: string]: Loose } & Loose[];

/** The file with its evaluation changed by hand, as its forger would. */
function forged(change: (report: Loose) => void): TrainedModel {
  const entries = unzipSync(file);
  const manifest = JSON.parse(strFromU8(entries["manifest.json"] as Uint8Array)) as Loose;
  change(manifest["report"] as Loose);
  return openModelFile(zipSync({ ...entries, "manifest.json": strToU8(JSON.stringify(manifest)) }));
}

const okRow = (report: Loose): Loose =>
  (report["metrics"] as Loose).find(
    (row) => (row as Loose)["result"]?.["status"] === ("ok" as never),
  ) as Loose;
const set = (of: Loose | undefined, key: string, value: unknown): void => {
  (of as unknown as Record<string, unknown>)[key] = value;
};

describe("what a model file says of itself", () => {
  it("is claimed by the file: the lab's headline is withheld, its numbers are there, its conclusions are made anew", () => {
    const { report, refused } = openModelFile(file);
    expect(refused).toBeUndefined();
    expect(honest.headline).toMatch(/^Use for software tests/);
    expect(report?.claimed).toBe(true);
    expect(report?.headline).toBe("Claimed by the file, not measured here");
    expect(report?.caveat).toMatch(/^Claimed by the file: Use for/);
    expect(report?.axes.map(({ family, verdict }) => [family, verdict])).toEqual(
      honest.axes.map(({ family, verdict }) => [family, verdict]),
    );
    const values = (of?: Report) =>
      of?.metrics.map(({ info, result }) => [
        info,
        result.status === "ok" && [result.value, result.verdict, result.judgement],
      ]);
    expect(values(report)).toEqual(values(honest));
    for (const { result } of report?.metrics ?? [])
      expect(result.status === "ok" ? result.sentence : "Claimed by the file: ").toMatch(
        /^Claimed by the file: /,
      );
    expect(report?.run.notices).toEqual(["Claimed by the file: The WebGPU context was lost."]);
  });

  it("stays a claim when it is saved and opened again, and is none in what this browser kept", () => {
    const once = openModelFile(file);
    const twice = openModelFile(saveModelFile(once));
    expect(twice).toEqual(once);
    expect(openOwnModelFile(file).report).toEqual(JSON.parse(JSON.stringify(honest)));
  });

  it("is not refused for a score that its percentile interval just misses", () => {
    const { report } = forged((given) => {
      const score = okRow(given)["result"]?.["score"] as Loose;
      set(score, "value", 62);
      set(score, "interval", { low: 40, high: 60 });
    });
    expect(report).toBeDefined();
  });

  const FORGED = "FORGED: certified anonymous";

  it("shows no word of the file: not as a sentence, a name, a note, a remark, nor in what is taken away", () => {
    const opened = forged((report) => {
      const row = okRow(report);
      set(row["info"], "name", FORGED);
      set(row["info"], "summary", FORGED);
      set(row["info"], "limits", FORGED);
      set(row["result"], "sentence", FORGED);
      set(row["result"], "note", FORGED);
      for (const other of report["metrics"] as Loose) {
        const columns = (other as Loose)["result"]?.["detail"]?.["columns"];
        if (columns) set(columns[0], "name", FORGED);
      }
      set(report, "caveat", FORGED);
      set(report, "notes", [FORGED]);
      for (const axis of report["axes"] as Loose) set(axis as Loose, "sentence", FORGED);
      set(report, "findings", [
        { family: "privacy", metric: FORGED, title: FORGED, text: FORGED, remedy: FORGED },
      ]);
      set(report, "notMeasured", [{ family: "privacy", why: FORGED, metrics: [] }]);
      for (const column of report["columns"] as Loose) set(column as Loose, "remark", FORGED);
      set(report["run"], "synthesizerName", FORGED);
      set(report["run"], "notices", [FORGED]);
      set(report, "reading", [{ what: "blank", words: FORGED }]);
    });
    expect(opened.report).toBeDefined();
    expect(JSON.stringify(opened.report)).not.toContain("FORGED");
    const written = htmlReport(opened.report as Report, factsOfRun(opened, {}));
    expect(written).not.toContain("FORGED");
    expect(written).toContain("Claimed by the file, not measured here");
  });

  it.each<[string, (report: Loose) => void, RegExp]>([
    ["a headline of its own", (r) => set(r, "headline", FORGED), /headline does not follow/],
    [
      "a measure that is none",
      (r) => set(okRow(r)["info"], "id", "certified"),
      /measure that this lab does not have/,
    ],
    [
      "a pending measure that is none",
      (r) => set(r, "pending", ["x"]),
      /measure that this lab does not have/,
    ],
    ["one measure twice", (r) => (r["metrics"] as Loose).push(okRow(r)), /one measure twice/],
    [
      "a score outside its interval",
      (r) => {
        const score = okRow(r)["result"]?.["score"] as Loose;
        set(score, "value", 100);
        set(score, "interval", { low: 10, high: 20 });
      },
      /score lies outside its own interval/,
    ],
    ["a score beyond 100", (r) => set(okRow(r)["result"]?.["score"], "value", 120), /outside 0 to 100/],
    [
      "a value that cannot be",
      (r) => set(okRow(r)["result"], "value", 7e9),
      /outside what its measure can be/,
    ],
    [
      "a value that is none",
      (r) => set(okRow(r)["result"], "value", null),
      /outside what its measure can be/,
    ],
    [
      "a verdict that does not follow",
      (r) => {
        const result = okRow(r)["result"] as Loose;
        set(result, "verdict", result["verdict"] === ("good" as never) ? "much-worse" : "good");
      },
      /verdict does not follow/,
    ],
    [
      "a side's verdict that does not follow",
      (r) => {
        for (const axis of r["axes"] as Loose) set(axis as Loose, "verdict", "good");
      },
      /verdict of a side does not follow/,
    ],
    [
      "a foreign column",
      (r) => set((r["columns"] as Loose)[0], "name", FORGED),
      /column that the model does not have/,
    ],
    ["a foreign target", (r) => set(r, "target", FORGED), /column that the model does not have/],
    ["a shape that is none", (r) => set(r, "columns", "all"), /not written as an evaluation/],
    ["rows below none", (r) => set(r["shape"], "train", -5), /counts rows that cannot be/],
  ])("with %s is refused in a sentence, and the model opens", (_, change, why) => {
    const { report, refused, artifact } = forged(change);
    expect(report).toBeUndefined();
    expect(refused).toMatch(/^What the file claims of itself is left out: /);
    expect(refused).toMatch(why);
    expect(refused).not.toContain("FORGED");
    expect(artifact.synthesizer).toBe("independent");
  });
});
