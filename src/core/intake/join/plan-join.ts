import type { ColumnHint } from "../../table/hints.ts";
import { namesDate } from "../../table/column-names.ts";
import { keyCandidates } from "./candidates.ts";
import { cellValues, type CellValues } from "./cell-values.ts";
import type { JoinChoice, JoinLook, Keep, LongLook } from "./join.ts";
import { KEPT } from "./keep-cells.ts";
import { analytesOf, longColumns, type Analytes, type LongColumns } from "./long-table.ts";
import { matchRows, type Matches } from "./match-rows.ts";
import { columnAt, slugOf, stemOf, type JoinSide } from "./side.ts";

/** A column of the joined table that comes from the right. */
export interface AddedColumn {
  readonly name: string;
  readonly hint?: ColumnHint;
  /** left out: the number of rows */
  readonly of?: CellValues;
  /** left out: the right has one row at most */
  readonly keep?: Keep;
  /** only rows of this analyte */
  readonly analyte?: number;
}

/** All that is known of a join before a row of it is made. */
export interface JoinPlan {
  readonly choice: JoinChoice;
  readonly matches: Matches;
  readonly columns: readonly AddedColumn[];
  readonly order?: string;
  readonly long?: { readonly columns: LongColumns; readonly analytes: Analytes; readonly look: LongLook };
  /** Where rows of the right stay as visits: the rows of each visit, which are one but in a long table, by the row of the left. */
  readonly visits?: readonly (readonly Int32Array[])[];
  /** columns of the right that are not in the joined table */
  readonly dropped: readonly string[];
  /** rows of the left that an analyte must have to become a column */
  readonly least: number;
}

const KEEP_UNLESS_SAID: readonly Keep[] = ["first", "last"];
const MOST_ANALYTES = 60;

/** The likeliest key with the first and last of several values; undefined: no two columns share a value. */
export function likelyChoice(candidates: JoinLook["candidates"]): JoinChoice | undefined {
  const [first] = candidates;
  return first && { keys: [{ left: first.left, right: first.right }], keep: KEEP_UNLESS_SAID };
}

export const candidatesOf = (left: JoinSide, right: JoinSide): JoinLook["candidates"] =>
  keyCandidates(left, right);

/** Rows of the left, of `rows`, that an analyte must have to become a column: one in twenty, at least 10, at most 100. */
const leastRows = (rows: number): number => Math.min(100, Math.max(10, Math.ceil(rows / 20)));

/** Throws FaultError `join-impossible`. */
export function planJoin(left: JoinSide, right: JoinSide, asked: JoinChoice): JoinPlan {
  const choice = { ...asked, keep: asked.keep.length === 0 ? KEEP_UNLESS_SAID : asked.keep };
  const found = matchRows(left, right, choice.keys);
  const said = choice.long && saidColumns(right, choice.long);
  const keys = choice.keys.map((key) => columnAt(right, key.right));
  if (found.rightUnique && said === undefined) return attached(left, right, choice, found, keys);
  const time = timeColumn(right, keys);
  const matches = time === undefined ? found : { ...found, order: inTime(found, cellValues(right, time)) };
  const order = time === undefined ? {} : { order: right.names[time] as string };
  const taken = time === undefined ? keys : [...keys, time];
  const long = said ?? longColumns(right, taken);
  const plan = { choice, matches, ...order, least: leastRows(left.rows) };
  if (choice.visits) return asVisits(left, right, plan, { keys, time, long });
  if (long === undefined) return { ...plan, ...aggregated(left, right, choice, keys) };
  return { ...plan, ...pivoted(left, right, plan, long) };
}

function saidColumns(right: JoinSide, said: NonNullable<JoinChoice["long"]>): LongColumns {
  const column = (name: string): number => columnAt(right, name);
  const unit = said.unit === undefined ? {} : { unit: column(said.unit) };
  return { analyte: column(said.analyte), value: column(said.value), ...unit, others: [] };
}

function attached(
  left: JoinSide,
  right: JoinSide,
  choice: JoinChoice,
  matches: Matches,
  keys: readonly number[],
): JoinPlan {
  const name = namer(left, right);
  const columns = right.names.flatMap((own, at): AddedColumn[] =>
    keys.includes(at) ? [] : [{ name: name(own), of: cellValues(right, at), ...hinted(right, own) }],
  );
  return { choice, matches, columns, dropped: [], least: 0 };
}

