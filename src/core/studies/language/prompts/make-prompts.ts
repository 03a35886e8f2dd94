import { targetColumn, type Column, type Table } from "../../../table/table.ts";
import { columnLine, type Said } from "./column-lines.ts";
import {
  oneLine,
  sharesOf,
  spansOf,
  summariesOf,
  type ColumnSummary,
  type LevelSummary,
} from "./column-summary.ts";
import { patientsOfRows, shareStep } from "./patient-counts.ts";
import { promptColumns } from "./prompt-columns.ts";
import { groupColumnsOf, groupsBy, usualGroupColumns, type PromptGroup } from "./prompt-groups.ts";
import { writePromptFile } from "./prompt-file.ts";
import { tellsSomebody } from "./tells-somebody.ts";
import {
  MOST_REPLIES,
  MOST_ROWS_ASKED,
  PROMPT_STRATEGIES,
  type Prompt,
  type PromptChoices,
  type PromptLine,
  type PromptPack,
  type PromptPart,
  type PromptPiece,
  type PromptStrategy,
} from "./prompt-pack.ts";

export const NEVER =
  "A row, a column of names, ids, dates or free text, anything fewer than 5 patients share, the least or greatest value of a column.";

/** Levels of a column above which it has a line of its own on the list of parts. */
const MANY_LEVELS = 20;

/**
 * The prompts of one strategy and the files of all four. Everything in them is a column's name, a level that five patients or more
 * share, a range from the literature, or a figure over five patients or more, rounded; patients count once, however many rows they
 * have. Pure: same table and choices, same text. `source`: the table as it is open, with roles.
 */
export function promptPack(source: Table, given: PromptChoices): PromptPack {
  const choices = {
    ...given,
    rows: whole(given.rows, MOST_ROWS_ASKED),
    replies: whole(given.replies, MOST_REPLIES),
  };
  const { table, told } = promptColumns(source);
  const facts = factsOf(table, choices);
  const made = PROMPT_STRATEGIES.map((strategy) => ({ strategy, ...promptsOf(strategy, facts) }));
  const own = made.find(({ strategy }) => strategy === choices.strategy);
  return {
    choices,
    prompts: own?.prompts ?? [],
    parts: partsOf(facts),
    never: NEVER,
    told: [...told, ...namesTold(facts), ...(own?.told ?? [])],
    groupColumns: groupColumnsOf(table),
    files: made.map(({ strategy, prompts }) => ({
      name: `prompts-${strategy}.md`,
      text: writePromptFile(strategy, prompts, choices, NEVER),
    })),
  };
}

const whole = (value: number, most: number): number =>
  Math.min(most, Math.max(1, Math.round(Number.isFinite(value) ? value : 1)));

interface Facts {
  readonly table: Table;
  readonly choices: PromptChoices;
  readonly cut: ReadonlySet<string>;
  readonly summaries: readonly ColumnSummary[];
  /** as columns are called in the prompt */
  readonly called: readonly string[];
  /** columns that are not cut */
  readonly kept: readonly number[];
  readonly said: Said;
}

const columnId = (name: string): string => `column:${name}`;

function factsOf(table: Table, choices: PromptChoices): Facts {
  const cut = new Set(choices.cut);
  const rows = Int32Array.from({ length: table.rows }, (_, row) => row);
  const summaries = summariesOf(table, patientsOfRows(rows, table.patients));
  const called = summaries.map(({ name }, i) =>
    cut.has("names") || tellsSomebody(name) ? `column_${i + 1}` : oneLine(name),
  );
  return {
    table,
    choices,
    cut,
    summaries,
    called,
    kept: [...summaries.keys()].filter((i) => !cut.has(columnId(summaries[i]?.name ?? ""))),
    said: {
      levels: !cut.has("levels"),
      ranges: !cut.has("ranges"),
      middle: !cut.has("middle"),
      shares: !cut.has("shares"),
    },
  };
}

/** Names that look like a day, a person or an id: those of a file without a line of names, or of one that has patients beside each other. */
function namesTold({ summaries, cut }: Facts): string[] {
  const count = cut.has("names") ? 0 : summaries.filter(({ name }) => tellsSomebody(name)).length;
  if (count === 0) return [];
  const [names, look, them] =
    count === 1 ? ["1 column name", "looks", "it"] : [`${count} column names`, "look", "them"];
  return [
    `${names} ${look} like a date, a person or an id, so a number stands for ${them}: see whether the first line of the file is one of names.`,
  ];
}

interface Made {
  readonly prompts: readonly Prompt[];
  readonly told: readonly string[];
}

function promptsOf(strategy: PromptStrategy, facts: Facts): Made {
  switch (strategy) {
    case "plain":
      return { prompts: [prompt("Plain", facts, { times: facts.choices.replies })], told: [] };
    case "schema":
      return {
        prompts: [prompt("Schema", facts, { times: facts.choices.replies, columns: facts.summaries })],
        told: [],
      };
    case "conditional":
      return conditional(facts);
    case "by-group":
      return byGroup(facts);
  }
}

