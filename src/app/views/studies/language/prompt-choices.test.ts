import { expect, it } from "vitest";
import {
  MOST_REPLIES,
  MOST_ROWS_ASKED,
  PROMPT_STRATEGIES,
  USUAL_CHOICES,
} from "../../../../core/studies/language/prompts/prompt-pack.ts";
import { MOST_ROWS, MOST_TIMES, strategies, usualChoices, withCut } from "./prompt-choices.ts";

it("offers what prompts can be asked for, with the same beginnings and limits", () => {
  expect(strategies.map(({ id }) => id)).toEqual([...PROMPT_STRATEGIES]);
  expect(usualChoices).toEqual(USUAL_CHOICES);
  expect([MOST_ROWS, MOST_TIMES]).toEqual([MOST_ROWS_ASKED, MOST_REPLIES]);
});

it("cuts a part, and puts it back", () => {
  const cut = withCut(usualChoices, "column:ward");
  expect(cut.cut).toEqual(["column:ward"]);
  expect(withCut(cut, "column:ward")).toEqual(usualChoices);
});
