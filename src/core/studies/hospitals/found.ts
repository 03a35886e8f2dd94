import type { MatrixPicture, StudyFigure, StudyFound, StudyTable, StudyUnit } from "../../report/study.ts";
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
import { judged, NOTABLE, type Judged } from "../reducing/judged.ts";
import { levelBySeed } from "../reducing/possible.ts";
import type { CellDone, StudyCell } from "../study.ts";
import { fixed, intervalWords } from "../../words/numbers.ts";

/** Sites whose patients differ more than this learn from different numbers of them. */
const UNEVEN = 1.5;

/** What a cell learned from: one site, or every site but the one that is tested on. */
export const ALONE = "one site";
export const ALL_OTHERS = "all other sites";

export interface Told {
  readonly cells: readonly StudyCell[];
  readonly sites: readonly { readonly name: string; readonly rows: number }[];
  /** without real rows and independent columns */
  readonly methods: readonly string[];
  readonly target: string;
  readonly unit: Extract<StudyUnit, "AUROC" | "R²">;
  readonly notes: readonly string[];
}

/**
 * Pure: what the cells done so far say. Home is a site's own other half of patients, elsewhere every other site. The loss is
 * the mean over all pairs of sites of home less elsewhere on the same patients tested on.
 */
export function foundOf(told: Told, done: readonly CellDone[]): StudyFound {
  const { sites, methods, unit, target, notes } = told;
  const names = sites.map(({ name }) => name);
  const at = reading(told.cells, done);
  const real = travelled(names, REAL, at);
  const made = methods.map((method) => ({ method, way: travelled(names, method, at) }));
  const pictures: MatrixPicture[] = [
    matrix(`Learned from real rows, ${unit}`, unit, names, (from, to) =>
      levelBySeed(at(REAL, from, to), unit),
    ),
    ...methods.map((method) =>
      matrix(`Learned from rows of ${methodName(method)}, ${unit}`, unit, names, (from, to) =>
        levelBySeed(at(method, from, to), unit),
      ),
    ),
  ].filter(({ cells }) => cells.some((row) => row.some(Boolean)));
  const pairs = pairsOf(names, at);
  return {
    say: sentence(real, made, unit, pairs),
    more: [...others(real, made, unit), ...furthest(pairs, at, unit)],
    pictures,
    tables: [byModel(told, at), bySite(told, at)],
    notes: [
      ...notes,
      ...sizes(sites),
      `Gradient boosting predicts ${target} in every cell. Each patient is tested once a seed, by a model of the other half of patients.`,
    ],
  };
}

/** A small site's model is weaker, wherever it goes. */
function sizes(sites: Told["sites"]): string[] {
  const rows = sites.map((site) => site.rows);
  const [least, most] = [Math.min(...rows), Math.max(...rows)];
  if (most < UNEVEN * least) return [];
  return [
    `Sites have ${least.toLocaleString("en-US")} to ${most.toLocaleString("en-US")} rows; a model of a small one is weaker at home and elsewhere.`,
  ];
}

/** Scores of `method` learned at `from` (a site, or `ALL_OTHERS`) and tested at `to`. */
type Reading = (method: string, from: string, to: string) => BySeed;

function reading(cells: readonly StudyCell[], done: readonly CellDone[]): Reading {
  return (method, from, to) =>
    bySeed(cells, done, "tstr", {
      method,
      tested: to,
      ...(from === ALL_OTHERS ? { learned: ALL_OTHERS, site: to } : { learned: ALONE, site: from }),
    });
}

/** `a` less `b` on the same patients. */
const difference = (a: BySeed, b: BySeed): StudyFigure | undefined => figureBySeed(differenceBySeed(a, b));

const averaged = (parts: readonly BySeed[]): BySeed => combinedBySeed(parts, meanOf);

interface Travelled {
  /** means over sites, or over pairs of them */
  readonly home: BySeed;
  readonly elsewhere: BySeed;
  readonly others: BySeed;
  readonly loss: Judged | undefined;
}

function travelled(names: readonly string[], method: string, at: Reading): Travelled {
  const home = averaged(names.map((name) => at(method, name, name)));
  const elsewhere = averaged(
    names.flatMap((from) => names.filter((to) => to !== from).map((to) => at(method, from, to))),
  );
  const rest = averaged(names.map((name) => at(method, ALL_OTHERS, name)));
  return { home, elsewhere, others: rest, loss: judged(differenceBySeed(home, elsewhere), NOTABLE) };
}

