import type { Suggestion } from "../../table/cleaning-step.ts";
import { chooseReading, readCell } from "../../table/formats/number-reading.ts";
import { plural, quoted } from "../step-kind.ts";
import { inOneNotation } from "../steps/one-notation.ts";
import { isNumeric, withoutMarks } from "../steps/strip-marks.ts";
import { cellsIn, type Level, type Look } from "./look.ts";

/** A column of numbers in which some cells are a number and something more. */

const MARKS = ["(H)", "(L)", "HH", "LL", "H", "L", "**", "*", "↑", "↓", "†", "#", "!", "'", "§"];
/** Marks that are letters stand beside fewer cells than this: beside more, they would be a unit. */
const MOST_LETTERED = 0.6;
/** Least share of the cells that are numbers once the marks are off. */
const LEAST_NUMBERS = 0.8;

const restOf = (all: readonly Level[], some: readonly Level[]): Level[] => {
  const texts = new Set(some.map(({ text }) => text));
  return all.filter(({ text }) => !texts.has(text));
};

const numeric = (levels: readonly Level[]): Level[] => levels.filter(({ text }) => isNumeric(text));

/** "5.2 H", "4.1*": marks of a laboratory. */
export function marksAtNumbers({ name, levels, present }: Look): Suggestion[] {
  const plain = numeric(levels);
  const others = restOf(levels, plain);
  const marked = others.filter(({ text }) => withoutMarks(text, MARKS) !== undefined);
  if (marked.length === 0 || cellsIn(plain) + cellsIn(marked) < LEAST_NUMBERS * present) return [];
  const used = MARKS.filter((mark) =>
    marked.some(({ text }) => text.startsWith(mark) || text.endsWith(mark)),
  );
  const lettered = used.some((mark) => /[A-Z]/.test(mark));
  if (lettered && cellsIn(marked) >= MOST_LETTERED * present) return [];
  const [example] = marked as [Level];
  return [
    {
      column: name,
      step: { step: "strip-marks", column: name, marks: used },
      seen: `${quoted(example.text)}: a mark beside the number`,
      cells: cellsIn(marked),
      lossless: used.every((mark) => mark === "'"),
    },
  ];
}

/** "1,234.5" beside "1.234,5", and spaces inside numbers. */
export function muddledNumbers(look: Look): Suggestion[] {
  const { name, levels, present, cells, reading } = look;
  const { reading: read } = chooseReading(
    levels.map(({ text }) => text),
    reading.context,
  );
  const odd = levels.filter(({ text }) => readCell(text, read) === undefined);
  if (odd.length === 0 || odd.length === levels.length) return [];
  return spacesInside(look, odd) ?? notations();

  function notations(): Suggestion[] {
    const plain = inOneNotation(cells, reading.context.decimalComma);
    const shaped = levels.filter(({ text }) => /^[+-]?\d[\d.,'\u2019\u00a0\u202f ]*$/.test(text));
    if (!odd.some(({ text }) => plain(text) !== undefined) || cellsIn(shaped) < LEAST_NUMBERS * present)
      return [];
    const changed = shaped.filter(({ text }) => (plain(text) ?? text) !== text);
    const undecided = shaped.filter(({ text }) => plain(text) === undefined);
    const [example] = odd as [Level];
    return [
      {
        column: name,
        step: { step: "one-notation", column: name },
        seen: `${quoted(example.text)}: numbers with other decimal and thousands marks than the rest${undecided.length === 0 ? "" : `; ${plural(undecided.length, "number")} can be read two ways and stay`}`,
        cells: cellsIn(changed),
        lossless: true,
      },
    ];
  }
}

function spacesInside(
  { name, levels, present, reading }: Look,
  odd: readonly Level[],
): Suggestion[] | undefined {
  const { reading: read } = chooseReading(
    levels.map(({ text }) => text),
    reading.context,
  );
  const joined = (text: string): string => text.replace(/[ \u00a0\u202f]/g, "");
  const isSpaced = ({ text }: Level): boolean =>
    text.includes(" ") && /^[+-]?[\d.,\s]+$/.test(text) && readCell(joined(text), read) !== undefined;
  const spaced = odd.filter(isSpaced);
  const numbers = levels.filter(({ text }) => readCell(text, read) !== undefined);
  const mends = levels
    .filter(({ text }) => text.includes(" "))
    .every((level) => isSpaced(level) || !odd.includes(level));
  if (spaced.length === 0 || !mends || cellsIn(spaced) + cellsIn(numbers) < LEAST_NUMBERS * present)
    return undefined;
  const [example] = spaced as [Level];
  return [
    {
      column: name,
      step: { step: "replace", column: name, find: " ", by: "" },
      seen: `${quoted(example.text)}: a space inside the number`,
      cells: cellsIn(spaced),
      lossless: true,
    },
  ];
}
