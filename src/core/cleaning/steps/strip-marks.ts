import { PLAIN, readNumber } from "../../table/formats/number-format.ts";
import { mapColumn } from "../map-column.ts";
import { quoted, StepFault, type StepKind, type StepOf } from "../step-kind.ts";

/** Marks that a laboratory sets beside its numbers are taken off: "5.2 H", "4.1*". */
export const stripMarks: StepKind<StepOf<"strip-marks">> = {
  title: ({ marks }) => `take off ${listed(marks)} beside numbers`,
  done: ({ column, marks }) => `${column}: ${listed(marks)} beside numbers taken off`,
  apply: ({ column, marks }, { rows }) => {
    const known = marks.map((mark) => mark.trim()).filter((mark) => mark !== "");
    if (known.length === 0) throw new StepFault("It names no mark.");
    return mapColumn(rows, column, () => (text) => withoutMarks(text, known));
  },
};

const listed = (marks: readonly string[]): string =>
  marks.slice(0, 4).map(quoted).join(", ") + (marks.length > 4 ? " and others" : "");

/** The number or limit that is left of a text when the marks are off its two ends; undefined where none is. */
export function withoutMarks(text: string, marks: readonly string[]): string | undefined {
  let rest = text;
  for (let again = true; again;) {
    again = false;
    for (const mark of marks) {
      if (rest.endsWith(mark)) [rest, again] = [rest.slice(0, -mark.length).trimEnd(), true];
      else if (rest.startsWith(mark)) [rest, again] = [rest.slice(mark.length).trimStart(), true];
    }
  }
  return rest !== text && isNumeric(rest) ? rest : undefined;
}

/** A number in any notation, or a limit. */
export function isNumeric(text: string): boolean {
  const bare = text.replace(/^[<>≤≥]=?\s*/, "");
  return NOTATIONS.some((marks) => readNumber(bare, marks) !== undefined);
}

const NOTATIONS = [
  PLAIN,
  { decimalMark: ",", thousandsMark: "" },
  { decimalMark: ".", thousandsMark: "," },
  { decimalMark: ",", thousandsMark: "." },
] as const;