interface Made {
  readonly method: string;
  readonly way: Travelled;
}

const three = (value: number): string => fixed(value, 3);
const spread = ({ value, interval }: StudyFigure): string =>
  interval ? `${three(value)} (95% interval ${intervalWords(interval, three)})` : three(value);
const short = (found: StudyFigure | undefined): string => (found ? three(found.value) : "not known");

function sentence(
  real: Travelled,
  made: readonly Made[],
  unit: Told["unit"],
  pairs: Pairs,
): StudyFound["say"] {
  const { loss } = real;
  if (loss === undefined) return { bold: "Nothing can be said yet: no two sites have been compared." };
  const told = made.flatMap(({ method, way: own }) => {
    if (own.loss === undefined) return [];
    const beside = besideReal(judged(differenceBySeed(real.elsewhere, own.elsewhere), NOTABLE), unit);
    return [
      `Learned from rows of ${methodName(method)}: home ${short(levelBySeed(own.home, unit))}, elsewhere ${short(levelBySeed(own.elsewhere, unit))}${beside}.`,
    ];
  });
  const rest = `Learned from real rows: home ${short(levelBySeed(real.home, unit))}, elsewhere ${short(levelBySeed(real.elsewhere, unit))}, loss ${spread(loss.figure)}.`;
  return { bold: lossWords(loss, unit, losing(pairs)), rest: [rest, ...told].join(" ") };
}

/** @param but pairs that lose all the same, which a mean must not hide */
function lossWords({ state, figure: { value }, seen, seeds }: Judged, unit: string, but: string): string {
  switch (state) {
    case "above":
      return `A model loses ${three(value)} ${unit} at another site.`;
    case "below":
      return `A model does better elsewhere than at home: by ${three(-value)} ${unit}.`;
    case "none":
      return but === ""
        ? "A model does as well at another site as at home: no difference beyond noise."
        : `On average no difference beyond noise between another site and home${but}.`;
    case "unclear":
      return `Whether a model does as well at another site as at home cannot be told${seen < 1 ? `: only a loss above ${three(seen)} ${unit} would have been seen` : ` from ${seeds === 1 ? "one seed" : `${seeds} seeds`}`}${but}.`;
  }
}

/** How a model of synthetic rows does elsewhere beside one of real rows; `apart` is real less synthetic. */
function besideReal(apart: Judged | undefined, unit: string): string {
  if (apart === undefined) return "";
  const { state, figure, seen } = apart;
  if (state === "none") return "; elsewhere no difference from real rows beyond noise";
  if (state === "unclear")
    return seen < 1
      ? `; whether that is below real rows elsewhere cannot be told, only a difference above ${three(seen)} ${unit}`
      : "";
  const { value, interval } = figure;
  const size = {
    value: Math.abs(value),
    ...(interval && { interval: sided(interval, value) }),
  };
  return `; elsewhere ${spread(size)} ${value > 0 ? "below" : "above"} real rows`;
}

/** An interval of a difference that is told without its sign. */
const sided = ({ low, high }: { low: number; high: number }, value: number) =>
  value < 0 ? { low: -high, high: -low } : { low, high };

/** Whether learning from several other sites is better than learning from one. */
function others(real: Travelled, made: readonly Made[], unit: Told["unit"]): string[] {
  const gain = difference(real.others, real.elsewhere);
  if (gain === undefined) return [];
  const way = beyondNoise(gain);
  const said =
    way > 0
      ? `better than learned from one other site by ${spread(gain)}`
      : way < 0
        ? `worse than learned from one other site by ${spread({ value: -gain.value, ...(gain.interval && { interval: sided(gain.interval, -1) }) })}`
        : "no difference from one other site beyond noise";
  const synthetic = made.flatMap(({ method, way: { others: own } }) => {
    const known = levelBySeed(own, unit);
    return known ? [`${three(known.value)} from rows of ${methodName(method)}`] : [];
  });
  return [
    `Learned from all other sites together: ${unit} ${short(levelBySeed(real.others, unit))} from real rows${synthetic.map((one) => `, ${one}`).join("")}; ${said}.`,
  ];
}

interface Pairs {
  readonly all: number;
  /** those with a loss beyond noise */
  readonly lost: readonly { readonly from: string; readonly to: string; readonly loss: StudyFigure }[];
}

