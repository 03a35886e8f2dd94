import type { Table } from "../../table/table.ts";
import { describedColumns, type Described } from "./described.ts";
import { nameLikeness } from "./same-name.ts";
import { sexCodesAlone } from "./same-levels.ts";
import type { ColumnMatch, SecondFacts } from "./second-facts.ts";
import { overlap, turnColumn } from "./turn-column.ts";

/** A match that is taken where nobody confirmed it. */
export const SURE = 0.6;
/** Below this a match is not proposed. */
const LEAST = 0.2;
/** Of an unlike name: values that lie elsewhere leave this much of what a name says. */
const NAME_ALONE = 0.55;
/** Levels, all the same on both sides, that say as much as a name. */
const LEAST_LEVELS = 3;

interface Candidate extends ColumnMatch {
  readonly sure: number;
}

/**
 * Which columns of `second` are likely those of `open`: by name (case, separators, common words for the same thing, known
 * quantities), by unit, and by how far their values agree. A proposal, for a person to confirm. Each column of either table
 * is proposed once, the surest pairs first.
 */
export function secondFacts(open: Table, second: Table): SecondFacts {
  const mine = describedColumns(open);
  const theirs = describedColumns(second);
  const pairs = [...mine.values()]
    .flatMap((a) => [...theirs.values()].flatMap((b) => candidate(a, b) ?? []))
    .toSorted((a, b) => standing(b) - standing(a));
  const found = new Map<string, Candidate>();
  const used = new Set<string>();
  for (const pair of pairs) {
    if (found.has(pair.column) || used.has(pair.second ?? "")) continue;
    found.set(pair.column, pair);
    used.add(pair.second ?? "");
  }
  const matches = [...mine.keys()].map(
    (column): ColumnMatch =>
      found.get(column) ?? { column, reason: "no column of the other table is like it", sure: 0 },
  );
  const extra = [...theirs.keys()].filter((name) => !used.has(name));
  return {
    name: second.name,
    rows: second.rows,
    columns: [...theirs.keys()],
    matches,
    notes: notesOf(matches, extra),
  };
}

/** What cannot be turned but has the same name is told before what is proposed on half a name. */
const standing = ({ sure, refused, reason }: Candidate): number =>
  refused !== undefined && reason.startsWith("same name") ? SURE - 0.01 : sure;

function notesOf(matches: readonly ColumnMatch[], extra: readonly string[]): string[] {
  const has = matches.filter(({ second, refused }) => second !== undefined && refused === undefined).length;
  const notes = [`${has} of ${matches.length} columns of the open table have one in the other table.`];
  if (extra.length > 0) {
    const shown =
      extra.length > 5 ? `${extra.slice(0, 5).join(", ")} and ${extra.length - 5} more` : extra.join(", ");
    notes.push(`Only in the other table: ${shown}.`);
  }
  return notes;
}

function candidate(open: Described, second: Described): Candidate[] | undefined {
  const { likeness, reason } = nameLikeness(open, second);
  const [column, other] = [open.schema.name, second.schema.name];
  if (likeness === 0) return sameLevelsAlone(open, second);
  const turned = turnColumn(open, second);
  if ("refused" in turned) {
    return likeness < 0.8
      ? undefined
      : [{ column, second: other, reason, sure: 0.25 * likeness, refused: turned.refused }];
  }
  const agree = agreement(open, second, turned.column);
  const sure = likeness * (NAME_ALONE + (1 - NAME_ALONE) * agree);
  const shares = sharesApart(open, turned.column);
  const swapped = sexCodesAlone(column, [...open.counts.keys()]) && shares !== undefined && shares.swapped;
  const words =
    shares !== undefined && shares.apart > LEVELS_APART
      ? `${reason}, but other shares: ${shares.words}${swapped ? "; check which sex each code is" : ""}`
      : agree > 0.8
        ? `${reason}, and nearly the same values`
        : agree < 0.2
          ? doubt(open, second, reason)
          : reason;
  const doubtful = (agree < 0.05 && open.column.type === "numeric") || swapped ? 0.6 : 1;
  const match = { column, second: other, reason: words, sure: Math.round(100 * sure * doubtful) / 100 };
  return match.sure < LEAST ? undefined : [{ ...match, ...(turned.turned && { turned: turned.turned }) }];
}

