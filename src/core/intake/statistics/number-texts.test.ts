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
    for (const value of values) expect(texts.of(value), `round ${round}`).toBe(String(value));
    expect(written).toBe(values.length);
  }
  const many = Array.from({ length: 20_000 }, (_, i) => i * 1.1);
  for (const value of [...many, ...many]) expect(texts.of(value)).toBe(String(value));
  expect(texts.of(-0)).toBe("0");
});
