/** What a grid of steps (rows, columns) by methods by seeds comes to: one line a method for each measure, and a table. */
import { count } from "../../words/numbers.ts";
import type { LinesPicture, StudyFigure, StudyKind, StudyTable, StudyUnit } from "../../report/study.ts";
import { methodName } from "../fields.ts";
import { REAL, INDEPENDENT } from "../measuring/fit-and-sample.ts";
import type { CellDone, StudyCell } from "../study.ts";
import { bySeed, differenceBySeed, type BySeed } from "./by-seed.ts";
import { levelBySeed } from "./possible.ts";
import { judged, NOTABLE, type Judged } from "./judged.ts";

/** The grid of a study whose cells have the factors `factor`, `method` and `seed`. */
export interface Sweep {
  readonly cells: readonly StudyCell[];
  readonly factor: "rows" | "columns";
  /** rising */
  readonly steps: readonly number[];
  /** the methods asked about; independent columns and real rows stand beside them */
  readonly methods: readonly string[];
  readonly target?: { readonly name: string; readonly unit: "AUROC" | "R²" } | undefined;
  /** "rows learned from" */
  readonly across: string;
}

/** The same with the cells done so far. */
export interface SweepDone extends Sweep {
  readonly done: readonly CellDone[];
}

export const seedsAt = (
  { cells, done, factor }: SweepDone,
  measure: string,
  method: string,
  step: number,
): BySeed => bySeed(cells, done, measure, { method, [factor]: step });

/** The unit whose range a measure has. */
function rangedAs({ target }: Sweep, measure: string): StudyUnit {
  if (measure === "tstr") return target?.unit ?? "R²";
  if (measure === "c2st") return "AUC";
  if (measure === "attack") return "share";
  return measure === "seconds" ? "seconds" : "nats";
}

/** A measure of one method at one step, as it is shown: an advantage of an attack is no less than 0. */
export function figureAt(
  sweep: SweepDone,
  measure: string,
  method: string,
  step: number,
): StudyFigure | undefined {
  return levelBySeed(seedsAt(sweep, measure, method, step), rangedAs(sweep, measure));
}

/** What a model of the target loses by learning from synthetic instead of as many real rows. */
export const lossAt = (sweep: SweepDone, method: string, step: number): Judged | undefined =>
  judged(differenceBySeed(seedsAt(sweep, "tstr", REAL, step), seedsAt(sweep, "tstr", method, step)), NOTABLE);

/** One method's measure at one step less at another. */
export const changeOf = (
  sweep: SweepDone,
  measure: string,
  method: string,
  from: number,
  to: number,
): Judged | undefined =>
  judged(
    differenceBySeed(seedsAt(sweep, measure, method, to), seedsAt(sweep, measure, method, from)),
    NOTABLE,
  );

/** The steps at which anything has been measured. */
export const stepsDone = (sweep: SweepDone): number[] =>
  sweep.steps.filter((step) =>
    sweep.methods.some(
      (method) => figureAt(sweep, sweep.target ? "tstr" : "c2st", method, step) !== undefined,
    ),
  );

/** The methods asked about from best to worst at a step: by what can be predicted from their rows, else by how hard they are to tell apart. */
export function ranked(sweep: SweepDone, step: number): string[] {
  const [measure, sign] = sweep.target ? (["tstr", -1] as const) : (["c2st", 1] as const);
  const valueOf = (method: string): number => sign * (figureAt(sweep, measure, method, step)?.value ?? NaN);
  return sweep.methods
    .filter((method) => Number.isFinite(valueOf(method)))
    .toSorted((a, b) => valueOf(a) - valueOf(b));
}

export const nameOf = (method: string): string =>
  method === REAL ? "Real rows" : method === INDEPENDENT ? "Independent columns" : methodName(method);

const kindOf = (method: string): StudyKind =>
  method === REAL ? "real" : method === INDEPENDENT ? "independent" : "synthetic";

export const sides = ({ methods }: Sweep): string[] => [...new Set([...methods, REAL, INDEPENDENT])];

interface Measured {
  readonly measure: string;
  readonly title: string;
  readonly brief: string;
  readonly unit: StudyUnit;
  readonly better: "lower" | "higher";
  readonly chance?: number;
}

