import type {
  LinesPicture,
  StudyFigure,
  StudyFound,
  StudyKind,
  StudyLine,
  StudyTable,
  StudyUnit,
} from "../../report/study.ts";
import { methodName } from "../fields.ts";
import { REAL, INDEPENDENT } from "../measuring/fit-and-sample.ts";
import { bySeed, differenceBySeed, figureBySeed, type BySeed } from "../reducing/by-seed.ts";
import { beyondNoise } from "../reducing/figures.ts";
import { judged, NOTABLE, widest, type Judged } from "../reducing/judged.ts";
import { levelBySeed } from "../reducing/possible.ts";
import type { CellDone, StudyCell } from "../study.ts";
import type { Start } from "./starts.ts";
import { count, fixed, intervalWords } from "../../words/numbers.ts";
import { listed } from "../../words/plane-words.ts";

export interface Told {
  readonly cells: readonly StudyCell[];
  readonly sizes: readonly number[];
  readonly methods: readonly string[];
  readonly target: string | undefined;
  readonly unit: Extract<StudyUnit, "AUROC" | "R²">;
  readonly elsewhere: { readonly name: string; readonly rows: number; readonly simulated: boolean };
  readonly notes: readonly string[];
}

type Measure = "c2st" | "tstr";
/** One way of learning: how it started and by which method. */
interface Way {
  readonly start: Start;
  readonly method: string;
}
type Reading = (measure: Measure, way: Way, rows: number) => BySeed;

/** Pure: what the cells done so far say. */
export function foundOf(told: Told, done: readonly CellDone[]): StudyFound {
  const { cells, methods, target, elsewhere, notes } = told;
  const at: Reading = (measure, { start, method }, rows) =>
    bySeed(cells, done, measure, { start, method, rows: start === "elsewhere" ? 0 : rows });
  const measures: Measure[] = target === undefined ? ["c2st"] : ["c2st", "tstr"];
  const [first = ""] = methods;
  return {
    say: sentence(told, at, first),
    more: [
      ...againstPooled(told, at, first),
      ...elsewhereOnly(told, at, first),
      ...methods
        .slice(1)
        .map((method) => `${methodName(method)}: ${lowered(sentence(told, at, method).bold)}`),
    ],
    pictures: methods.flatMap((method) =>
      measures.map((measure) => picture(told, at, measure, method)).filter(({ lines }) => lines.length > 0),
    ),
    tables: methods.map((method) => tableOf(told, at, measures, method)),
    notes: [
      ...notes,
      `Learned first: ${elsewhere.rows.toLocaleString("en-US")} rows of ${elsewhere.name}. Every model is measured on the same held-out rows of the open table.`,
      ...(told.sizes.length > 1
        ? ["Each number of rows is judged by itself; one in twenty such comparisons differs by chance alone."]
        : []),
    ],
  };
}

const paired = (a: BySeed, b: BySeed): StudyFigure | undefined => figureBySeed(differenceBySeed(a, b));

/** What `a` gains over `b`: a lower C2ST, a higher TSTR. */
const gain = (at: Reading, measure: Measure, a: Way, b: Way, rows: number): BySeed =>
  measure === "c2st"
    ? differenceBySeed(at(measure, b, rows), at(measure, a, rows))
    : differenceBySeed(at(measure, a, rows), at(measure, b, rows));

const three = (value: number): string => fixed(value, 3);
const short = (found: StudyFigure | undefined): string => (found ? three(found.value) : "not known");
/** An area differs from another by 1 at most, an R² by 2, whatever a t interval of few seeds says. */
const spread = (apart: StudyFigure | undefined, most: number): string =>
  apart?.interval
    ? ` (difference ${three(apart.value)}, 95% interval ${intervalWords({ low: Math.max(-most, apart.interval.low), high: Math.min(most, apart.interval.high) }, three)})`
    : "";
const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
/** "50, 100 and 1,000" */
const sizesListed = (sizes: readonly number[]): string => listed(sizes.map(count));

interface Gains {
  readonly better: readonly number[];
  readonly worse: readonly number[];
  readonly known: readonly number[];
  /** how large a difference would not have been seen, at each of `known` */
  readonly hidden: readonly number[];
}

