import { describe, expect, it } from "vitest";
import type { Report } from "../../../core/report/report.ts";
import type { SynthesizerInfo } from "../../../core/synthesizers/synthesizer.ts";
import type { RunView } from "../../../worker/protocol.ts";
import { ariaSort, groupOf, meanReading, referenceOf, rowsOf, sidesOf, sorted } from "./board.ts";
import { boardCsv } from "./board-csv.ts";
import { measuresOf } from "./measures.ts";

interface Given {
  readonly c2st: number;
  readonly half?: number;
  readonly tstr?: number;
  /** score of the privacy side */
  readonly privacy?: number;
}

function metric(id: string, family: string, better: string, value: number, half: number, score: number) {
  const interval = { low: value - half, high: value + half };
  const board = family === "fidelity" ? "Fidelity" : "Utility";
  const scoreInterval = { low: score - 200 * half, high: score + 200 * half };
  return {
    info: { id, name: id, family, better, ideal: 0.5, range: [0, 1], summary: "", reference: "", board },
    result: {
      status: "ok",
      value,
      interval,
      baseline: { value: 0.5, interval: { low: 0.48, high: 0.52 } },
      score: { value: score, interval: scoreInterval, baseline: { value: 100, interval } },
      verdict: value > 0.6 ? "much-worse" : "good",
      sentence: "",
    },
    seconds: 1,
  };
}

const privacyAxis = (score: number) => ({
  family: "privacy",
  metric: "nndr",
  score: {
    value: score,
    interval: { low: score - 2, high: score + 2 },
    baseline: { value: 99, interval: { low: 97, high: 100 } },
  },
  verdict: score < 90 ? "much-worse" : "good",
  sentence: "",
});

const report = ({ c2st, half = 0.02, tstr, privacy }: Given) =>
  ({
    metrics: [
      metric("c2st", "fidelity", "middle", c2st, half, 100 * (1 - 2 * (c2st - 0.5))),
      ...(tstr === undefined ? [] : [metric("tstr", "utility", "higher", tstr, half, 100 * tstr)]),
    ],
    axes: [
      ...(privacy === undefined ? [] : [privacyAxis(privacy)]),
      { family: "fairness", verdict: "cannot-tell", sentence: "No column names a group." },
    ],
    shape: { train: 80, holdout: 20, synthetic: 80, columns: 3 },
  }) as unknown as Report;

let number = 0;
function run(synthesizer: string, given?: Given, more: Partial<RunView> = {}): RunView {
  number++;
  return {
    run: `r${number}`,
    number,
    name: `${synthesizer} ${number}`,
    state: given === undefined ? "failed" : "done",
    request: { synthesizer, params: {}, seed: number, device: "auto", holdout: { share: 0.2, seed: 1 } },
    table: "a.csv",
    schema: { columns: [], dialect: {} as never, missingTokens: [] },
    hasModel: given !== undefined,
    notices: [],
    fromFile: false,
    tableId: "t1",
    ...(given && { report: report(given) }),
    ...more,
  };
}

const infos: SynthesizerInfo[] = ["fine", "close", "poor"].map((id) => ({
  id,
  name: id.toUpperCase(),
  summary: "",
  reference: "",
  params: { steps: { type: "number", label: "Most steps", default: 100, min: 1, max: 1000, reason: "" } },
}));

const board = (runs: readonly RunView[], by: "designs" | "runs" = "designs") => {
  const measures = measuresOf(runs.flatMap((one) => one.report ?? []));
  return { measures, rows: rowsOf(runs, by, measures, infos) };
};