/** Rows of the right as visits; those of a long table with one time are one visit, with a column for each analyte. */
function asVisits(
  left: JoinSide,
  right: JoinSide,
  plan: Pick<JoinPlan, "choice" | "matches" | "least" | "order">,
  { keys, time, long }: { keys: readonly number[]; time: number | undefined; long: LongColumns | undefined },
): JoinPlan {
  const { matches, choice } = plan;
  const rows = (key: number): Int32Array =>
    key < 0 ? new Int32Array(0) : matches.order.subarray(matches.starts[key], matches.starts[key + 1]);
  if (long === undefined || time === undefined) {
    const { columns, dropped } = attached(left, right, choice, matches, keys);
    return { ...plan, columns, dropped, visits: Array.from(matches.left, (key) => oneByOne(rows(key))) };
  }
  const { values, codes } = cellValues(right, time);
  const at = (row: number): number => values[codes[row] as number] as number;
  const pivot = pivoted(left, right, { ...plan, choice: { ...choice, keep: ["first"] } }, long, "visits");
  const own = right.names[time] as string;
  const when = { name: namer(left, right)(own), of: cellValues(right, time), keep: "first" } as const;
  return {
    ...plan,
    ...pivot,
    columns: [when, ...pivot.columns],
    visits: Array.from(matches.left, (key) => byTime(rows(key), at)),
  };
}

const oneByOne = (rows: Int32Array): Int32Array[] => Array.from(rows, (_, i) => rows.subarray(i, i + 1));

/** Rows in the order of time, cut where it changes; each without one is alone. */
function byTime(rows: Int32Array, at: (row: number) => number): Int32Array[] {
  const cut: Int32Array[] = [];
  let from = 0;
  for (let i = 1; i <= rows.length; i++) {
    if (i < rows.length && at(rows[i] as number) === at(rows[i - 1] as number)) continue;
    cut.push(rows.subarray(from, i));
    from = i;
  }
  return cut;
}

function aggregated(
  left: JoinSide,
  right: JoinSide,
  { keep }: JoinChoice,
  keys: readonly number[],
): Pick<JoinPlan, "columns" | "dropped"> {
  const name = namer(left, right);
  const dropped: string[] = [];
  const counts = keep.includes("count") ? [{ name: name(`${stemOf(right)}_count`) }] : [];
  const columns = right.names.flatMap((own, at): AddedColumn[] => {
    if (keys.includes(at)) return [];
    const of = cellValues(right, at);
    const kept = keep.filter((one) => one !== "count" && KEPT[of.kind].includes(one));
    if (kept.length === 0) dropped.push(own);
    return kept.map((one) => ({ name: name(`${own}_${one}`), of, keep: one, ...hinted(right, own, one) }));
  });
  return { columns: [...counts, ...columns], dropped };
}

function pivoted(
  left: JoinSide,
  right: JoinSide,
  { choice, matches, least }: Pick<JoinPlan, "choice" | "matches" | "least">,
  long: LongColumns,
  as: "columns" | "visits" = "columns",
): Pick<JoinPlan, "columns" | "dropped" | "long"> {
  const analytes = analytesOf(right, long);
  const value = cellValues(right, long.value);
  const rows = rowsWith(matches, analytes, value);
  const ranked = analytes.all
    .map((analyte, i) => ({ i, name: analyte.slug, rows: rows[i] as number, own: analyte }))
    .sort((a, b) => b.rows - a.rows || a.i - b.i);
  const asked = choice.analytes && new Set(choice.analytes);
  const isTaken = ({ name, own, rows: count }: (typeof ranked)[number]): boolean =>
    asked === undefined ? count >= least : asked.has(name) || asked.has(own.name);
  const taken = ranked.filter(isTaken).slice(0, asked === undefined ? MOST_ANALYTES : undefined);
  const name = namer(left, right);
  const columns = taken.flatMap(({ i, own }) =>
    choice.keep.map((keep): AddedColumn => ({
      name: name(as === "visits" ? own.slug : `${own.slug}_${keep}`),
      of: value,
      keep,
      analyte: i,
      ...(keep === "count" ? {} : { hint: labelled(own.name, as === "visits" ? undefined : keep, own.unit) }),
    })),
  );
  const look: LongLook = {
    analyte: right.names[long.analyte] as string,
    value: right.names[long.value] as string,
    ...(long.unit !== undefined && { unit: right.names[long.unit] as string }),
    analytes: ranked.map((one) => ({ name: one.name, rows: one.rows, taken: taken.includes(one) })),
  };
  const dropped = long.others.map((at) => right.names[at] as string);
  return { columns, dropped, long: { columns: long, analytes, look } };
}