function gainsOf({ sizes }: Told, at: Reading, measure: Measure, method: string): Gains {
  const each = sizes.map((rows) => {
    const way = (start: Start): Way => ({ start, method });
    const found = judged(gain(at, measure, way("tuned"), way("scratch"), rows), NOTABLE);
    return { rows, state: found?.state, seen: found?.seen ?? Infinity };
  });
  const known = each.filter(({ seen }) => Number.isFinite(seen));
  const of = (wanted: Judged["state"]): number[] =>
    known.filter(({ state }) => state === wanted).map(({ rows }) => rows);
  return {
    better: of("above"),
    worse: of("below"),
    known: known.map(({ rows }) => rows),
    hidden: known.map(({ seen }) => seen),
  };
}

const WORDS = {
  c2st: {
    better: "rows that are harder to tell from real ones",
    worse: "rows that are easier to tell from real ones",
  },
  tstr: { better: "better predictions", worse: "worse predictions" },
} as const;

function sentence(told: Told, at: Reading, method: string): StudyFound["say"] {
  const { target, unit, sizes } = told;
  const measures: Measure[] = target === undefined ? ["c2st"] : ["c2st", "tstr"];
  const gains = measures.map((measure) => ({ measure, ...gainsOf(told, at, measure, method) }));
  if (gains.every(({ known }) => known.length === 0))
    return { bold: "Nothing can be said yet: no two ways of learning have been compared over two seeds." };
  const parts = gains.flatMap(({ measure, better, worse, known }) => [
    ...(better.length > 0 ? [`${WORDS[measure].better} with ${withRows(better, known)}`] : []),
    ...(worse.length > 0 ? [`${WORDS[measure].worse} with ${withRows(worse, known)}`] : []),
  ]);
  const bold =
    parts.length === 0
      ? nothingSeen(gains.flatMap(({ hidden }) => hidden))
      : `Learning elsewhere first gives ${parts.join(", and ")}.`;
  const [least] = gains[0]?.known.length ? gains[0].known : sizes;
  const figures = measures.map((measure) => {
    const value = (start: Start): string =>
      short(levelBySeed(at(measure, { start, method }, least ?? 0), measure === "c2st" ? "AUC" : unit));
    const name = measure === "c2st" ? "told from real rows, AUC" : `predicting ${target ?? ""}, ${unit}`;
    const apart = paired(
      at(measure, { start: "tuned", method }, least ?? 0),
      at(measure, { start: "scratch", method }, least ?? 0),
    );
    return `${name} ${value("tuned")} against ${value("scratch")} from scratch${spread(apart, measure === "tstr" && unit === "R²" ? 2 : 1)} and ${value("pooled")} with both tables together`;
  });
  return { bold, rest: `With ${least?.toLocaleString("en-US") ?? ""} rows: ${figures.join("; ")}.` };
}

/** `hidden`: how large a difference may hide in the noise, at each number of rows. */
function nothingSeen(hidden: readonly number[]): string {
  const least = Math.min(...hidden);
  return least > NOTABLE
    ? `Whether learning elsewhere first helps cannot be told: a difference of ${three(Math.min(1, least))} could hide in the noise.`
    : "Learning elsewhere first makes no difference beyond noise.";
}

const withRows = (some: readonly number[], known: readonly number[]): string =>
  some.length === known.length && known.length > 1
    ? `every number of rows tried (${known[0]?.toLocaleString("en-US") ?? ""} to ${known.at(-1)?.toLocaleString("en-US") ?? ""})`
    : `${sizesListed(some)} rows`;

function againstPooled({ sizes, target }: Told, at: Reading, method: string): string[] {
  const measures: Measure[] = target === undefined ? ["c2st"] : ["c2st", "tstr"];
  const said = measures.flatMap((measure) => {
    const ways = sizes.map((rows) =>
      figureBySeed(gain(at, measure, { start: "tuned", method }, { start: "pooled", method }, rows)),
    );
    if (ways.every((found) => found === undefined)) return [];
    const of = (wanted: number): number[] =>
      sizes.filter((_, i) => ways[i] !== undefined && beyondNoise(ways[i]) === wanted);
    const name = measure === "c2st" ? "told from real rows" : "prediction";
    const [better, worse] = [of(1), of(-1)];
    const hidden = widest(ways.filter((found) => found !== undefined));
    if (better.length + worse.length === 0)
      return [
        hidden <= NOTABLE
          ? `${name}: no difference beyond noise`
          : `${name}: not to be told, ${three(Math.min(1, hidden))} could hide in the noise`,
      ];
    return [
      [
        ...(better.length > 0
          ? [`${name}: better one after the other with ${sizesListed(better)} rows`]
          : []),
        ...(worse.length > 0 ? [`${name}: better together with ${sizesListed(worse)} rows`] : []),
      ].join(", "),
    ];
  });
  return said.length === 0 ? [] : [`One table after the other against both together: ${said.join("; ")}.`];
}

