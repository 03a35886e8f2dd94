import { LEAST_SHARED } from "../codec/columns/column-code.ts";
import { isFew, patientsIn, patientsOf } from "../metrics/measuring/patients.ts";
import { withPatients } from "../table/split.ts";
import type { CodedColumn, ColumnSchema, Kind, Table } from "../table/table.ts";
import type { Misread, ReadItem } from "../report/read-item.ts";

/** Items that are about lines of the file and not about a column. */
export const SKIPPED: ReadonlySet<Misread> = new Set<Misread>(["above", "blank", "ragged", "totals"]);

type Bare = Omit<ReadItem, "words">;

const number = (n: number): string => n.toLocaleString("en-US");
const plural = (n: number | undefined, one: string, many = `${one}s`): string =>
  n === undefined ? `Fewer than ${LEAST_SHARED} ${many}` : `${number(n)} ${n === 1 ? one : many}`;

const WORDS: Readonly<Record<Misread, (item: Bare, kind: Kind | undefined) => string>> = {
  unread: ({ count }, kind) =>
    `${plural(count, "cell")} could not be read as ${kindWords(kind)} and ${count === 1 ? "counts" : "count"} as missing.`,
  above: ({ count }) => `${plural(count, "line")} above the table ${count === 1 ? "is" : "are"} left out.`,
  blank: ({ count }) => `${plural(count, "row")} without any value ${count === 1 ? "is" : "are"} left out.`,
  ragged: ({ count, of = 0 }) =>
    `${count === undefined ? `Fewer than ${LEAST_SHARED}` : number(count)} of ${plural(of, "row")} ${count === 1 ? "has" : "have"} too many or too few cells and ${count === 1 ? "is" : "are"} left out.`,
  totals: ({ count }) =>
    `${plural(count, "row")} of totals or remarks ${count === 1 ? "is left out: it is not a patient" : "are left out: they are not patients"}.`,
  withheld: ({ count, levels = 0 }) =>
    `${plural(levels, "level")} ${levels === 1 ? "is" : "are"} shared by fewer than ${LEAST_SHARED} patients each, ${plural(count, "row").replace("Fewer", "fewer")} in all. ${levels === 1 ? "Its name is" : "Their names are"} withheld.`,
  empty: () => "Every cell is missing, so there is nothing to learn.",
  constant: () => "Every cell holds the same value, so there is nothing to learn.",
};

function kindWords(kind: Kind | undefined): string {
  if (kind === "datetime") return "dates";
  if (kind === "integer") return "whole numbers";
  if (kind === "decimal") return "numbers";
  return kind === "boolean" ? "yes or no" : "its values";
}

const inWords = (item: Bare, kind?: Kind): ReadItem => ({ ...item, words: WORDS[item.what](item, kind) });

/**
 * Everything of a table's file that was not understood or that nothing can be learned from, with counts: the one list
 * that Data, the terminal and every file show. Its examples are cells: for the person's own screen only.
 */
export function readingList(table: Table): ReadItem[] {
  const { skipped, totals = [], unread = [] } = table.reading ?? {};
  const lines = (["above", "blank", "ragged"] as const).flatMap((what) => {
    const count = skipped?.[what] ?? 0;
    const of = what === "ragged" ? { of: table.rows + totals.length + count } : {};
    return count === 0 ? [] : [inWords({ what, count, ...of })];
  });
  const labels = [...new Set(totals.map(({ label }) => label))].filter((label) => label !== "");
  const sums =
    totals.length === 0
      ? []
      : [
          inWords({
            what: "totals",
            count: totals.length,
            examples: labels.map((text) => ({
              text,
              cells: totals.filter((row) => row.label === text).length,
            })),
          }),
        ];
  const kinds = new Map(table.schema.columns.map(({ name, kind }) => [name, kind]));
  const cells = unread.map(({ column, cells: count, examples }) =>
    inWords({ what: "unread", column, count, examples }, kinds.get(column)),
  );
  return [...lines, ...sums, ...cells, ...withheld(table), ...nothingIn(table)];
}

