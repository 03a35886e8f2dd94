import { PLAIN, readNumber, type NumberMarks } from "../../table/formats/number-format.ts";
import type { TextCells } from "../../table/read/column-cells.ts";
import { mapColumn } from "../map-column.ts";
import type { StepKind, StepOf } from "../step-kind.ts";

/** Numbers that are written in several ways, "1,234.5" beside "1.234,5", are written in one. */
export const oneNotation: StepKind<StepOf<"one-notation">> = {
  title: () => "write all numbers in one way",
  done: ({ column }) => `${column}: numbers written in one way`,
  apply: ({ column }, { rows, reading }) =>
    mapColumn(rows, column, (cells) => inOneNotation(cells, reading.context.decimalComma)),
};

/** A sign, digits, and marks between digits. */
const SHAPED = /^[+-]?\d[\d.,'\u2019\u00a0\u202f ]*$/;

interface Said {
  /** this mark stands before decimals in some cell that leaves no doubt; this one between thousands */
  readonly decimal: ReadonlySet<string>;
  readonly thousands: ReadonlySet<string>;
}

/** What each text becomes in plain digits with a decimal point (or comma, where the file has those); undefined: it stays. */
export function inOneNotation(
  { levels }: TextCells,
  decimalComma: boolean,
): (text: string) => string | undefined {
  const said = saidBy(levels);
  return (text) => {
    const plain = plainOf(text, said);
    if (plain === undefined) return undefined;
    return decimalComma ? plain.replace(".", ",") : plain;
  };
}

const decided = (text: string): { decimal?: string; thousands?: string } => {
  const marks = text.replace(/[^.,]/g, "");
  const last = marks.at(-1);
  if (last === undefined) return {};
  const other = Array.from(marks).find((mark) => mark !== last);
  if (other !== undefined) return { decimal: last, thousands: other };
  if (marks.length > 1) return { thousands: last };
  const [, after = ""] = text.split(last);
  const before = text.split(last)[0] ?? "";
  const grouped = after.length === 3 && /^[+-]?[1-9]\d{0,2}$/.test(before);
  return grouped ? {} : { decimal: last };
};

function saidBy(levels: readonly string[]): Said {
  const decimal = new Set<string>();
  const thousands = new Set<string>();
  for (const text of levels) {
    if (!SHAPED.test(text)) continue;
    const marks = decided(text);
    if (marks.decimal !== undefined) decimal.add(marks.decimal);
    if (marks.thousands !== undefined) thousands.add(marks.thousands);
  }
  return { decimal, thousands };
}

/** The number in plain digits; undefined where its marks can be read two ways, or it is none. */
function plainOf(text: string, { decimal, thousands }: Said): string | undefined {
  if (!SHAPED.test(text)) return undefined;
  const bare = text.replace(/['\u2019\u00a0\u202f ](?=\d{3}(?!\d))/g, "");
  const own = decided(bare);
  const only = bare.replace(/[^.,]/g, "")[0];
  let marks: NumberMarks;
  if (own.decimal !== undefined || own.thousands !== undefined || only === undefined) {
    const point = own.decimal ?? (own.thousands === "." ? "," : ".");
    marks = {
      decimalMark: point as "." | ",",
      thousandsMark: (own.thousands ?? "") as NumberMarks["thousandsMark"],
    };
  } else if (decimal.has(only) === thousands.has(only)) {
    return undefined;
  } else {
    const other = only === "." ? "," : ".";
    marks = decimal.has(only)
      ? { decimalMark: only as "." | ",", thousandsMark: "" }
      : { decimalMark: other, thousandsMark: only as NumberMarks["thousandsMark"] };
  }
  if (readNumber(bare, marks) === undefined) return undefined;
  const digits = marks.thousandsMark === "" ? bare : bare.replaceAll(marks.thousandsMark, "");
  const plain = digits.replace(marks.decimalMark, ".");
  return readNumber(plain, PLAIN) === undefined ? undefined : plain;
}
