import type { Run, Verdict } from "./results.ts";

/** Mean over seeds and its standard error (NaN for one seed). */
export interface Summary {
  readonly mean: number;
  readonly error: number;
  readonly seeds: number;
}

export type Measure = keyof Verdict | "cpu" | "fit";

export function summarise(values: readonly number[]): Summary {
  const seeds = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / seeds;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: seeds < 2 ? NaN : Math.sqrt(squares / (seeds - 1) / seeds), seeds };
}

/** The runs of one design on one table that have a verdict. */
export const judgedRuns = (runs: readonly Run[], design: string, table: string): Run[] =>
  runs.filter((run) => run.design === design && run.table === table && run.verdict !== undefined);

/** One measure of one design on one table; undefined when nothing was judged. */
export function measured(
  runs: readonly Run[],
  design: string,
  table: string,
  measure: Measure,
): Summary | undefined {
  const values = judgedRuns(runs, design, table).flatMap((run) => {
    const value = measure === "cpu" || measure === "fit" ? run[measure] : run.verdict?.[measure];
    return value === undefined ? [] : [value];
  });
  return values.length === 0 ? undefined : summarise(values);
}

/** Lines of a Markdown table. */
export function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** .571, or .571 ±.008 with more than one seed. */
export function share(summary: Summary | undefined, digits = 3): string {
  if (summary === undefined || Number.isNaN(summary.mean)) return "";
  const short = (value: number): string => value.toFixed(digits).replace(/^(-?)0\./, "$1.");
  return Number.isNaN(summary.error)
    ? short(summary.mean)
    : `${short(summary.mean)} ±${short(summary.error)}`;
}

export const seconds = (summary: Summary | undefined): string =>
  summary === undefined ? "" : summary.mean < 10 ? summary.mean.toFixed(1) : summary.mean.toFixed(0);

export const designsOf = (runs: readonly Run[]): string[] => [...new Set(runs.map(({ design }) => design))];
