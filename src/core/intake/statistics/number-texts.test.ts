import { expect, it } from "vitest";
import { NumberTexts } from "./number-texts.ts";

it("numbers are written once, and rightly however many there are", () => {
  let written = 0;
  const texts = new NumberTexts((value) => {
    written++;
    return String(value);
  });
  const values = Array.from({ length: 5000 }, (_, i) => (i - 2000) / 7);
  for (const round of [1, 2]) {
    expect(
      values.map((value) => texts.of(value)),
      `round ${round}`,
    ).toEqual(values.map(String));
    expect(written).toBe(values.length);
  }
  const many = Array.from({ length: 20_000 }, (_, i) => i * 1.1);
  const twice = [...many, ...many];
  expect(twice.map((value) => texts.of(value))).toEqual(twice.map(String));
  expect(texts.of(-0)).toBe("0");
});
