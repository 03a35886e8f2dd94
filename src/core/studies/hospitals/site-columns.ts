import { createRng } from "../../math/rng.ts";
import { learnedTable } from "../../lab/left-out.ts";
import { namesPlace } from "../../table/column-names.ts";
import { selectColumns, takeRows, targetColumn, type Column, type Table } from "../../table/table.ts";
import { withPatients } from "../../table/split.ts";
import { countOrFew } from "../reducing/few.ts";
import { listWords } from "../reducing/list-words.ts";

/** Fewest patients of a site (rows, where a row is a patient). */
export const LEAST_AT_SITE = 100;
/** Fewest patients of a site with another class than the most frequent one, without which an AUROC says nothing. */
export const LEAST_EVENTS = 10;
/** Most sites that are shown beside each other. */
export const MOST_SITES = 12;
/** Levels beyond which a column is no site but an identifier. */
const MOST_LEVELS = 1000;
/** Rows of a site that a study learns from or tests on. */
const MOST_ROWS = 3000;

/** Patients by where they were seen. */
export interface SiteTable {
  /** learned columns without the one that names the site; rows that belong to no site are not there */
  readonly table: Table;
  /** of each row, an index into `sites` */
  readonly site: Int32Array;
  readonly sites: readonly { readonly name: string; readonly rows: number }[];
  /** what was put together or left out, one sentence each */
  readonly notes: readonly string[];
}

/** A column that may name the site, the likeliest first. */
export interface SiteColumn {
  readonly name: string;
  /** sites with enough patients, the largest first */
  readonly sites: readonly string[];
  /** levels with too few */
  readonly small: number;
  /** its name says so */
  readonly named: boolean;
}

/** Columns with at least two sites of enough patients: those named like a place first, then the others. */
export function siteColumns(source: Table): SiteColumn[] {
  const table = withPatients(source);
  const found = table.schema.columns.flatMap(({ name, role, kind }, at): SiteColumn[] => {
    const named = namesPlace(name);
    const coded = kind === "category" || kind === "boolean" || (named && kind === "identifier");
    if (role === "target" || !(coded || (named && kind === "integer"))) return [];
    const { large, small } = levelsOf(table, at);
    const sites = large.map((level) => level.name);
    return sites.length < 2 ? [] : [{ name, sites, small: small.length, named }];
  });
  return found.toSorted((a, b) => Number(b.named) - Number(a.named));
}

/** Why a column cannot tell sites apart, by its name: one level, or too few patients at each but one. */
export function noSites(table: Table): Record<string, string> {
  const can = new Set(siteColumns(table).map(({ name }) => name));
  return Object.fromEntries(
    table.schema.columns.flatMap(({ name, role }, at) => {
      if (can.has(name)) return [];
      if (role === "target") return [[name, `${name} is what is predicted.`]];
      const { large, small } = levelsOf(table, at);
      const all = large.length + small.length;
      return [
        [
          name,
          all === 1
            ? `${name} has one level, so there is one site.`
            : `${name} has not two levels of at least ${LEAST_AT_SITE} patients each, ${LEAST_EVENTS} of them with and ${LEAST_EVENTS} without the outcome.`,
        ],
      ];
    }),
  );
}

interface Level {
  readonly name: string;
  readonly rows: Int32Array;
}

/** Levels by size, those with enough patients and those without. Rows without a level are in neither. */
function levelsOf(table: Table, at: number): { readonly large: Level[]; readonly small: Level[] } {
  const column = table.columns[at] as Column;
  const rows = new Map<string, number[]>();
  for (let row = 0; row < table.rows; row++) {
    const name = levelAt(column, row);
    if (name === undefined) continue;
    const own = rows.get(name);
    if (own) own.push(row);
    else rows.set(name, [row]);
    if (rows.size > MOST_LEVELS) return { large: [], small: [] };
  }
  const levels = [...rows]
    .map(([name, own]) => ({ name, rows: Int32Array.from(own) }))
    .toSorted((a, b) => b.rows.length - a.rows.length || (a.name < b.name ? -1 : 1));
  const enough = enoughPatients(table);
  return {
    large: levels.filter((level) => enough(level.rows)),
    small: levels.filter((level) => !enough(level.rows)),
  };
}

const levelAt = (column: Column, row: number): string | undefined => {
  if (column.type === "numeric") {
    const value = column.values[row] as number;
    return Number.isFinite(value) ? String(value) : undefined;
  }
  const code = column.codes[row] as number;
  return code < 0 ? undefined : column.levels[code];
};