/** Analyte -> rows of the left that have a value of it. */
function rowsWith({ left, starts, order }: Matches, { all, ofRow }: Analytes, value: CellValues): Int32Array {
  const counts = new Int32Array(all.length);
  const seen = new Int32Array(all.length).fill(-1);
  left.forEach((key, row) => {
    if (key < 0) return;
    for (let i = starts[key] as number; i < (starts[key + 1] as number); i++) {
      const other = order[i] as number;
      const analyte = ofRow[other] as number;
      if (analyte < 0 || seen[analyte] === row || value.missing[value.codes[other] as number] === true)
        continue;
      seen[analyte] = row;
      counts[analyte] = (counts[analyte] as number) + 1;
    }
  });
  return counts;
}

/** The column that puts several rows of a key in order: dates, those named so and the fullest first. */
function timeColumn(right: JoinSide, keys: readonly number[]): number | undefined {
  const score = (at: number): number => {
    const { codes, values } = cellValues(right, at);
    const full = codes.reduce((sum, code) => sum + (Number.isFinite(values[code]) ? 1 : 0), 0);
    return full / Math.max(1, right.rows) + (namesDate(right.names[at] as string) ? 0.5 : 0);
  };
  return right.names
    .map((_, at) => at)
    .filter((at) => !keys.includes(at) && cellValues(right, at).kind === "dates")
    .sort((a, b) => score(b) - score(a) || a - b)[0];
}

/** Rows of each key by time; those without one last, in the order of the table. */
function inTime({ starts, order }: Matches, { codes, values }: CellValues): Int32Array {
  const time = (row: number): number => {
    const value = values[codes[row] as number] as number;
    return Number.isFinite(value) ? value : Infinity;
  };
  const sorted = order.slice();
  for (let key = 0; key + 1 < starts.length; key++) {
    const [from, to] = [starts[key] as number, starts[key + 1] as number];
    if (to - from < 2) continue;
    sorted.subarray(from, to).sort((a, b) => {
      const [one, other] = [time(a), time(b)];
      return one === other ? a - b : one < other ? -1 : 1;
    });
  }
  return sorted;
}

/** Names that neither the left nor another added column has. */
function namer(left: JoinSide, right: JoinSide): (wished: string) => string {
  const taken = new Set(left.names);
  return (wished) => {
    let name = wished;
    if (taken.has(name)) name = `${wished}_${stemOf(right)}`;
    for (let n = 2; taken.has(name); n++) name = `${wished}_${slugOf(stemOf(right))}_${n}`;
    taken.add(name);
    return name;
  };
}

const WORDS: Readonly<Record<Keep, string>> = {
  first: "first",
  last: "last",
  least: "lowest",
  greatest: "highest",
  mean: "mean",
  count: "number",
};

const labelled = (label: string, keep: Keep | undefined, unit?: string): ColumnHint => ({
  label: keep === undefined ? label : `${label}, ${WORDS[keep]}`,
  ...(unit !== undefined && { unit }),
});

/** What the right's file says of a column goes with it, as far as it stays true. */
function hinted(right: JoinSide, name: string, keep?: Keep): { hint: ColumnHint } | object {
  const hint = right.hints?.get(name);
  if (hint === undefined) return {};
  const label =
    hint.label === undefined || keep === undefined ? {} : { label: `${hint.label}, ${WORDS[keep]}` };
  if (keep !== "mean") return { hint: { ...hint, ...label } };
  return { hint: { ...(hint.unit !== undefined && { unit: hint.unit }), ...label } };
}