function doubt(open: Described, second: Described, reason: string): string {
  if (open.column.type !== "numeric" || second.sorted.length === 0) return `${reason}, but other levels`;
  const middle = (sorted: Float64Array): string =>
    String(Number((sorted[Math.floor(sorted.length / 2)] ?? NaN).toPrecision(3)));
  return `${reason}, but the values lie elsewhere: median ${middle(open.sorted)} against ${middle(second.sorted)}; check the unit`;
}

/** Names that have nothing in common, but the same three levels or more in words. */
function sameLevelsAlone(open: Described, second: Described): Candidate[] | undefined {
  const [a, b] = [[...open.counts.keys()], [...second.counts.keys()]];
  if (open.named || second.named || a.length < LEAST_LEVELS || a.length !== b.length) return undefined;
  const words = a.filter((level) => /\p{L}{2}/u.test(level));
  if (words.length < LEAST_LEVELS || !a.every((level) => second.counts.has(level))) return undefined;
  return [{ column: open.schema.name, second: second.schema.name, reason: "the same levels", sure: 0.5 }];
}

/** Levels whose cells are distributed further apart than this have other shares. */
const LEVELS_APART = 0.15;

/** How far the shares of the levels are apart, and whether two of them agree better the other way round. */
function sharesApart(open: Described, column: Described["column"]) {
  if (column.type !== "coded" || open.column.type !== "coded") return undefined;
  const known = column.levels;
  const shares = [open.column, column].map(({ codes }) => {
    const had = codes.filter((code) => code >= 0);
    const counts = known.map(() => 0);
    for (const code of had) counts[code] = (counts[code] ?? 0) + 1;
    return counts.map((count) => (had.length > 0 ? count / had.length : 0));
  }) as [number[], number[]];
  const [mine, theirs] = shares;
  const between = (other: readonly number[]): number =>
    mine.reduce((sum, share, i) => sum + Math.abs(share - (other[i] ?? 0)) / 2, 0);
  const most = mine
    .map((share, i) => ({ level: known[i] ?? "", share, other: theirs[i] ?? 0 }))
    .toSorted((a, b) => Math.abs(b.share - b.other) - Math.abs(a.share - a.other))[0];
  const percent = (share: number): string => `${Math.round(100 * share)}%`;
  const apart = between(theirs);
  return {
    apart,
    words: most ? `${most.level} is ${percent(most.share)} against ${percent(most.other)}` : "",
    swapped: mine.length === 2 && apart > LEVELS_APART && between(theirs.toReversed()) < apart - 0.1,
  };
}

/** How far cells agree once they are turned, 0 to 1; one half where there is too little to compare. */
function agreement(open: Described, second: Described, column: Described["column"]): number {
  if (open.schema.kind === "datetime") return 0.5;
  if (column.type === "numeric") {
    const sorted = column.values.filter((value) => !Number.isNaN(value)).sort();
    return open.sorted.length < 10 || sorted.length < 10 ? 0.5 : overlap(open.sorted, sorted);
  }
  const counts = new Map<string, number>();
  for (const code of column.codes) {
    const level = column.levels[code];
    if (level !== undefined) counts.set(level, (counts.get(level) ?? 0) + 1);
  }
  const total = (of: ReadonlyMap<string, number>): number => [...of.values()].reduce((sum, n) => sum + n, 0);
  const [all, kept] = [total(open.counts), total(counts)];
  const had = second.column.type === "coded" ? total(second.counts) : second.sorted.length;
  if (all === 0 || kept === 0 || had === 0) return 0.5;
  const apart = [...new Set([...open.counts.keys(), ...counts.keys()])].reduce(
    (sum, level) => sum + Math.abs((open.counts.get(level) ?? 0) / all - (counts.get(level) ?? 0) / kept) / 2,
    0,
  );
  return (kept / had) * (1 - apart / 2);
}
