import type { BarsPicture, StudyFigure, StudyFound, StudyKind, StudyTable } from "../../report/study.ts";
import { fixed, intervalWords, percent } from "../../words/numbers.ts";
import { listed } from "../../words/plane-words.ts";
import { methodName } from "../fields.ts";
import { REAL, INDEPENDENT } from "../measuring/fit-and-sample.ts";
import { MOST_RANKED } from "./column-importance.ts";
import { bySeed, differenceBySeed, figureBySeed, type BySeed } from "../reducing/by-seed.ts";
import { beyondNoise } from "../reducing/figures.ts";
import { NOTABLE } from "../reducing/judged.ts";
import { levelBySeed } from "../reducing/possible.ts";
import { rowsOf } from "../reducing/rows-of.ts";
import type { CellDone, StudyCell } from "../study.ts";

/** Columns in a picture, at most. */
const DRAWN = 12;
/** Columns that are named in a sentence, at most. */
const NAMED = 4;

/** What the reduction knows of the grid. */
export interface Told {
  readonly cells: readonly StudyCell[];
  readonly methods: readonly string[];
  readonly columns: readonly string[];
  /** all but the target */
  readonly free: readonly string[];
  /** how many columns are treated */
  readonly taken: number;
  /** told coarsely, not left out */
  readonly coarse: boolean;
  readonly seeds: number;
  readonly target?: { readonly name: string; readonly unit: "AUROC" | "R²" };
}

interface Ranked {
  readonly column: string;
  readonly drops: BySeed;
  readonly drop: StudyFigure | undefined;
  readonly kl: StudyFigure | undefined;
}

type Step = "all" | "costly" | "others";

interface Grid {
  at(step: Step, measure: string, method: string): BySeed;
  /** columns of a method, the one that costs most first */
  ranked(method: string): readonly Ranked[];
  treated(step: Step, method: string): readonly string[];
}

/** Pure: what the cells done so far say. */
export function foundOf(told: Told, done: readonly CellDone[]): StudyFound {
  const grid = gridOf(told, done);
  return {
    say: sayOf(told, grid),
    more: told.methods.flatMap((method) => againWords(method, told, grid)),
    pictures: [
      columnsPicture(told, grid, "drop"),
      columnsPicture(told, grid, "kl"),
      againPicture(told, grid, "c2st"),
      ...(told.target === undefined ? [] : [againPicture(told, grid, "tstr")]),
    ],
    tables: [rankingTable(told, grid), againTable(told, grid)],
    notes: notesOf(told),
  };
}

function gridOf({ cells, columns }: Told, done: readonly CellDone[]): Grid {
  const about = (measure: string, method: string, column: string): BySeed =>
    bySeed(cells, done, measure, { step: "all", method, column });
  return {
    at: (step, measure, method) => bySeed(cells, done, measure, { step, method }),
    ranked: (method) =>
      columns
        .map((column) => {
          const drops = about("drop", method, column);
          const kl = levelBySeed(about("kl", method, column), "nats");
          return { column, drops, drop: figureBySeed(drops), kl: method === REAL ? bare(kl) : kl };
        })
        .toSorted((a, b) => (b.drop?.value ?? 0) - (a.drop?.value ?? 0)),
    treated: (step, method) => [
      ...new Set(
        rowsOf(cells, done, "treated", { step, method }).flatMap(({ of }) => {
          const column = of?.["column"];
          return typeof column === "string" ? [column] : [];
        }),
      ),
    ],
  };
}

/** Without its interval: real rows are the same in every seed, so that seeds tell nothing of their noise. */
const bare = (figure: StudyFigure | undefined): StudyFigure | undefined => figure && { value: figure.value };

const three = (value: number): string => fixed(value, 3);
const figureWords = ({ value, interval }: StudyFigure): string =>
  interval === undefined ? three(value) : `${three(value)} (95% interval ${intervalWords(interval, three)})`;
const names = (columns: readonly string[]): string => listed(columns.map((column) => `“${column}”`));

function sayOf(told: Told, grid: Grid): StudyFound["say"] {
  const each = told.methods.flatMap((method) => methodSays(method, grid));
  if (each.length === 0)
    return { bold: "Nothing can be said yet: no method has been measured with all columns." };
  return { bold: each.map(({ bold }) => bold).join(" "), rest: each.map(({ rest }) => rest).join(" ") };
}