const measuresOf = ({ target }: Sweep): Measured[] => [
  {
    measure: "c2st",
    title: "Told from real rows, AUC",
    brief: "Told from real, AUC",
    unit: "AUC",
    better: "lower",
    chance: 0.5,
  },
  ...(target === undefined
    ? []
    : [
        {
          measure: "tstr",
          title: `Predicting ${target.name}, ${target.unit}`,
          brief: `Predicting ${target.name}, ${target.unit}`,
          unit: target.unit,
          better: "higher",
        } as const,
      ]),
  { measure: "kl", title: "KL a column, nats", brief: "KL a column", unit: "nats", better: "lower" },
  {
    measure: "pairs",
    title: "Correlation error",
    brief: "Correlation error",
    unit: "number",
    better: "lower",
  },
  {
    measure: "attack",
    title: "Attack advantage",
    brief: "Attack advantage",
    unit: "number",
    better: "lower",
  },
  { measure: "seconds", title: "Time to learn", brief: "Time", unit: "seconds", better: "lower" },
];

/** A picture for each measure that has a figure. */
export function sweepPictures(sweep: SweepDone): LinesPicture[] {
  return measuresOf(sweep).flatMap(({ measure, title, unit, better, chance }): LinesPicture[] => {
    const lines = sides(sweep)
      .filter((method) => !(method === REAL && (measure === "attack" || measure === "seconds")))
      .map((method) => ({
        name: nameOf(method),
        kind: kindOf(method),
        points: sweep.steps.flatMap((step) => {
          const figure = figureAt(sweep, measure, method, step);
          return figure === undefined ? [] : [{ x: step, figure }];
        }),
      }));
    if (lines.every(({ points }) => points.length === 0)) return [];
    return [
      {
        type: "lines",
        title,
        unit,
        better,
        across: { name: sweep.across, ticks: sweep.steps, even: true },
        lines,
        ...(chance !== undefined && { chance }),
      },
    ];
  });
}

/** The measures at the first and the last step of which anything is done, a line a method. */
export function sweepTable(sweep: SweepDone): StudyTable {
  const steps = stepsDone(sweep);
  const [first, last] = [steps[0] ?? sweep.steps[0] ?? 0, steps.at(-1) ?? sweep.steps.at(-1) ?? 0];
  const columns = measuresOf(sweep).flatMap(({ measure, brief, unit }) =>
    (first !== last && (measure === "c2st" || measure === "tstr") ? [first, last] : [last]).map((step) => ({
      measure,
      step,
      head: { name: count(step), over: brief, unit },
    })),
  );
  return {
    title:
      first === last
        ? `At ${count(last)} ${sweep.factor}`
        : `At ${count(first)} and at ${count(last)} ${sweep.factor}`,
    note: `mean over ${seedWords(sweep)}, ± half of the 95% interval`,
    columns: columns.map(({ head }) => head),
    rows: sides(sweep).map((method) => ({
      name: nameOf(method),
      kind: kindOf(method),
      cells: columns.map(({ measure, step }) =>
        method === REAL && measure === "seconds" ? undefined : figureAt(sweep, measure, method, step),
      ),
    })),
  };
}

/** "5 seeds" */
export function seedWords({ cells }: Sweep): string {
  const seeds = new Set(cells.map(({ factors }) => factors["seed"])).size;
  return seeds === 1 ? "one seed" : `${seeds} seeds`;
}

/** What bars and bands stand for: with one seed only predictions have an interval. */
function intervalNotes(sweep: Sweep): string[] {
  const several = seedWords(sweep) !== "one seed";
  if (!several)
    return sweep.target === undefined
      ? []
      : [
          "Intervals are those of predictions over resampled held-out rows; how much seeds differ is not known of one.",
        ];
  return [
    `Bars and bands are 95% intervals over ${seedWords(sweep)}${sweep.target === undefined ? "" : "; those of predictions hold the resampled held-out rows too"}.`,
  ];
}

/** Limits of what such a grid measures. */
export const sweepNotes = (sweep: Sweep): string[] => [
  ...intervalNotes(sweep),
  "KL is low for independent columns too: it looks at one column at a time. Do not choose a method by it.",
  "Real rows are what chance alone comes to: training rows told from held-out ones, and as many held-out rows beside training ones for KL and correlations.",
  "The attack goes by distance alone; an advantage is shown as no less than 0, and others may do better.",
];