function pairsOf(names: readonly string[], at: Reading): Pairs {
  const lost = names.flatMap((from) =>
    names.flatMap((to) => {
      const loss = from === to ? undefined : difference(at(REAL, to, to), at(REAL, from, to));
      return loss && beyondNoise(loss) > 0 ? [{ from, to, loss }] : [];
    }),
  );
  return { all: names.length * (names.length - 1), lost };
}

/** A mean without loss must not hide pairs that lose; one of 40 seems to by chance. */
const losing = ({ all, lost }: Pairs): string =>
  lost.length > 1 + all / 40 || (all === 2 && lost.length > 0)
    ? `, but ${lost.length} of ${all} pairs lose`
    : "";

/** The pair of sites with the largest loss that is beyond noise, judged against all pairs at once. */
function furthest({ all, lost: pairs }: Pairs, at: Reading, unit: Told["unit"]): string[] {
  const [worst] = pairs.toSorted((a, b) => b.loss.value - a.loss.value);
  if (worst === undefined) return [];
  const { from, to, loss } = worst;
  const found = levelBySeed(at(REAL, from, to), unit);
  const chance =
    unit === "AUROC" && found?.interval && found.interval.high < 0.5
      ? " That is below a guess: what predicts the outcome at one predicts the opposite at the other."
      : "";
  const one = `The largest loss of ${all} pairs: a model of ${from} tested at ${to} has ${unit} ${short(found)}, ${spread(loss)} less than one of ${to} itself.${chance}`;
  return all > 2
    ? [
        `${one} The largest of many is partly luck: ${pairs.length} of ${all} pairs lose beyond their own noise.`,
      ]
    : [one];
}

function matrix(
  title: string,
  unit: StudyUnit,
  names: readonly string[],
  of: (from: string, to: string) => StudyFigure | undefined,
): MatrixPicture {
  const down = names.length > 2 ? [...names, ALL_OTHERS] : names;
  return {
    type: "matrix",
    title,
    unit,
    better: "higher",
    down: { name: "learned at", of: down },
    across: { name: "tested at", of: names },
    cells: down.map((from) => names.map((to) => of(from, to))),
  };
}

/** Home, elsewhere, loss and all others of each method. */
function byModel({ sites, methods, unit }: Told, at: Reading): StudyTable {
  const names = sites.map(({ name }) => name);
  const kindOf = (method: string) =>
    method === REAL ? "real" : method === INDEPENDENT ? "independent" : "synthetic";
  const rows = [REAL, ...methods, INDEPENDENT].map((method) => {
    const way = travelled(names, method, at);
    return {
      name: method === REAL ? "Real rows" : methodName(method),
      kind: kindOf(method),
      cells: [
        levelBySeed(way.home, unit),
        levelBySeed(way.elsewhere, unit),
        way.loss?.figure,
        levelBySeed(way.others, unit),
      ],
    } as const;
  });
  return {
    title: "At home and elsewhere",
    note: "mean over sites and seeds, with 95% intervals",
    columns: [
      { name: "at home", unit },
      { name: "at another site", unit },
      { name: "loss", unit },
      { name: "from all other sites", unit },
    ],
    rows: rows.filter(({ cells }) => cells.some(Boolean)),
  };
}

/** Each site as the place that is tested on. */
function bySite({ sites, methods, unit }: Told, at: Reading): StudyTable {
  const [first] = methods;
  const names = sites.map(({ name }) => name);
  const elsewhere = (method: string, to: string): StudyFigure | undefined =>
    levelBySeed(averaged(names.filter((from) => from !== to).map((from) => at(method, from, to))), unit);
  const of = [
    { method: REAL, over: "Real rows" },
    ...(first ? [{ method: first, over: methodName(first) }] : []),
  ];
  return {
    title: "By the site that is tested on",
    note: "mean over the sites learned from and over seeds",
    columns: [
      { name: "rows", unit: "count" },
      ...of.flatMap(({ over }) => [
        { name: "own model", over, unit },
        { name: "models from elsewhere", over, unit },
        { name: "one of all others", over, unit },
      ]),
    ],
    rows: sites.map(({ name, rows }) => ({
      name,
      cells: [
        { value: rows },
        ...of.flatMap(({ method }) => [
          levelBySeed(at(method, name, name), unit),
          elsewhere(method, name),
          levelBySeed(at(method, ALL_OTHERS, name), unit),
        ]),
      ],
    })),
  };
}