/** Whether rows are of enough patients to score on, and of a class, of enough with another than the most frequent one. */
export function enoughPatients(table: Table): (rows: ArrayLike<number>) => boolean {
  const at = targetColumn(table.schema);
  const column = at === undefined ? undefined : table.columns[at];
  const classes = column && (column.type === "coded" || fewNumbers(column.values));
  return (rows) => {
    const known = new Set<number>();
    const byLevel = new Map<string, Set<number>>();
    for (const row of Array.from(rows)) {
      const level = column ? levelAt(column, row) : "";
      if (level === undefined) continue;
      const patient = table.patients?.[row] ?? row;
      known.add(patient);
      if (!classes) continue;
      const own = byLevel.get(level);
      if (own) own.add(patient);
      else byLevel.set(level, new Set([patient]));
    }
    if (known.size < LEAST_AT_SITE) return false;
    const [, ...fewer] = [...byLevel.values()].toSorted((a, b) => b.size - a.size);
    return !classes || new Set(fewer.flatMap((own) => [...own])).size >= LEAST_EVENTS;
  };
}

function fewNumbers(values: Float64Array): boolean {
  const different = new Set<number>();
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (!Number.isInteger(value)) return false;
    if (different.add(value).size > 10) return false;
  }
  return true;
}

/**
 * The patients of `table` by the column `name`, the `most` largest sites, in the order of their size. Smaller ones stand
 * together as one site where that has enough patients, else they are left out; either is said in `notes`.
 */
export function sitesOf(source: Table, name: string, most: number): SiteTable {
  const table = withPatients(source);
  const at = table.schema.columns.findIndex((column) => column.name === name);
  const { large, small } = levelsOf(table, at);
  const rest = [...large.slice(most), ...small];
  const together = Int32Array.from(rest.flatMap((level) => [...level.rows])).sort();
  const pooled = rest.length > 1 && large.length < most && enoughPatients(table)(together);
  const label = otherName(large.map((level) => level.name));
  const own = [...large.slice(0, most), ...(pooled ? [{ name: label, rows: together }] : [])];
  const notes: string[] = [];
  const said = `${levelWords(rest, name)} (${countOrFew(together.length).toLowerCase()} rows)`;
  const why = [
    ...(small.length > 0 ? ["too few patients"] : []),
    ...(large.length > most ? [`beyond the ${most} largest sites`] : []),
  ];
  if (pooled) notes.push(`${said} with too few patients each stand together as “${label}”.`);
  else if (rest.length > 0)
    notes.push(`${said} ${rest.length === 1 ? "is" : "are"} left out: ${why.join(", or ")}.`);
  const missing = table.rows - [...large, ...small].reduce((sum, level) => sum + level.rows.length, 0);
  if (missing > 0)
    notes.push(`${countOrFew(missing)} rows without a ${name} belong to no site and are left out.`);
  const kept = learnedTable(table);
  const columns = kept.schema.columns.flatMap((column, i) => (column.name === name ? [] : [i]));
  return drawn(selectColumns(kept, columns), own, notes);
}

/** Few are named, many are counted. */
/** Levels of fewer rows are counted, not named. */
const LEAST_NAMED = 5;

const levelWords = (levels: readonly Level[], column: string): string =>
  levels.length > 3 || levels.some(({ rows }) => rows.length < LEAST_NAMED)
    ? `${levels.length} other ${levels.length === 1 ? "level" : "levels"} of ${column}`
    : `${column} ${listWords(levels.map((level) => `“${level.name}”`))}`;

const otherName = (names: readonly string[]): string =>
  ["Others", "Other sites", "All other sites"].find((name) => !names.includes(name)) ?? "The remaining sites";

/** At most 3,000 rows of each site, the same in all cells. */
export function drawn(table: Table, sites: readonly Level[], notes: readonly string[]): SiteTable {
  const said = [...notes];
  const taken = sites.map(({ name, rows }) => {
    if (rows.length <= MOST_ROWS) return rows;
    said.push(
      `Of the ${rows.length.toLocaleString("en-US")} rows of ${name}, ${MOST_ROWS.toLocaleString("en-US")} drawn at random are used.`,
    );
    const dice = createRng(0).fork(`rows of ${name}`);
    return dice
      .choose(rows.length, MOST_ROWS)
      .map((i) => rows[i] as number)
      .sort();
  });
  const rows = Int32Array.from(taken.flatMap((own) => [...own]));
  return {
    table: takeRows(table, rows),
    site: Int32Array.from(taken.flatMap((own, i) => Array.from(own, () => i))),
    sites: sites.map(({ name }, i) => ({ name, rows: taken[i]?.length ?? 0 })),
    notes: said,
  };
}
