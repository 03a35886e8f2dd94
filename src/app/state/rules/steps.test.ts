import { expect, test } from "vitest";
import { stepBack, stepOn, stepped, type Steps } from "./steps.ts";

test("choices are undone to the first one and done again, until another one is made", () => {
  const none: Steps<string> = { past: [], future: [] };
  expect(stepBack(none, "a")).toBeUndefined();
  const made = stepped(stepped(none, "a"), "b");
  const back = stepBack(made, "c");
  expect(back).toEqual({ to: "b", history: { past: ["a"], future: ["c"] } });
  if (back === undefined) throw new Error("nothing to undo");
  expect(stepOn(back.history, back.to)).toEqual({ to: "c", history: made });
  expect(stepOn(stepped(back.history, back.to), "d")).toBeUndefined();
});
