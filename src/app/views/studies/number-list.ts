/** A list of numbers as a person types it. Pure. */
import type { StudyField } from "../../../core/studies/study.ts";

type NumbersField = Extract<StudyField, { type: "numbers" }>;

/** "100, 200, 1286" */
export const listText = (numbers: readonly number[]): string => numbers.join(", ");

/** The numbers of a text, separated by commas, semicolons or spaces; or what is wrong with it, in words. */
export function readList(
  text: string,
  { min, max, integer, least, most }: NumbersField,
): { readonly numbers: readonly number[] } | { readonly wrong: string } {
  const parts = text.split(/[\s,;]+/u).filter((part) => part !== "");
  const numbers = parts.map(Number);
  const odd = parts.find((_, at) => !Number.isFinite(numbers[at]));
  if (odd !== undefined) return { wrong: `“${odd}” is not a number.` };
  if (integer === true && !numbers.every(Number.isInteger)) return { wrong: "Whole numbers are needed." };
  if (numbers.length < least) return { wrong: `At least ${least} are needed.` };
  if (numbers.length > most) return { wrong: `At most ${most} fit.` };
  if (new Set(numbers).size < numbers.length) return { wrong: "Each may stand there once." };
  const beyond = numbers.find((number) => number < min || number > max);
  if (beyond !== undefined) return { wrong: `${beyond} is not from ${min} to ${max}.` };
  return { numbers };
}
