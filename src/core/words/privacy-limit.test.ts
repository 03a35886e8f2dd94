import { expect, test } from "vitest";
import { becomeWords, limitSentence, sureOf, sureWords } from "./privacy-limit.ts";

test("how sure somebody can become is never rounded to certainty", () => {
  const words = [0.3, 1, 3, 5, 6, 6.8, 10].map((epsilon) => sureWords(sureOf(epsilon)));
  expect(words).toEqual(["57%", "73%", "95%", "99.3%", "99.8%", "99.9%", "over 99.9%"]);
  expect(becomeWords(1)).toBe("at most 73% sure");
  expect(becomeWords(10)).toBe("all but certain");
  expect(limitSentence(6)).toContain("at most 99.8% sure");
});
