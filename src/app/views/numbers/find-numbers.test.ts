import { expect, it } from "vitest";
import type { ListedNumber } from "../../../core/clinic/cohorts/numbers/body/listed-numbers.ts";
import { findNumbers } from "./find-numbers.ts";

const number = (id: string, subject: string, more: Partial<ListedNumber> = {}): ListedNumber => ({
  id,
  subject,
  about: id,
  measure: "mean",
  value: 1,
  unit: "mmHg",
  population: "US adults",
  how: "stated",
  range: [0, 2],
  citation: "Wright JD. Mean pressure",
  year: 2011,
  at: "10.1000/1",
  cohorts: ["icu"],
  ...more,
});
const all = [
  number("sbp.men", "Systolic pressure"),
  number("metformin.effect", "Metformin", { cohorts: ["diabetes"], note: "UKPDS 34" }),
  number("sbp.women", "Systolic pressure", { cohorts: ["icu", "diabetes"] }),
  number("sbp.spread", "Systolic pressure", { citation: "Fryar CD. Hypertension", cohorts: ["icu"] }),
];
const ids = (text: string, cohort = "all"): string[][][] =>
  findNumbers(all, text, cohort).map(({ sources }) => sources.map((one) => one.map(({ id }) => id)));

it("keeps the numbers of a subject together, and there those of a publication", () => {
  expect(ids("")).toEqual([[["sbp.men", "sbp.women"], ["sbp.spread"]], [["metformin.effect"]]]);
});

it("finds by every word, wherever it stands", () => {
  expect(ids("WRIGHT women")).toEqual([[["sbp.women"]]]);
  expect(ids("ukpds")).toEqual([[["metformin.effect"]]]);
  expect(ids("wright nobody")).toEqual([]);
});

it("leaves those out that a cohort does not use", () => {
  expect(ids("", "diabetes")).toEqual([[["metformin.effect"]], [["sbp.women"]]]);
});