function methodSays(method: string, grid: Grid): { readonly bold: string; readonly rest: string }[] {
  const ranked = grid.ranked(method);
  const [first] = ranked;
  const whole = levelBySeed(grid.at("all", "told", method), "AUC");
  if (first?.drop === undefined || whole === undefined) return [];
  const name = methodName(method);
  const rest = `${name}: with all values in place the classifier's AUC is ${figureWords(whole)}; mixing up “${first.column}” takes away ${figureWords(first.drop)}${nextWords(ranked)}.`;
  if (first.drop.interval === undefined)
    return [
      { bold: `With ${name}, “${first.column}” ranks first, but one seed does not tell how surely.`, rest },
    ];
  if (beyondNoise(first.drop) <= 0) {
    const besideReal = figureBySeed(
      differenceBySeed(grid.at("all", "told", method), grid.at("all", "told", REAL)),
    );
    const whether =
      beyondNoise(besideReal) > 0
        ? "no single column gives the synthetic rows away beyond noise, although all together do"
        : "no column gives the synthetic rows away beyond noise, nor are they told apart better than real rows are";
    const seen = (first.drop.interval.high - first.drop.interval.low) / 2;
    const hidden = seen > NOTABLE ? ` Only a drop above ${three(seen)} would have been seen.` : "";
    return [{ bold: `With ${name}, ${whether}.`, rest: rest + hidden }];
  }
  const level = ranked
    .slice(1)
    .filter(
      ({ drop, drops }) =>
        beyondNoise(drop) > 0 && beyondNoise(figureBySeed(differenceBySeed(first.drops, drops))) <= 0,
    )
    .map(({ column }) => column);
  const bold =
    level.length === 0
      ? `With ${name}, “${first.column}” gives the synthetic rows away most.`
      : `With ${name}, “${first.column}” ranks first, but cannot be told from ${someOf(level)}.`;
  return [{ bold, rest }];
}

const someOf = (columns: readonly string[]): string =>
  columns.length <= NAMED
    ? names(columns)
    : `${names(columns.slice(0, NAMED - 1))} and ${columns.length - NAMED + 1} more`;

function nextWords(ranked: readonly Ranked[]): string {
  const next = ranked.slice(1, NAMED).filter(({ drop }) => beyondNoise(drop) > 0);
  if (next.length === 0)
    return beyondNoise(ranked[0]?.drop) > 0
      ? ", no other column anything beyond noise"
      : ", within noise, and no other column more";
  return `, ${listed(next.map(({ column, drop }) => `“${column}” ${three(drop?.value ?? NaN)}`))}`;
}

/** "without", "with told coarsely" */
const treatedWords = ({ coarse }: Told, columns: readonly string[]): string =>
  coarse ? `with ${names(columns)} told coarsely` : `without ${names(columns)}`;

/** What learning again changed, beside what as many other columns change. */
function againWords(method: string, told: Told, grid: Grid): string[] {
  const costly = grid.treated("costly", method);
  const change = (measure: string, step: Step, from: Step): StudyFigure | undefined =>
    figureBySeed(differenceBySeed(grid.at(step, measure, method), grid.at(from, measure, method)));
  const after = figureBySeed(grid.at("costly", "c2st", method));
  const difference = change("c2st", "costly", "all");
  if (costly.length === 0 || after === undefined || difference === undefined) return [];
  const before = figureBySeed(grid.at("all", "c2st", method));
  const said = [
    `${methodName(method)}, learned again ${treatedWords(told, costly)}: told apart with AUC ${three(after.value)} in place of ${three(before?.value ?? NaN)}, ${changeWords(difference)}${predictingChange(told, change("tstr", "costly", "all"))}.`,
  ];
  const other = figureBySeed(grid.at("others", "c2st", method));
  const against = change("c2st", "costly", "others");
  if (other !== undefined && against !== undefined) {
    const many = told.taken === 1 ? "another column" : `${told.taken} other columns`;
    said.push(
      `The same done to ${many}, drawn at random in each seed: AUC ${three(other.value)}. ${
        beyondNoise(against) < 0
          ? `The columns that cost most bring ${three(-against.value)} more than that, beyond noise.`
          : "That those that cost most bring more than any others is not shown."
      }`,
    );
  }
  return said;
}

const changeWords = (difference: StudyFigure): string =>
  `${beyondNoise(difference) === 0 ? "no difference beyond noise: " : "a difference of "}${figureWords(difference)}`;

const predictingChange = ({ target }: Told, difference: StudyFigure | undefined): string =>
  target === undefined || difference === undefined
    ? ""
    : `; predicting ${target.name}, ${target.unit}: ${changeWords(difference)}`;

interface Series {
  readonly name: string;
  readonly kind: StudyKind;
  readonly method: string;
}

const seriesOf = (methods: readonly string[]): Series[] => [
  ...methods.map((method): Series => ({ name: methodName(method), kind: "synthetic", method })),
  { name: "Real rows", kind: "real", method: REAL },
  ...(methods.includes(INDEPENDENT)
    ? []
    : [{ name: "Independent columns", kind: "independent", method: INDEPENDENT } as const]),
];

/** Columns by what they cost most with any method, so many at most. */
function shownColumns({ methods }: Told, grid: Grid): readonly string[] {
  const most = new Map<string, number>();
  for (const method of methods)
    for (const { column, drop } of grid.ranked(method))
      most.set(column, Math.max(most.get(column) ?? -Infinity, drop?.value ?? -Infinity));
  return [...most].toSorted((a, b) => b[1] - a[1]).map(([column]) => column);
}

