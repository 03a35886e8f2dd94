import { timeName } from "../../table/courses/time-names.ts";
import type { CodedColumn, Table } from "../../table/table.ts";
import { guessDate } from "../../table/formats/dates/guess-date.ts";
import { readDate } from "../../table/formats/dates/read-date.ts";
import { percent } from "../../words/numbers.ts";
import type { CourseTrouble } from "./course-trouble.ts";

/** Least share of the cells that say the same words around a number, and of each of two things in one column. */
const MOSTLY = 0.8;
const EACH = 0.1;

/**
 * Columns that may say when a visit was, but hold texts: "Visit 3", from which the words can be taken, or two things, dates
 * beside hours since admission, of which one can be read and the other is missing then.
 */
export function timesInTexts({ schema, columns }: Table): CourseTrouble[] {
  return schema.columns.flatMap(({ name, role }, i): CourseTrouble[] => {
    const column = columns[i];
    if (column?.type !== "coded" || role === "identifier" || timeName(name) === "none") return [];
    const counts = countsOf(column);
    const levels = column.levels.slice(0, MOST_LEVELS);
    return [...twoThings(name, levels, counts), ...wordsAround(name, levels, counts)].slice(0, 1);
  });
}

/** Levels that are looked at. */
const MOST_LEVELS = 3_000;

const allOf = (levels: readonly string[], counts: readonly number[]): number =>
  levels.reduce((sum, _, i) => sum + (counts[i] as number), 0);

function countsOf({ codes, levels }: CodedColumn): number[] {
  const counts = levels.map(() => 0);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] as number) + 1;
  return counts;
}

const NUMBER = /^[-+]?\d+([.,]\d+)?$/;

function twoThings(name: string, levels: readonly string[], counts: readonly number[]): CourseTrouble[] {
  const all = allOf(levels, counts);
  const others = levels.filter((level) => !NUMBER.test(level.trim()));
  const guess = guessDate(others, { dayFirst: true, compact: false });
  if (guess === undefined || all === 0) return [];
  let [numbers, dates] = [0, 0];
  levels.forEach((level, i) => {
    if (NUMBER.test(level.trim())) numbers += counts[i] as number;
    else if (!Number.isNaN(readDate(level, guess.format))) dates += counts[i] as number;
  });
  if (numbers < EACH * all || dates < EACH * all || numbers + dates < MOSTLY * all) return [];
  const as = (kind: "datetime" | "decimal") =>
    [
      { type: "kind", column: name, kind, strayAsMissing: true },
      { type: "role", column: name, role: "feature" },
    ] as const;
  return [
    {
      level: "check",
      words: `${name} holds two things: dates in ${percent(dates / all, 0)} of the cells and numbers in ${percent(numbers / all, 0)}. Only one of them can say when a visit was; visits with the other then have no time.`,
      ways: [
        { label: "Read the dates", changes: as("datetime") },
        { label: "Read the numbers", changes: as("decimal") },
      ],
    },
  ];
}

/** "Visit 3", "Week 12", "V3": one text before the number, or behind it. */
const AROUND = /^(\D*?)(\d+)(\D*)$/;

function wordsAround(name: string, levels: readonly string[], counts: readonly number[]): CourseTrouble[] {
  const all = allOf(levels, counts);
  const texts = new Map<string, number>();
  levels.forEach((level, i) => {
    const [, before = "", , behind = ""] = AROUND.exec(level) ?? [];
    const words = before !== "" && behind === "" ? before : before === "" ? behind : "";
    if (words !== "") texts.set(words, (texts.get(words) ?? 0) + (counts[i] as number));
  });
  const [words, share] = [...texts].sort(([, a], [, b]) => b - a)[0] ?? ["", 0];
  if (words === "" || share < MOSTLY * all) return [];
  const rest = all - share;
  return [
    {
      level: "check",
      words: `${name} may say when a visit was, but is text: “${words.trim()}” stands ${levels.some((level) => level.startsWith(words)) ? "before" : "behind"} its numbers.${rest > 0 ? ` ${percent(rest / all, 0)} of the cells have no such number and would be missing.` : ""}`,
      ways: [
        {
          label: `Take “${words.trim()}” off and read numbers`,
          changes: [
            { type: "clean", step: { step: "replace", column: name, find: words, by: "" } },
            { type: "kind", column: name, kind: "integer", strayAsMissing: true },
            { type: "role", column: name, role: "feature" },
          ],
        },
      ],
    },
  ];
}
