import { expect, it } from "vitest";
import { readBands } from "./read-bands.ts";

it("reads age bands as people have them in sheets", () => {
  const two = [
    { from: 20, to: 29, women: 120, men: 131 },
    { from: 80, to: 110, women: 12.5, men: 7 },
  ];
  expect(readBands("Age\tWomen\tMen\n20-29\t120\t131\n80+\t12.5\t7\n")).toEqual(two);
  expect(readBands("20, 29, 120, 131\n80+, 12.5, 7")).toEqual(two);
  expect(readBands("20–29\t1,120\t1,131")).toEqual([{ from: 20, to: 29, women: 1120, men: 1131 }]);
});

it("takes nothing where a line is no band", () => {
  expect(readBands("20-29 120")).toBeUndefined();
  expect(readBands("20-29 120 131\n30-39 1 2 3")).toBeUndefined();
  expect(readBands("no numbers at all")).toBeUndefined();
});
