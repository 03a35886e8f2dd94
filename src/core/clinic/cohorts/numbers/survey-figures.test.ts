import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ADULT_BANDS } from "./body/bands.ts";
import { numbersWith } from "./numbers.ts";

type Figures = Record<string, Record<"women" | "men", Record<"mean" | "sd", number[]>>>;

const figures = JSON.parse(
  readFileSync(join(import.meta.dirname, "fixtures/survey-figures.json"), "utf8"),
) as Figures;
const numbers = numbersWith();

it.each(Object.keys(figures))("tables of %s hold what the public rows of the survey give", (id) => {
  for (const sex of ["women", "men"] as const)
    for (const part of ["mean", "sd"] as const)
      for (const [i, from] of ADULT_BANDS.entries()) {
        const written = numbers.of(`${id}.${part}.${sex}.${from}`);
        const found = figures[id]?.[sex][part][i] as number;
        expect(Math.abs(written - found), `${part} of ${sex} of ${from}`).toBeLessThan(
          Math.max(0.051, 0.005 * found),
        );
      }
});
