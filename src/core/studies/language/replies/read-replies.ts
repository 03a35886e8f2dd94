import { takeRows, type Column, type Table } from "../../../table/table.ts";
import { PROMPT_STRATEGIES, type PromptStrategy } from "../prompts/prompt-pack.ts";
import type { MadeTable } from "../../study.ts";
import { alikeRows } from "./alike-rows.ts";
import { collapseOf, rowKey } from "./collapse.ts";
import { judgeRows, type JudgedRows } from "./judge-rows.ts";
import { knownTable, type KnownTable } from "./known-table.ts";
import { placeRows } from "./place-rows.ts";
import { LONGEST_REPLY, readReply } from "./read-reply.ts";
import type { RepliesView, ReplyView } from "./replies-view.ts";

/** A reply as it was pasted or opened. */
export interface GivenReply {
  readonly name: string;
  readonly text: string;
  readonly strategy: PromptStrategy;
  /** rows that the prompt asked for */
  readonly asked: number;
  /** the columns that the prompt asked for, in their order, where some were cut: for replies without a line of names */
  readonly columns?: readonly string[];
}

export interface ReadReplies {
  readonly view: RepliesView;
  /** one table a strategy that has rows: what was kept, in columns of the real table */
  readonly tables: readonly MadeTable[];
}

/** Rows below which a strategy's rows are no table. */
const LEAST_ROWS = 2;
const MOST_INVENTED = 8;

interface Judged extends JudgedRows {
  readonly given: GivenReply;
  readonly came: number;
  readonly none?: string;
  readonly notes: readonly string[];
}

/**
 * Replies of a language model as tables like `source`: what stands around the rows is dropped, names, units and levels are
 * read in any writing, and every row is judged by itself. Never throws: what cannot be read is counted and said. Linear in
 * the length of the replies. Rows that equal a real patient in nearly all columns are set aside; no cell of the real table is
 * in the view.
 */
export function readReplies(source: Table, given: readonly GivenReply[]): ReadReplies {
  const known = knownTable(source);
  const judged = given.map((reply) => judge(reply, known));
  const alike = new Map<Judged, number>();
  const repeats = new Map<Judged, number>();
  const sentences: string[] = [];
  const made = PROMPT_STRATEGIES.flatMap((strategy) => {
    const own = judged.filter((reply) => reply.given.strategy === strategy);
    if (own.every(({ sound }) => sound.rows === 0)) return [];
    const gathered = gather(own, known);
    const distinct = firstOfEach(gathered.table);
    const fresh = takeRows(gathered.table, distinct);
    const found = alikeRows(fresh, gathered.real);
    distinct.forEach((row, i) => {
      if (found.rows.has(i)) add(alike, gathered.from(row));
    });
    own.forEach((reply) =>
      repeats.set(reply, reply.sound.rows - distinct.filter((row) => gathered.from(row) === reply).length),
    );
    sentences.push(...alikeSentences(found, distinct.map(gathered.from), gathered.real));
    const kept = distinct.filter((_, i) => !found.rows.has(i));
    const asked = own.reduce((sum, { given: reply }) => sum + whole(reply.asked), 0);
    return [
      {
        strategy,
        collapse: collapseOf(strategy, gathered.table, gathered.real),
        table: takeRows(gathered.table, kept),
        asked,
      },
    ];
  });
  const replies = judged.map((reply) => viewOf(reply, repeats.get(reply) ?? 0, alike.get(reply) ?? 0));
  return {
    view: {
      replies,
      all: {
        asked: total(replies, ({ asked }) => asked),
        came: total(replies, ({ came }) => came),
        kept: total(replies, ({ kept }) => kept),
      },
      alike: sentences,
      collapse: made.map(({ collapse }) => collapse),
      invented: inventedIn(judged),
    },
    tables: made
      .filter(({ table }) => table.rows >= LEAST_ROWS)
      .map(({ strategy, table, asked }): MadeTable => ({
        name: PROMPT_NAMES[strategy],
        table: { ...table, name: PROMPT_NAMES[strategy] },
        note: `${table.rows.toLocaleString("en")} rows kept of ${asked.toLocaleString("en")} asked for`,
      })),
  };
}

export const PROMPT_NAMES: Readonly<Record<PromptStrategy, string>> = {
  plain: "Plain prompt",
  schema: "Schema prompt",
  conditional: "Conditional prompts",
  "by-group": "Prompts by group",
};

const total = (replies: readonly ReplyView[], of: (reply: ReplyView) => number): number =>
  replies.reduce((sum, reply) => sum + of(reply), 0);
const add = (counts: Map<Judged, number>, reply: Judged): void => {
  counts.set(reply, (counts.get(reply) ?? 0) + 1);
};
const whole = (asked: number): number => (Number.isFinite(asked) ? Math.max(0, Math.round(asked)) : 0);

