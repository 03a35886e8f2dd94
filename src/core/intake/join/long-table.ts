import { wordsOf } from "../../table/column-names.ts";
import { cellValues, type CellValues } from "./cell-values.ts";
import { missingOf, slugOf, textsOf, type JoinSide } from "./side.ts";

/** The columns of a table with one row per test. */
export interface LongColumns {
  readonly analyte: number;
  readonly value: number;
  readonly unit?: number;
  /** columns that are neither of these, nor keys, nor the time */
  readonly others: readonly number[];
}

/** What is measured, in its own unit where it comes in several. */
export interface Analyte {
  readonly name: string;
  /** what its columns are called by */
  readonly slug: string;
  readonly unit?: string;
}

/** Row of the long table -> its analyte, -1 for none. */
export interface Analytes {
  readonly all: readonly Analyte[];
  readonly ofRow: Int32Array;
}

const setOf = (text: string): ReadonlySet<string> => new Set(text.split(" "));
const ANALYTE = setOf(
  "analyte analytes test tests testname parameter param paramcd item itemid label exam assay measure measurement component lab loinc code variable untersuchung merkmal bezeichnung name concept analyt laborparameter observation type testcd lbtestcd lbtest vstest vstestcd description",
);
const VALUE = setOf(
  "value values result results wert ergebnis val valuenum numeric messwert reading aval lborres lbstresn vsorres vsstresn befund quantity",
);
const UNIT = setOf(
  "unit units einheit uom valueuom dimension masseinheit lborresu lbstresu vsorresu vsstresu",
);

const named = (name: string, words: ReadonlySet<string>): boolean =>
  wordsOf(name).some((word) => words.has(word));

const MOST_ANALYTES = 2000;

/**
 * The columns of a long table: one whose few texts recur says what was measured, another with numbers what was found.
 * Both by their names, or one by its name and the other the only one that could be. Undefined: it is not long.
 */
export function longColumns(side: JoinSide, taken: readonly number[]): LongColumns | undefined {
  const free = side.names.map((_, at) => at).filter((at) => !taken.includes(at));
  const unit = free.find((at) => named(side.names[at] as string, UNIT) && distinctOf(side, at) < 200);
  const rest = free.filter((at) => at !== unit);
  const labels = rest.filter((at) => isLabel(side, at));
  const values = rest.filter((at) => isMeasured(side, at) && !labels.includes(at));
  const analyte = chosen(side, labels, ANALYTE);
  const value = chosen(side, values, VALUE);
  if (analyte === undefined || value === undefined) return undefined;
  const byName = [named(side.names[analyte] as string, ANALYTE), named(side.names[value] as string, VALUE)];
  if (!byName.some(Boolean)) return undefined;
  if (!byName.every(Boolean) && rest.length > 4) return undefined;
  const others = rest.filter((at) => at !== analyte && at !== value);
  return { analyte, value, others, ...(unit !== undefined && { unit }) };
}

/** The one named so, or the only one there is. */
function chosen(side: JoinSide, columns: readonly number[], words: ReadonlySet<string>): number | undefined {
  const byName = columns.filter((at) => named(side.names[at] as string, words));
  if (byName.length > 0)
    return byName.reduce((best, at) => (readable(side, at) > readable(side, best) ? at : best));
  return columns.length === 1 ? columns[0] : undefined;
}

/** Share of letters in the texts of a column: a name says more than a code. */
function readable(side: JoinSide, at: number): number {
  const text = textsOf(side, at).levels.slice(0, 200).join("");
  return text.length === 0 ? 0 : (text.match(/\p{L}/gu)?.length ?? 0) / text.length;
}

function distinctOf(side: JoinSide, at: number): number {
  return missingOf(side, textsOf(side, at)).filter((it) => !it).length;
}

/** Texts, few of them, each in several rows. */
function isLabel(side: JoinSide, at: number): boolean {
  const distinct = distinctOf(side, at);
  if (distinct < 2 || distinct > MOST_ANALYTES || distinct > side.rows / 2) return false;
  return cellValues(side, at).kind === "texts" || named(side.names[at] as string, ANALYTE);
}

/** Numbers, or texts and numbers in a column that is named so. */
function isMeasured(side: JoinSide, at: number): boolean {
  const { kind } = cellValues(side, at);
  return kind === "numbers" || (kind === "texts" && named(side.names[at] as string, VALUE));
}

/** The analytes of a long table. One that comes in several units is as many analytes; case and spaces of units do not matter. */
export function analytesOf(side: JoinSide, { analyte, unit }: LongColumns): Analytes {
  const names = textsOf(side, analyte);
  const missing = missingOf(side, names);
  const units = unit === undefined ? undefined : cellValues(side, unit);
  const unitsOf = units && unitsByAnalyte(names.codes, units);
  const all: Analyte[] = [];
  const index = new Map<string, number>();
  const slugs = new Set<string>();
  const ofRow = names.codes.map((code, row) => {
    if (missing[code] === true) return -1;
    const known = unitsOf?.get(code);
    const level = units?.codes[row] ?? -1;
    const own = units === undefined || known === undefined || known.length < 2 ? "" : unitKey(units, level);
    const key = `${code} ${own}`;
    const before = index.get(key);
    if (before !== undefined) return before;
    const name = names.levels[code] as string;
    const text = own === "" ? known?.[0]?.text : known?.find((it) => it.key === own)?.text;
    const stem = slugOf(own === "" || text === undefined ? name : `${name} ${text}`) || "test";
    let slug = stem;
    for (let n = 2; slugs.has(slug.toLowerCase()); n++) slug = `${stem}_${n}`;
    slugs.add(slug.toLowerCase());
    all.push({ name, slug, ...(text !== undefined && { unit: text }) });
    index.set(key, all.length - 1);
    return all.length - 1;
  });
  return { all, ofRow };
}

const unitKey = ({ levels, missing }: CellValues, level: number): string =>
  missing[level] === true ? "" : (levels[level] as string).toLowerCase().replace(/\s+/g, "");

/** Analyte -> its units, the most frequent first, each as it is written first. */
function unitsByAnalyte(
  analytes: Int32Array,
  units: CellValues,
): ReadonlyMap<number, readonly { key: string; text: string }[]> {
  const counts = new Map<number, Map<string, { key: string; text: string; count: number }>>();
  analytes.forEach((code, row) => {
    const level = units.codes[row] as number;
    const key = unitKey(units, level);
    if (key === "") return;
    const of = counts.get(code) ?? new Map<string, { key: string; text: string; count: number }>();
    counts.set(code, of);
    const known = of.get(key) ?? { key, text: units.levels[level] as string, count: 0 };
    known.count++;
    of.set(key, known);
  });
  return new Map([...counts].map(([code, of]) => [code, [...of.values()].sort((a, b) => b.count - a.count)]));
}
