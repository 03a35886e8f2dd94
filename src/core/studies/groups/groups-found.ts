import type {
  BarsPicture,
  StudyFigure,
  StudyFound,
  StudyKind,
  StudyTable,
  StudyUnit,
} from "../../report/study.ts";
import { count, fixed, intervalWords } from "../../words/numbers.ts";
import { listed } from "../../words/plane-words.ts";
import { methodName } from "../fields.ts";
import { REAL, INDEPENDENT } from "../measuring/fit-and-sample.ts";
import {
  bySeed,
  combinedBySeed,
  differenceBySeed,
  figureBySeed,
  meanOf,
  type BySeed,
} from "../reducing/by-seed.ts";
import { beyondNoise } from "../reducing/figures.ts";
import { levelBySeed } from "../reducing/possible.ts";
import type { CellDone, StudyCell } from "../study.ts";
import { LEAST_TO_LEARN, type MarkedGroup, type Marking } from "./marked-groups.ts";

/** What the reduction knows of the grid. */
export interface Told {
  readonly cells: readonly StudyCell[];
  readonly methods: readonly string[];
  readonly marking: Marking;
  readonly seeds: number;
  /** left out: nothing is predicted */
  readonly target?: { readonly name: string; readonly unit: "AUROC" | "R²" };
}

interface Measured {
  readonly id: "kl" | "c2st" | "tstr";
  readonly title: string;
  readonly short: string;
  readonly unit: StudyUnit;
  readonly better: "lower" | "higher";
  /** what one model a group is where this is better, and where it is worse */
  readonly gain: string;
  readonly loss: string;
}

const measuresOf = (target: Told["target"]): Measured[] => [
  {
    id: "kl",
    title: "Distance of columns from the group's held-out patients, KL",
    short: "KL",
    unit: "nats",
    better: "lower",
    gain: "has columns closer to the group's patients",
    loss: "has columns further from the group's patients",
  },
  {
    id: "c2st",
    title: "Told from the group's held-out patients, AUC",
    short: "told apart, AUC",
    unit: "AUC",
    better: "lower",
    gain: "is harder to tell from the group's patients",
    loss: "is easier to tell from the group's patients",
  },
  ...(target === undefined
    ? []
    : [
        {
          id: "tstr" as const,
          title: `Predicting ${target.name} in the group`,
          short: `predicting ${target.name}, ${target.unit}`,
          unit: target.unit,
          better: "higher" as const,
          gain: `predicts ${target.name} better`,
          loss: `predicts ${target.name} worse`,
        },
      ]),
];

/** Pure: what the cells done so far say. */
export function foundOf(told: Told, done: readonly CellDone[]): StudyFound {
  const { marking, methods } = told;
  const grid = gridOf(told, done);
  const all = measuresOf(told.target);
  const measures = all.filter(({ id }) => !grid.begun || isMeasured(id, grid));
  const compared = methods.map((method) => ({
    method,
    by: measures.map((measure) => ({ measure, difference: grid.overall(measure.id, method) })),
  }));
  return {
    say: sayOf(marking.column, compared),
    more: [...hiddenOf(compared), ...moreOf(told, all, grid)],
    pictures: measures.map((measure) => pictureOf(measure, told, grid)),
    tables: [differencesTable(told, measures, grid), gapsTable(told, measures, grid), groupsTable(marking)],
    notes: notesOf(told, measures.length * methods.length),
  };
}

type Arm = "each" | "whole";

interface Grid {
  /** whether real rows have been measured, by which it is seen what can be */
  readonly begun: boolean;
  readonly groups: readonly MarkedGroup[];
  at(measure: string, arm: Arm, method: string, group: string): BySeed;
  /** one model for each less one of all, in a group */
  difference(measure: string, method: string, group: string): BySeed;
  /** the same, the mean over the groups that both could be measured in */
  overall(measure: string, method: string): StudyFigure | undefined;
  /** the most that a group loses against real rows */
  gap(measure: Measured, arm: Arm, method: string): BySeed;
}

function gridOf({ cells, marking }: Told, done: readonly CellDone[]): Grid {
  const groups = marking.groups.filter(({ refused }) => refused === undefined);
  const at: Grid["at"] = (measure, arm, method, group) =>
    bySeed(cells, done, measure, { learned: arm, method, group });
  const difference: Grid["difference"] = (measure, method, group) =>
    differenceBySeed(at(measure, "each", method, group), at(measure, "whole", method, group));
  const some = (sides: readonly BySeed[]): BySeed[] => sides.filter(({ size }) => size > 0);
  return {
    groups,
    begun: groups.some(({ name }) => at("kl", "whole", REAL, name).size > 0),
    at,
    difference,
    overall: (measure, method) =>
      figureBySeed(combinedBySeed(some(groups.map(({ name }) => difference(measure, method, name))), meanOf)),
    gap: ({ id, better }, arm, method) => {
      const lost = groups.map(({ name }) => {
        const [real, own] = [at(id, "whole", REAL, name), at(id, arm, method, name)];
        return better === "higher" ? differenceBySeed(real, own) : differenceBySeed(own, real);
      });
      return combinedBySeed(some(lost), (values) => Math.max(...values));
    },
  };
}