function judge(given: GivenReply, known: KnownTable): Judged {
  const raw = readReply(given.text, known.expected);
  const placed = placeRows(raw.tables, known, given.columns);
  const rows = judgeRows(placed, known);
  const came = placed.rows + placed.cut + placed.wrongWidth;
  const none = came === 0 ? raw.none : undefined;
  return {
    ...rows,
    given,
    came,
    ...(none !== undefined && { none }),
    notes: [
      ...placed.notes,
      ...rows.repaired,
      ...(raw.beyond > 0
        ? [`Only the first ${LONGEST_REPLY.toLocaleString("en")} characters were read.`]
        : []),
    ],
  };
}

function viewOf(
  { given, came, sound, refused, none, notes }: Judged,
  repeats: number,
  alike: number,
): ReplyView {
  const asked = whole(given.asked);
  return {
    reply: given.name,
    name: given.name,
    strategy: given.strategy,
    asked,
    came,
    kept: sound.rows - repeats - alike,
    refused: [
      ...refused,
      ...(repeats > 0 ? [{ reason: "repeats", rows: repeats }] : []),
      ...(alike > 0 ? [{ reason: "like a real patient", rows: alike }] : []),
    ],
    missing: Math.max(0, asked - came),
    ...(none !== undefined && { none }),
    repaired: notes,
  };
}

interface Gathered {
  /** sound rows of all replies of a strategy, in the columns that some reply has */
  readonly table: Table;
  /** the real rows in the same columns */
  readonly real: Table;
  /** the reply that a row came in */
  from(row: number): Judged;
}

function gather(own: readonly Judged[], { real }: KnownTable): Gathered {
  const has = [...real.columns.keys()].filter((i) => own.some((reply) => reply.has[i]));
  const pick = <T>(all: readonly T[]): T[] => has.map((i) => all[i] as T);
  const schema = { ...real.schema, columns: pick(real.schema.columns) };
  const columns = has.map((i): Column => {
    const parts = own.map(({ sound }) => sound.columns[i] as Column);
    const [first] = parts;
    if (first?.type === "coded")
      return {
        ...first,
        codes: Int32Array.from(parts.flatMap((part) => (part.type === "coded" ? [...part.codes] : []))),
      };
    return {
      type: "numeric",
      values: Float64Array.from(parts.flatMap((part) => (part.type === "numeric" ? [...part.values] : []))),
    };
  });
  const from = own.flatMap((reply) => Array.from({ length: reply.sound.rows }, () => reply));
  return {
    table: { name: "replies", rows: from.length, columns, schema },
    real: { ...real, columns: pick(real.columns), schema },
    from: (row) => from[row] as Judged,
  };
}

/** The first row of each that is the same. */
function firstOfEach(table: Table): number[] {
  const seen = new Set<string>();
  const first: number[] = [];
  for (let row = 0; row < table.rows; row++) {
    const key = rowKey(table, row);
    if (seen.has(key)) continue;
    seen.add(key);
    first.push(row);
  }
  return first;
}

function alikeSentences(
  { rows, byChance }: ReturnType<typeof alikeRows>,
  from: readonly Judged[],
  real: Table,
): string[] {
  if (rows.size === 0) return [];
  const names = [...new Set([...rows.keys()].map((row) => from[row]?.given.name ?? ""))];
  const width = real.columns.length;
  const equal = Math.max(...rows.values());
  const who = rows.size === 1 ? "One row" : `${rows.size.toLocaleString("en")} rows`;
  const least = Math.min(...rows.values());
  const where = `${least === equal ? equal : `${least} or ${equal}`} of ${width} columns`;
  const aside =
    rows.size === 1 ? "It is set aside and not shown here." : "They are set aside and not shown here.";
  const chance = byChance < 0.005 ? "fewer than 0.01" : Number(byChance.toPrecision(2)).toLocaleString("en");
  const so =
    rows.size > 2 * byChance + 1 || byChance < 0.05
      ? "so the model may know this table"
      : `so ${rows.size === 1 ? "it" : "they"} need not come from it`;
  return [
    `${who} of ${names.length > 3 ? `${names.length} replies` : names.join(", ")} ${rows.size === 1 ? "equals" : "equal"} a real patient in ${where}. ${aside} Independent columns would give ${chance} such rows by chance, ${so}.`,
  ];
}

function inventedIn(judged: readonly Judged[]): RepliesView["invented"] {
  const all = new Map<string, Map<string, number>>();
  for (const { invented } of judged)
    for (const [column, levels] of invented) {
      const own = all.get(column) ?? new Map<string, number>();
      for (const [level, rows] of levels) own.set(level, (own.get(level) ?? 0) + rows);
      all.set(column, own);
    }
  return [...all].map(([column, levels]) => ({
    column,
    levels: [...levels]
      .toSorted((a, b) => b[1] - a[1])
      .slice(0, MOST_INVENTED)
      .map(([level]) => (level.length > 40 ? `${level.slice(0, 39)}…` : level)),
    rows: [...levels.values()].reduce((sum, rows) => sum + rows, 0),
  }));
}