function elsewhereOnly({ sizes, elsewhere, target, unit }: Told, at: Reading, method: string): string[] {
  const way: Way = { start: "elsewhere", method };
  const told = levelBySeed(at("c2st", way, 0), "AUC");
  if (told === undefined) return [];
  const predicted = target === undefined ? undefined : levelBySeed(at("tstr", way, 0), unit);
  const most = sizes.at(-1) ?? 0;
  const tuned = levelBySeed(at("c2st", { start: "tuned", method }, most), "AUC");
  const after = tuned ? `; after ${most.toLocaleString("en-US")} rows of your own ${three(tuned.value)}` : "";
  const use = predicted ? ` Predicting ${target ?? ""} from them: ${unit} ${three(predicted.value)}.` : "";
  return [
    `Rows of a model that learned only from ${elsewhere.name} are told from yours with AUC ${three(told.value)}${after}.${use}`,
  ];
}

const named = (told: Told, method: string): string =>
  told.methods.length > 1 ? `, ${methodName(method)}` : "";

function waysOf(
  told: Told,
  method: string,
): { readonly name: string; readonly kind: StudyKind; readonly way: Way }[] {
  const { simulated } = told.elsewhere;
  return [
    { name: "Elsewhere first", kind: "synthetic", way: { start: "tuned", method } },
    { name: "From scratch", kind: "synthetic", way: { start: "scratch", method } },
    { name: "Both together", kind: "synthetic", way: { start: "pooled", method } },
    {
      name: "Elsewhere only",
      kind: simulated ? "simulated" : "synthetic",
      way: { start: "elsewhere", method },
    },
    { name: "Real rows", kind: "real", way: { start: "scratch", method: REAL } },
    { name: "Independent columns", kind: "independent", way: { start: "scratch", method: INDEPENDENT } },
  ];
}

function picture(told: Told, at: Reading, measure: Measure, method: string): LinesPicture {
  const { sizes, target, unit } = told;
  const lines = waysOf(told, method).map(({ name, kind, way }): StudyLine => ({
    name,
    kind,
    points: sizes.flatMap((rows) => {
      const found = levelBySeed(at(measure, way, rows), measure === "c2st" ? "AUC" : unit);
      return found ? [{ x: rows, figure: found }] : [];
    }),
  }));
  return {
    type: "lines",
    title: `${measure === "c2st" ? "Told from real rows, AUC" : `Predicting ${target ?? ""}, ${unit}`}${named(told, method)}`,
    unit: measure === "c2st" ? "AUC" : unit,
    better: measure === "c2st" ? "lower" : "higher",
    across: { name: "rows of your own", ticks: sizes, even: true },
    lines: lines.filter(({ points }) => points.length > 0),
    ...(measure === "c2st" || unit === "AUROC" ? { chance: 0.5 } : {}),
  };
}

function tableOf(told: Told, at: Reading, measures: readonly Measure[], method: string): StudyTable {
  const { sizes, target, unit } = told;
  const over = { c2st: "Told from real rows, AUC", tstr: `Predicting ${target ?? ""}, ${unit}` };
  return {
    title: `At every number of rows${named(told, method)}`,
    note: "mean over seeds, with 95% intervals",
    columns: measures.flatMap((measure) =>
      sizes.map((rows) => ({
        name: rows.toLocaleString("en-US"),
        over: over[measure],
        unit: measure === "c2st" ? ("AUC" as const) : unit,
      })),
    ),
    rows: waysOf(told, method).map(({ name, kind, way }) => ({
      name,
      kind,
      cells: measures.flatMap((measure) =>
        sizes.map((rows) => levelBySeed(at(measure, way, rows), measure === "c2st" ? "AUC" : unit)),
      ),
    })),
  };
}