const isMeasured = (id: Measured["id"], grid: Grid): boolean =>
  grid.groups.some(({ name }) => grid.at(id, "whole", REAL, name).size > 0);

interface Compared {
  readonly method: string;
  readonly by: readonly { readonly measure: Measured; readonly difference: StudyFigure | undefined }[];
}

function sayOf(column: string, compared: readonly Compared[]): StudyFound["say"] {
  const known = compared.filter(({ by }) => by.some(({ difference }) => difference?.interval !== undefined));
  if (known.length === 0)
    return { bold: "Nothing can be said yet: neither way has been measured often enough to know its noise." };
  const told = known.map((one) => ({ name: methodName(one.method), ...ofMethod(one) }));
  const some = told.filter(({ words }) => words !== undefined);
  const none = told.filter(({ words }) => words === undefined).map(({ name }) => name);
  const between = `between one model for each group of ${column} and one model of all`;
  const bold =
    some.length === 0
      ? `No difference beyond noise ${between}.`
      : [
          ...some.map(
            ({ name, words }) =>
              `With ${name}, one model for each group of ${column} ${words ?? ""} than one model of all.`,
          ),
          ...(none.length > 0 ? [`With ${listed(none)} there is no difference beyond noise.`] : []),
        ].join(" ");
  return { bold, rest: told.map(({ name, figures }) => `${name}: ${figures}.`).join(" ") };
}

/** What one model a group is, and the differences behind it. */
function ofMethod({ by }: Compared): { readonly words?: string; readonly figures: string } {
  const judged = by.map(({ measure, difference }) => ({
    measure,
    difference,
    verdict: verdictOf(measure, difference),
  }));
  const gains = judged.filter(({ verdict }) => verdict > 0).map(({ measure }) => measure.gain);
  const losses = judged.filter(({ verdict }) => verdict < 0).map(({ measure }) => measure.loss);
  const figures = judged
    .flatMap(({ measure, difference, verdict }) =>
      difference === undefined
        ? []
        : [`${measure.short} ${differenceWords(difference)}${verdict === 0 ? ", within noise" : ""}`],
    )
    .join("; ");
  if (gains.length + losses.length === 0) return { figures };
  const words =
    gains.length > 0 && losses.length > 0
      ? `${listed(gains)}, but ${listed(losses)}`
      : listed([...gains, ...losses]);
  return { words, figures };
}

/** 1: one model a group is better beyond noise, -1: worse. */
function verdictOf({ better }: Measured, difference: StudyFigure | undefined): number {
  const beyond = beyondNoise(difference);
  return better === "higher" ? beyond : -beyond;
}

/** What may hide in the noise, where no difference was seen. */
function hiddenOf(compared: readonly Compared[]): string[] {
  const most = new Map<string, number>();
  for (const { by } of compared)
    for (const { measure, difference } of by) {
      if (difference?.interval === undefined || verdictOf(measure, difference) !== 0) continue;
      const { low, high } = difference.interval;
      most.set(measure.short, Math.max(most.get(measure.short) ?? 0, -low, high));
    }
  if (most.size === 0) return [];
  const words = [...most].map(([short, size]) => `${short} by up to ${three(size)}`);
  return [`Where no difference was seen there may still be one (95%): ${listed(words)}.`];
}

const three = (value: number): string => fixed(value, 3);

/** "0.021 lower (95% interval −0.030 to −0.012)" */
function differenceWords({ value, interval }: StudyFigure): string {
  const size = three(Math.abs(value));
  const words = size === three(0) ? "the same" : `${size} ${value < 0 ? "lower" : "higher"}`;
  return interval === undefined ? words : `${words} (95% interval ${intervalWords(interval, three)})`;
}