describe("the leaderboard", () => {
  it("calls a difference inside the noise of both a tie, and one beyond it none", () => {
    const { rows } = board([
      run("fine", { c2st: 0.52 }),
      run("close", { c2st: 0.54 }),
      run("poor", { c2st: 0.7 }),
    ]);
    expect(rows.map((row) => row.cells["c2st"]?.standing)).toEqual(["best", "tie", "behind"]);
    const sharp = board([
      run("fine", { c2st: 0.52, half: 0.001 }),
      run("close", { c2st: 0.54, half: 0.001 }),
    ]);
    expect(sharp.rows.map((row) => row.cells["c2st"]?.standing)).toEqual(["best", "behind"]);
    const equal = board([
      run("fine", { c2st: 0.45 }),
      run("close", { c2st: 0.5 }),
      run("poor", { c2st: 0.7 }),
    ]);
    expect(equal.rows.map((row) => row.cells["c2st"]?.standing)).toEqual(["tie", "tie", "behind"]);
    const alone = board([run("fine", { c2st: 0.52 })]);
    expect(alone.rows[0]?.cells["c2st"]?.standing).toBe("behind");
  });

  it("takes the mean over the seeds of a method, and other settings for another method", () => {
    const other = run("fine", { c2st: 0.6 });
    const more = { request: { ...other.request, params: { steps: 80 } } };
    const runs = [run("fine", { c2st: 0.52 }), run("fine", { c2st: 0.56 }), { ...other, ...more }];
    const { rows } = board(runs);
    expect(rows.map((row) => [row.settings, row.cells["c2st"]?.value])).toEqual([
      ["", expect.closeTo(0.54)],
      ["Most steps 80", expect.closeTo(0.6)],
    ]);
    expect(board(runs, "runs").rows).toHaveLength(3);
  });

  it("counts the spread between three seeds and more as noise", () => {
    const reading = (value: number) => ({
      value,
      half: 0.01,
      score: 100 * value,
      reference: 0.5,
      verdict: "good" as const,
    });
    expect(meanReading([0.5, 0.5, 0.5].map(reading)).half).toBeCloseTo(0.01 / Math.sqrt(3));
    expect(meanReading([0.4, 0.5, 0.6].map(reading)).half).toBeCloseTo((4.303 * 0.1) / Math.sqrt(3));
    expect(meanReading([0.4, 0.6].map(reading)).half).toBeCloseTo(0.01 / Math.sqrt(2));
  });

  it("sorts either way by what is shown, and keeps what has no number last", () => {
    const runs = [
      run("poor", { c2st: 0.7, tstr: 0.6 }),
      run("close"),
      run("fine", { c2st: 0.52, tstr: 0.8 }, { facts: { seconds: 3 } as never }),
    ];
    const { rows, measures } = board(runs);
    const names = (by: string, bestFirst: boolean) =>
      sorted(rows, { by, bestFirst }, measures).map((row) => row.runs[0]?.request.synthesizer);
    expect(names("c2st", true)).toEqual(["fine", "poor", "close"]);
    expect(names("c2st", false)).toEqual(["poor", "fine", "close"]);
    expect(names("tstr", true)).toEqual(["fine", "poor", "close"]);
    expect(names("seconds", true)[0]).toBe("fine");
    expect(ariaSort({ by: "c2st", bestFirst: true }, measures)).toBe("ascending");
    expect(ariaSort({ by: "tstr", bestFirst: true }, measures)).toBe("descending");
  });

  it("takes privacy from its side, and shows the worst verdict of a method's runs on each side", () => {
    const { rows, measures } = board([
      run("fine", { c2st: 0.52, privacy: 98 }),
      run("fine", { c2st: 0.52, privacy: 80 }),
      run("poor", { c2st: 0.7 }),
    ]);
    expect(measures.map(({ id }) => id)).toEqual(["c2st", "privacy"]);
    expect(rows[0]?.cells["privacy"]?.value).toBeCloseTo(89);
    expect(rows[1]?.cells["privacy"]).toBeUndefined();
    const marks = (at: number) => sidesOf(rows[at] as (typeof rows)[number]).map(({ verdict }) => verdict);
    const grey = "cannot-tell";
    expect(marks(0)).toEqual([grey, grey, "much-worse", grey, grey]);
    expect(marks(1)).toEqual([grey, grey, grey, grey, grey]);
  });

  it("compares only runs on the same table with the same holdout", () => {
    const [a, b] = [run("fine", { c2st: 0.5 }), run("fine", { c2st: 0.5 }, { tableId: "t2" })];
    const other = { ...a, request: { ...a.request, holdout: { share: 0.3, seed: 1 } } };
    expect(new Set([a, b, other].map(groupOf)).size).toBe(3);
    const { tableId: _none, ...fromFile } = a;
    expect(groupOf(fromFile)).toBeUndefined();
  });

  it("goes out as CSV with intervals, references and standings, and no name can be run as a formula", () => {
    const { rows, measures } = board([
      run("fine", { c2st: 0.52 }),
      run(
        "poor",
        { c2st: 0.7 },
        {
          facts: {
            synthesizerName: '=1+1, "x"',
            seconds: 2.5,
            endedEarly: { by: "person", step: 9 },
          } as never,
        },
      ),
    ]);
    const lines = boardCsv(rows, measures).trimEnd().split("\r\n");
    expect(lines[0]).toBe(
      "method,settings,runs,measured,stopped_early,seeds,c2st,c2st_low,c2st_high,c2st_score,c2st_real,c2st_standing,seconds",
    );
    expect(lines[1]).toMatch(/^FINE,,1,1,0,\d+,0\.52,0\.5,0\.54,96,0\.5,best,$/);
    expect(lines[2]).toMatch(/^"'=1\+1, ""x""",,1,1,1,\d+,0\.7,.*,behind,2\.5$/);
    expect(measures[0] && referenceOf(measures[0], rows)).toBeCloseTo(0.5);
  });
});