function columnsPicture(told: Told, grid: Grid, measure: "drop" | "kl"): BarsPicture {
  const series = seriesOf(told.methods);
  const by = series.map(({ method }) => new Map(grid.ranked(method).map((one) => [one.column, one])));
  return {
    type: "bars",
    title:
      measure === "drop"
        ? "What the classifier loses when a column's values are mixed up, AUC"
        : "Distance of each column from the training rows, KL",
    // a difference of AUCs: nothing lost is 0, not the 0.5 of a guess
    unit: measure === "drop" ? "number" : "nats",
    better: "lower",
    series: series.map(({ name, kind }) => ({ name, kind })),
    bars: shownColumns(told, grid)
      .slice(0, DRAWN)
      .map((name) => ({ name, figures: by.map((columns) => columns.get(name)?.[measure]) })),
  };
}

const stepsOf = ({ coarse, taken }: Told): { readonly step: Step; readonly name: string }[] => [
  { step: "all", name: "all columns as they are" },
  { step: "costly", name: `${taken} that cost most ${coarse ? "told coarsely" : "left out"}` },
  { step: "others", name: `${taken} others ${coarse ? "told coarsely" : "left out"}` },
];

function againPicture(told: Told, grid: Grid, measure: "c2st" | "tstr"): BarsPicture {
  const unit = measure === "c2st" ? "AUC" : (told.target?.unit ?? "AUROC");
  return {
    type: "bars",
    title:
      measure === "c2st" ? "Told from real rows, AUC" : `Predicting ${told.target?.name ?? "the target"}`,
    unit,
    better: measure === "c2st" ? "lower" : "higher",
    series: seriesOf(told.methods).map(({ name, kind }) => ({ name, kind })),
    bars: stepsOf(told).map(({ step, name }) => ({
      name,
      figures: seriesOf(told.methods).map(({ method }) => levelBySeed(grid.at(step, measure, method), unit)),
    })),
  };
}

function rankingTable(told: Told, grid: Grid): StudyTable {
  const series = seriesOf(told.methods);
  const by = series.map(({ method }) => {
    const ranked = grid.ranked(method);
    const all = ranked.reduce((sum, { kl }) => sum + (kl?.value ?? 0), 0);
    return { of: new Map(ranked.map((one) => [one.column, one])), all };
  });
  return {
    title: "Every column, the one that costs most first",
    note: `mean over ${told.seeds} ${told.seeds === 1 ? "seed" : "seeds"}, ± half of the 95% interval`,
    columns: series.flatMap(({ name }) => [
      { name: "drop", over: name, unit: "number" as const },
      { name: "KL", over: name, unit: "nats" as const },
      { name: "share of KL", over: name },
    ]),
    rows: shownColumns(told, grid).map((column) => ({
      name: column,
      cells: by.flatMap(({ of, all }) => {
        const one = of.get(column);
        const share = one?.kl === undefined || all <= 0 ? undefined : percent(one.kl.value / all);
        return [one?.drop, one?.kl, share];
      }),
    })),
  };
}

function againTable(told: Told, grid: Grid): StudyTable {
  return {
    title: "Before and after",
    columns: [
      { name: "told apart", unit: "AUC" },
      ...(told.target === undefined
        ? []
        : [{ name: `predicting ${told.target.name}`, unit: told.target.unit }]),
      { name: "columns" },
    ],
    rows: seriesOf(told.methods).flatMap(({ name, kind, method }) =>
      stepsOf(told).flatMap(({ step, name: what }) => {
        const apart = levelBySeed(grid.at(step, "c2st", method), "AUC");
        if (apart === undefined) return [];
        return [
          {
            name: `${name}, ${what}`,
            kind,
            cells: [
              apart,
              ...(told.target === undefined
                ? []
                : [levelBySeed(grid.at(step, "tstr", method), told.target.unit)]),
              step === "costly"
                ? grid.treated(step, method).join(", ")
                : step === "others"
                  ? "drawn at random"
                  : "",
            ],
          },
        ];
      }),
    ),
  };
}

function notesOf({ seeds, target, free, columns }: Told): string[] {
  return [
    `Columns are ranked by a classifier of at most ${MOST_RANKED.toLocaleString("en")} rows of each kind; “told apart” comes from another one, so that the two AUC differ.`,
    "A column's drop counts what it tells alone and together with others. Where two columns tell the same, mixing up one takes little away, and both may be worse than they rank.",
    "With fewer or coarser columns rows are harder to tell apart whatever is left out: the same done to other columns shows how much of it is that.",
    ...(target !== undefined && free.length < columns.length
      ? ["The target is ranked and never treated."]
      : []),
    ...(seeds === 1
      ? ["With one seed an interval holds the luck of the patients tested on, not that of the model."]
      : []),
  ];
}