function conditional(facts: Facts): Made {
  const at = targetColumn(facts.table.schema);
  const name = at === undefined ? usualGroupColumns(facts.table)[0] : facts.table.schema.columns[at]?.name;
  if (name === undefined || facts.cut.has(columnId(name)))
    return { prompts: [], told: ["Conditional needs a target or a sensitive column that is not cut."] };
  return grouped(facts, [name], ({ name: own, holds: [held] }) =>
    held ? `Only ${held.column} ${held.is}` : own,
  );
}

function byGroup(facts: Facts): Made {
  const asked = facts.choices.groups ?? usualGroupColumns(facts.table);
  const names = asked.filter((name) => !facts.cut.has(columnId(name)));
  if (names.length === 0)
    return { prompts: [], told: ["By group needs a column of sex, age or another group that is not cut."] };
  return grouped(facts, names, ({ name }) => `Group: ${name}`);
}

function grouped(facts: Facts, names: readonly string[], nameOf: (group: PromptGroup) => string): Made {
  const { groups, refused } = groupsBy(facts.table, names);
  const all = groups.reduce((sum, { patients }) => sum + patients, 0);
  const within = withinGroups(facts, groups);
  const prompts = groups.map((group, i) =>
    prompt(nameOf(withCalledColumns(group, facts)), facts, {
      times: timesOf(group.patients, all, facts.choices.replies / groups.length, facts.choices.replies),
      group: withCalledColumns(group, facts),
      columns: within[i],
    }),
  );
  const list = names.map((name) => `“${name}”`).join(" and ");
  const told = [
    ...(refused > 0
      ? [
          `${refused === 1 ? "1 group" : `${refused} groups`} by ${list} ${refused === 1 ? "has" : "have"} fewer than 5 patients and ${refused === 1 ? "gets" : "get"} no prompt.`,
        ]
      : []),
    ...groups.flatMap(({ together }) =>
      together
        ? [`${together.length} groups by ${list} with fewer than 20 patients each are asked for together.`]
        : [],
    ),
    ...(groups.length === 0 ? [`No group by ${list} has 5 patients or more.`] : []),
  ];
  return { prompts, told };
}

/** How often a group's prompt is sent: by its share of `all`, rounded as shares are, since it would tell it else; `alike` times where shares are not said. */
function timesOf(patients: number, all: number, alike: number, replies: number): number {
  const step = shareStep(all);
  const share = step === 0 ? undefined : (Math.round((100 * patients) / all / step) * step) / 100;
  return Math.max(1, Math.round(share === undefined ? alike : replies * share));
}

function withCalledColumns(group: PromptGroup, { summaries, called }: Facts): PromptGroup {
  const holds = group.holds.map(({ column, is }) => ({
    column: called[summaries.findIndex(({ name }) => name === column)] ?? column,
    is,
  }));
  return { ...group, holds };
}

/**
 * Summaries within each group. Shares of a column are said of groups only where every level has five patients in each of them:
 * what one group leaves out could be had from the others.
 */
function withinGroups({ table, summaries }: Facts, groups: readonly PromptGroup[]): ColumnSummary[][] {
  const some = groups.map(({ rows }) => patientsOfRows(rows, table.patients));
  const byColumn = summaries.map((summary, i): ColumnSummary[] => {
    const [column, schema] = [table.columns[i] as Column, table.schema.columns[i]];
    const { about, name } = summary;
    if (column.type === "coded" && about.type === "levels") {
      const at = about.levels.map((level) => column.levels.findIndex((own) => oneLine(own) === level));
      const shares = some.map((patients) => (about.more > 0 ? undefined : sharesOf(column, at, patients)));
      const all = shares.every((own) => own !== undefined);
      return shares.map((own, group) => ({
        name,
        about: isOnly(groups[group], name) ?? {
          ...about,
          ...(all && own ? { shares: own } : about.shares && { ofAll: true }),
        },
      }));
    }
    if (column.type !== "numeric" || about.type !== "number" || schema === undefined)
      return groups.map(() => summary);
    const { most: _most, middle: _middle, ...rest } = about;
    return some.map((patients) => ({
      name,
      about: { ...rest, ...spansOf(column.values, schema, patients, about.clinical === undefined) },
    }));
  });
  return groups.map((_, group) => byColumn.map((own) => own[group] as ColumnSummary));
}

/** A level that the whole group has. */
function isOnly(group: PromptGroup | undefined, name: string): LevelSummary | undefined {
  const held = group?.holds.find(({ column }) => column === name);
  return held && { type: "levels", levels: [held.is], more: 0 };
}

interface Wanted {
  readonly times: number;
  readonly columns?: readonly ColumnSummary[] | undefined;
  readonly group?: PromptGroup;
}

