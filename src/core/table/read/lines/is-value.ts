import { guessDate } from "../../formats/dates/guess-date.ts";
import { readNumber } from "../../formats/number-format.ts";

/** Whether `text` is a number or a date under some way of writing them. */
export const isValue = (text: string): boolean =>
  readNumber(text, { decimalMark: ".", thousandsMark: "" }) !== undefined ||
  readNumber(text, { decimalMark: ",", thousandsMark: "." }) !== undefined ||
  guessDate([text], { dayFirst: true, compact: false }) !== undefined;
