import { expect, test } from "vitest";
import { parseRiskThreshold } from "../../state/settings.ts";
import { standingOf, standingWords } from "./risk-words.ts";

const said = (value: number, low: number, high: number) =>
  standingWords(standingOf({ value, interval: { low, high } }, 0.09), "0.09");

test("a risk is said to be above or below what is accepted, and whether its interval agrees", () => {
  expect(said(0.03, 0.01, 0.06)).toBe("Below 0.09, and so is the whole 95% interval.");
  expect(said(0.03, 0, 0.12)).toBe(
    "It cannot be shown to lie under 0.09: the 95% interval reaches above it.",
  );
  expect(said(0.11, 0.05, 0.2)).toBe("Above 0.09, though the 95% interval reaches below it.");
  expect(said(0.3, 0.2, 0.4)).toBe("Above 0.09, and so is the whole 95% interval.");
});

test("a kept threshold that is no share is the usual one", () => {
  expect(parseRiskThreshold("0.2")).toBe(0.2);
  for (const text of [null, "", "0", "1", "-1", "much"]) expect(parseRiskThreshold(text)).toBe(0.09);
});
