/** The table that `npm run bench -- private` writes. */
import type { Fit } from "./fit-rows.ts";

/** One line of judge.py: of one file of rows, or of the real rows. */
export interface Judged {
  readonly epsilon?: number;
  readonly seed?: number;
  readonly tstr: number;
  readonly c2st: number;
  readonly mia: number;
}

/** Over seeds; the standard error is 0 where there is one. */
export interface Spread {
  readonly mean: number;
  readonly error: number;
}

export interface Row {
  readonly table: string;
  readonly method: string;
  readonly facts: string;
  readonly epsilon: number;
  readonly seeds: number;
  readonly tstr: Spread;
  readonly c2st: Spread;
  readonly mia: Spread;
  /** of the processor, of one fit, median */
  readonly seconds: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    mean,
    error: values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1) / values.length),
  };
}

/** Undefined where the method was refused or did not end. */
export function rowOf(
  judged: readonly Judged[],
  fits: readonly Fit[],
): Omit<Row, "table" | "method" | "facts" | "epsilon"> | undefined {
  if (judged.length === 0) return undefined;
  const of = (name: "tstr" | "c2st" | "mia"): Spread => spreadOf(judged.map((one) => one[name]));
  const seconds = fits
    .flatMap((fit) => (fit.refused === undefined ? [fit.seconds] : []))
    .toSorted((a, b) => a - b);
  return {
    seeds: judged.length,
    tstr: of("tstr"),
    c2st: of("c2st"),
    mia: of("mia"),
    seconds: seconds[Math.floor(seconds.length / 2)] ?? NaN,
  };
}

const text = ({ mean, error }: Spread): string =>
  error === 0 ? mean.toFixed(3) : `${mean.toFixed(3)} ± ${error.toFixed(3)}`;

/** Markdown. `unseen`: the attack where it can find nothing. */
export function tableOfRows(
  table: string,
  real: number,
  rows: readonly Row[],
  unseen: readonly Judged[],
): string {
  const attack = text(spreadOf(unseen.map(({ mia }) => mia)));
  const lines = rows
    .toSorted((a, b) => a.epsilon - b.epsilon)
    .map(
      ({ epsilon, method, facts, seeds, tstr, c2st, mia, seconds }) =>
        `| ${epsilon} | ${method} | ${facts} | ${seeds} | ${text(tstr)} | ${text(c2st)} | ${text(mia)} | ${seconds.toFixed(seconds < 10 ? 2 : 0)} |`,
    );
  return [
    `${table}: real rows ${real.toFixed(3)}; MIA of rows that nothing was learned from ${attack}`,
    "",
    "| ε | method | public | seeds | TSTR | C2ST | MIA | CPU s |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ...lines,
  ].join("\n");
}