function prompt(name: string, facts: Facts, { times, columns, group }: Wanted): Prompt {
  const lines: PromptLine[] = [
    line("You write synthetic patients for software tests. Nobody in your answer may be a real person."),
    ...headerLines(facts),
    ...(group ? [groupLine(group)] : []),
    ...(columns ?? []).map((summary, i) => lineOf(facts, summary, i)),
    ...(columns ? [] : facts.summaries.flatMap(({ name: own }, i) => cutLine(facts, own, i))),
    line("Values must fit together in each patient. Do not repeat rows. No explanation."),
  ];
  const text = lines
    .filter(({ cut }) => cut !== true)
    .map(({ pieces }) => pieces.map((piece) => piece.text).join(""))
    .join("\n");
  return { name, lines, text, times };
}

const line = (text: string): PromptLine => ({ pieces: [{ text }] });

function headerLines({ choices, kept, called }: Facts): PromptLine[] {
  const names = kept.map((i) => called[i] ?? "");
  const rows: PromptPiece = { text: String(choices.rows) };
  const header: PromptLine = {
    pieces: [
      {
        text:
          choices.format === "csv"
            ? names.map((name) => (/[",;]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name)).join(",")
            : names.map((name) => JSON.stringify(name)).join(", "),
        table: true,
      },
    ],
  };
  const before =
    choices.format === "csv"
      ? " rows of a table of patients as CSV, with this header, comma between cells, a point in decimals, and nothing else:"
      : " rows of a table of patients as one JSON array of objects, with these keys in each, numbers without units, and nothing else:";
  return [{ pieces: [{ text: "Write " }, rows, { text: before }] }, header];
}

function groupLine({ holds, together }: PromptGroup): PromptLine {
  if (together)
    return {
      pieces: [
        { text: "Every row is of one of these groups: " },
        { text: together.join("; "), table: true },
        { text: "." },
      ],
    };
  const parts = holds.flatMap(({ column, is }, i): PromptPiece[] => [
    ...(i > 0 ? [{ text: " and " }] : []),
    { text: column, table: true },
    { text: " is " },
    { text: is, table: true },
  ]);
  return { pieces: [{ text: "In every row " }, ...parts, { text: "." }] };
}

function lineOf(facts: Facts, summary: ColumnSummary, i: number): PromptLine {
  const [cut] = cutLine(facts, summary.name, i);
  return cut ?? columnLine(facts.called[i] ?? "", summary, facts.said, columnId(summary.name));
}

/** A column that was cut, as it stands on the page and not in the text. */
function cutLine({ cut, summaries, called }: Facts, name: string, i: number): PromptLine[] {
  const id = columnId(name);
  if (!cut.has(id)) return [];
  const summary = summaries[i];
  const what = summary ? sizeOf(summary) : "";
  return [{ id, cut: true, pieces: [{ text: called[i] ?? "", table: true }, { text: `: ${what}` }] }];
}

function sizeOf({ about }: ColumnSummary): string {
  if (about.type === "number") return "numbers";
  const count = about.levels.length + about.more;
  return count === 1 ? "1 level" : `${count} levels`;
}

function partsOf({ cut, summaries, kept }: Facts): PromptPart[] {
  const some = kept.flatMap((i) => summaries[i] ?? []);
  const numbers = some.flatMap(({ about }) => (about.type === "number" ? [about] : []));
  const coded = some.flatMap(({ about }) => (about.type === "levels" ? [about] : []));
  const part = (id: string, name: string, count: number): PromptPart => ({
    id,
    name,
    count: String(count),
    cut: cut.has(id),
  });
  return [
    part("names", "Column names", some.length),
    part(
      "levels",
      "Levels shared by 5 patients or more",
      coded.reduce((sum, { levels }) => sum + levels.length, 0),
    ),
    part(
      "ranges",
      "Ranges: clinical, not the least and greatest value seen",
      numbers.filter(({ clinical, most }) => clinical ?? most).length,
    ),
    part("middle", "Middle half of each column, rounded", numbers.filter(({ middle }) => middle).length),
    part("shares", "Shares, rounded", coded.filter(({ shares }) => shares).length),
    ...summaries
      .map((summary): PromptPart => {
        const id = columnId(summary.name);
        return { id, name: summary.name, count: sizeOf(summary), cut: cut.has(id), column: true };
      })
      .toSorted((a, b) => weight(b, summaries) - weight(a, summaries)),
  ];
}

/** Columns that are cut come first, then those with many levels. */
function weight({ cut, id }: PromptPart, summaries: readonly ColumnSummary[]): number {
  const about = summaries.find(({ name }) => columnId(name) === id)?.about;
  const many = about?.type === "levels" && about.levels.length + about.more > MANY_LEVELS;
  return (cut ? 2 : 0) + (many ? 1 : 0);
}
