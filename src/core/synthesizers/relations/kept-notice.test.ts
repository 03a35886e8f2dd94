import { expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { madeTable, numbers } from "../../table/fixtures/made-table.ts";
import { keptNotice } from "./kept-notice.ts";
import { findKept } from "./kept-rules.ts";

test("a rule about very many columns does not fill the page with their names", async () => {
  const rng = createRng(4);
  const asked = Array.from({ length: 300 }, () => rng.uniform() < 0.5);
  const questions = Array.from({ length: 60 }, (_, j) =>
    numbers(
      `question ${j}`,
      asked.map((is) => (is ? rng.integer(9) : NaN)),
      { decimals: 0 },
    ),
  );
  const kept = await findKept(madeTable(questions));
  const said = kept && keptNotice(kept);
  expect(said).toMatch(/^Kept in every row: `question 0`, `question 1`.*…/);
  expect(said?.length).toBeLessThan(500);
});
