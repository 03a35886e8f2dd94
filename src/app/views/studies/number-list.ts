/** A list of numbers as a person types it. Pure. */
import { plural } from "../../../core/words/numbers.ts";
import type { StudyField } from "../../../core/studies/study.ts";

type NumbersField = Extract<StudyField, { type: "numbers" }>;

/** "100, 200, 1286" */
export const listText = (numbers: readonly number[]): string => numbers.join(", ");

/**
 * The numbers of a text, separated by commas, semicolons or spaces; or what is wrong with it, in words. Where semicolons
 * separate, a comma stands for the decimal point: "0,25; 0,5".
 */
export function readList(
  text: string,
  { min, max, integer, least, most }: NumbersField,
): { readonly numbers: readonly number[] } | { readonly wrong: string } {
  const apart = integer !== true && text.includes(";") ? /[\s;]+/u : /[\s,;]+/u;
  const parts = text.split(apart).filter((part) => part !== "");
  const numbers = parts.map((part) => Number(part.replace(",", ".")));
  const odd = parts.find((_, at) => !Number.isFinite(numbers[at]));
  if (odd !== undefined) return { wrong: `“${odd}” is not a number.` };
  if (integer === true && !numbers.every(Number.isInteger)) return { wrong: "Whole numbers are needed." };
  if (numbers.length < least)
    return { wrong: `At least ${plural(least, "number")} ${least === 1 ? "is" : "are"} needed.` };
  if (numbers.length > most) return { wrong: `At most ${plural(most, "number")} can be given.` };
  if (new Set(numbers).size < numbers.length) return { wrong: "The same number stands there twice." };
  const beyond = parts.find((_, at) => Number(numbers[at]) < min || Number(numbers[at]) > max);
  if (beyond !== undefined) return { wrong: `“${beyond}” is not between ${min} and ${max}.${comma(text)}` };
  return { numbers };
}

/** A comma between two digits may have been meant for a decimal or thousands separator. */
const comma = (text: string): string =>
  /\d,\d/u.test(text) ? " A comma separates two numbers; write 0.5 and 1500." : "";