function moreOf({ marking, methods }: Told, measures: readonly Measured[], grid: Grid): string[] {
  const said: string[] = [];
  const small = marking.groups.filter(({ refused }) => refused !== undefined);
  if (small.length > 0)
    said.push(
      `Too small for a model of their own: ${small.map(({ name, refused = "" }) => `${name} (${refused})`).join("; ")}. One model of all still learns from them; nothing is said of how well.`,
    );
  const fewest = measures.at(-1);
  if (fewest !== undefined)
    for (const method of methods) {
      const [own, whole] = [grid.gap(fewest, "each", method), grid.gap(fewest, "whole", method)];
      const [a, b] = [figureBySeed(own), figureBySeed(whole)];
      const difference = figureBySeed(differenceBySeed(own, whole));
      if (a === undefined || b === undefined || difference === undefined) continue;
      const beyond =
        beyondNoise(difference) === 0 ? "no difference beyond noise" : differenceWords(difference);
      said.push(
        `${methodName(method)}, the group that loses most against its real rows (${fewest.short}): ${three(a.value)} with a model for each, ${three(b.value)} with one model of all; ${beyond}.`,
      );
    }
  for (const { id, short } of measures) {
    const [some, none] = [true, false].map((has) =>
      grid.groups.filter(({ name }) => grid.at(id, "whole", REAL, name).size > 0 === has),
    );
    if (none === undefined || none.length === 0 || !grid.begun) continue;
    const where =
      some === undefined || some.length === 0 ? "in any group" : `in ${listed(none.map(({ name }) => name))}`;
    said.push(`Could not be measured ${where}, where too few patients or outcomes were held out: ${short}.`);
  }
  return said;
}

interface Series {
  readonly name: string;
  readonly kind: StudyKind;
  readonly arm: Arm;
  readonly method: string;
}

const seriesOf = (methods: readonly string[]): Series[] => [
  ...methods.flatMap((method): Series[] => [
    { name: `${methodName(method)}, one for each`, kind: "synthetic", arm: "each", method },
    { name: `${methodName(method)}, one of all`, kind: "synthetic", arm: "whole", method },
  ]),
  { name: "Real rows", kind: "real", arm: "whole", method: REAL },
  ...(methods.includes(INDEPENDENT)
    ? []
    : [{ name: "Independent columns", kind: "independent", arm: "whole", method: INDEPENDENT } as const]),
];

function pictureOf(measure: Measured, { methods }: Told, grid: Grid): BarsPicture {
  const series = seriesOf(methods);
  return {
    type: "bars",
    title: measure.title,
    unit: measure.unit,
    better: measure.better,
    series: series.map(({ name, kind }) => ({ name, kind })),
    bars: grid.groups.map(({ name, patients }) => ({
      name,
      note: `${count(patients)} patients`,
      figures: series.map(({ arm, method }) =>
        levelBySeed(grid.at(measure.id, arm, method, name), measure.unit),
      ),
    })),
  };
}

function differencesTable({ methods, seeds }: Told, measures: readonly Measured[], grid: Grid): StudyTable {
  return {
    title: "One model for each group, less one model of all",
    note: `mean over ${seeds} ${seeds === 1 ? "seed" : "seeds"}, ± half of the 95% interval`,
    columns: [{ name: "all groups" }, ...grid.groups.map(({ name }) => ({ name }))],
    rows: methods.flatMap((method) =>
      measures.map(({ id, short }) => ({
        name: `${methodName(method)}: ${short}`,
        kind: "synthetic" as const,
        cells: [
          grid.overall(id, method),
          ...grid.groups.map(({ name }) => figureBySeed(grid.difference(id, method, name))),
        ],
      })),
    ),
  };
}

function gapsTable({ methods }: Told, measures: readonly Measured[], grid: Grid): StudyTable {
  return {
    title: "What the worst-served group loses against its real rows",
    columns: measures.map(({ short, unit }) => ({ name: short, unit })),
    rows: seriesOf(methods)
      .filter(({ method }) => method !== REAL)
      .map(({ name, kind, arm, method }) => ({
        name,
        kind,
        cells: measures.map((measure) => figureBySeed(grid.gap(measure, arm, method))),
      })),
  };
}

const groupsTable = ({ groups, column }: Marking): StudyTable => ({
  title: `Groups of ${column}`,
  columns: [{ name: "patients to learn from", unit: "count" }, { name: "" }],
  rows: groups.map(({ name, patients, refused }) => ({
    name,
    cells: [{ value: patients }, refused === undefined ? "learned by itself" : `refused: ${refused}`],
  })),
});

function notesOf({ marking, seeds }: Told, comparisons: number): string[] {
  return [
    ...(marking.how === undefined ? [] : [marking.how]),
    "A model of all draws twice as many rows as there are patients; in each group as many of them are looked at as its own model gives.",
    `KL is of held-out against synthetic patients, so that repeating the chance of few patients is no merit. Groups of fewer than ${LEAST_TO_LEARN} patients to learn from have no model of their own.`,
    `${comparisons} comparisons are made, each at 95%: with as many, ${comparisons > 10 ? "one or more" : "one"} may lie beyond noise by chance.`,
    ...(seeds === 1
      ? ["With one seed an interval holds the luck of the patients tested on, not that of the model."]
      : []),
  ];
}
