import { expect, test } from "vitest";
import { wholeNumber } from "./whole-number.ts";

test("separators are fine, nonsense and what is out of bounds is not taken", () => {
  expect(wholeNumber("1,000,000", 1, 1e7)).toBe(1_000_000);
  expect(wholeNumber(" 5 000 ", 1, 1e7)).toBe(5000);
  expect(wholeNumber("", 1, 10)).toBeUndefined();
  expect(wholeNumber("-5", 1, 10)).toBeUndefined();
  expect(wholeNumber("1e3", 1, 1e7)).toBeUndefined();
  expect(wholeNumber("11", 1, 10)).toBeUndefined();
});
