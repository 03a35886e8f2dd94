import { expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { guessPatients } from "./guess-patients.ts";

/** Rows of patients with four values of their own each and four that are drawn anew in every row. */
function visits(rows: number, each: number): { tokens: Int32Array; owner: number[] } {
  const rng = createRng(3);
  const tokens = new Int32Array(rows * 8);
  const owner = Array.from({ length: rows }, (_, i) => Math.floor(i / each));
  const own = Array.from({ length: rows }, () => Array.from({ length: 4 }, () => rng.integer(12)));
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < 8; j++)
      tokens[8 * i + j] = j < 4 ? (own[owner[i] as number]?.[j] as number) : rng.integer(5);
  return { tokens, owner };
}

const counts = [12, 12, 12, 12, 5, 5, 5, 5];

test("rows of one patient that follow one another are found", () => {
  const { tokens, owner } = visits(400, 5);
  const found = guessPatients({ rows: 400, counts, tokens });
  expect(found).toBeDefined();
  const wrong = owner.filter(
    (whose, i) => i > 0 && (found?.[i] === found?.[i - 1]) !== (whose === owner[i - 1]),
  );
  expect(wrong.length).toBeLessThan(8);
});

test("rows of as many patients, and rows sorted by one column, are left as they are", () => {
  const { tokens } = visits(400, 1);
  expect(guessPatients({ rows: 400, counts, tokens })).toBeUndefined();
  const sorted = [...Array(400).keys()]
    .map((i) => [...tokens.subarray(8 * i, 8 * i + 8)])
    .sort((a, b) => (a[0] as number) - (b[0] as number));
  expect(guessPatients({ rows: 400, counts, tokens: Int32Array.from(sorted.flat()) })).toBeUndefined();
});