/** Levels of learned columns that fewer than five patients share. */
function withheld(table: Table): ReadItem[] {
  const { patients } = withPatients(table);
  return table.schema.columns.flatMap((schema, i) => {
    const column = table.columns[i];
    if (column?.type !== "coded" || !hasLevels(schema)) return [];
    const rare = rareLevels(column, patients);
    if (rare.size === 0) return [];
    const count = column.codes.reduce((sum, code) => sum + (rare.has(code) ? 1 : 0), 0);
    return [inWords({ what: "withheld", column: schema.name, count, levels: rare.size })];
  });
}

const hasLevels = ({ kind, role }: ColumnSchema): boolean =>
  (kind === "category" || kind === "boolean") && role !== "omit" && role !== "identifier";

function rareLevels({ codes, levels }: CodedColumn, patients: Int32Array | undefined): Set<number> {
  const counts = patientsIn(codes, levels.length, patients);
  return new Set(levels.flatMap((_, level) => (isFew(counts[level] as number) ? [level] : [])));
}

function nothingIn(table: Table): ReadItem[] {
  return table.schema.columns.flatMap(({ name, role }, i): ReadItem[] => {
    const column = table.columns[i];
    if (column === undefined || role === "identifier") return [];
    const cells = column.type === "numeric" ? column.values : column.codes;
    const isPresent = (value: number): boolean =>
      column.type === "numeric" ? !Number.isNaN(value) : value >= 0;
    const first = cells.find(isPresent);
    if (first === undefined) return [inWords({ what: "empty", column: name })];
    return cells.every((value) => value === first) ? [inWords({ what: "constant", column: name })] : [];
  });
}

/** Counts of rows or cells of patients; those of a file's other lines may be told as they are. */
const OF_PATIENTS: ReadonlySet<Misread> = new Set<Misread>(["unread", "ragged", "withheld"]);

/**
 * The list as it may be given away: counts of 1 to 4 are left out, and so is every text of a cell that fewer than five
 * patients share. Where patients have several rows no text is kept, since its cells may be those of one of them.
 */
export function sharedReading(table: Table): ReadItem[] {
  const apart = patientsOf(withPatients(table)) === table.rows;
  const kinds = new Map(table.schema.columns.map(({ name, kind }) => [name, kind]));
  return readingList(table).map(({ words: _own, ...item }) =>
    guarded(item, apart, kinds.get(item.column ?? "")),
  );
}

/** The second wall of `sharedReading`: what small counts and texts are still in an item go. */
export function guardedItem(item: ReadItem): ReadItem {
  const { words, ...bare } = item;
  const open = guarded(bare, true);
  const changed = open.count !== item.count || open.examples?.length !== item.examples?.length;
  return changed ? open : { ...open, words };
}

function guarded({ count, examples = [], ...item }: Bare, apart: boolean, kind?: Kind): ReadItem {
  const small = OF_PATIENTS.has(item.what) && count !== undefined && isFew(count);
  const shown = item.what === "unread" && apart ? examples.filter(({ cells }) => cells >= LEAST_SHARED) : [];
  return inWords(
    {
      ...item,
      ...(count === undefined || small ? {} : { count }),
      ...(shown.length > 0 ? { examples: shown } : {}),
    },
    kind,
  );
}

/** Each item as one line of text: column, words, examples if there are any. */
export const readingLines = (items: readonly ReadItem[]): string[] =>
  items.map(({ column, words, examples = [] }) => {
    const texts = examples.map(({ text, cells }) =>
      cells === 1 ? `“${text}”` : `“${text}” (${number(cells)})`,
    );
    const said = column === undefined ? words : `${column}: ${words}`;
    return texts.length === 0 ? said : `${said} In the file: ${texts.join(", ")}.`;
  });
