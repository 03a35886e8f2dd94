import { expect, test } from "vitest";
import {
  aboutDuration,
  count,
  dateTick,
  duration,
  fixed,
  ordinal,
  percent,
  plural,
  size,
  tick,
} from "./numbers.ts";

test("numbers have one precision, separators, and a true minus", () => {
  expect(fixed(-0.412, 2)).toBe("−0.41");
  expect(fixed(-0.0004, 2)).toBe("0.00");
  expect(fixed(Number.NaN, 2)).toBe("–");
  expect(percent(0.1141)).toBe("11.4%");
  expect(count(4812)).toBe("4,812");
  expect(plural(1, "row")).toBe("1 row");
});

test("axis ticks are short and show no more decimals than the column", () => {
  expect(tick(34_962, 0)).toBe("35,000");
  expect(tick(1297, 0)).toBe("1,300");
  expect(tick(15.68, 1)).toBe("15.7");
  expect(tick(42.4, 0)).toBe("42");
  expect(tick(3.2e9, 0)).toBe("3.2e9");
  expect(tick(0, 2)).toBe("0");
});

test("dates on an axis are as fine as its span", () => {
  const moment = Date.UTC(2021, 6, 18, 9, 30);
  const day = 86_400_000;
  expect(dateTick(moment, 2000 * day)).toBe("2021");
  expect(dateTick(moment, 200 * day)).toBe("Jul 2021");
  expect(dateTick(moment, 10 * day)).toBe("Jul 18");
});

test("times and sizes are as a person says them", () => {
  expect(duration(0.43)).toBe("0.4 s");
  expect(duration(256)).toBe("4 min 16 s");
  expect(duration(3900)).toBe("1 h 5 min");
  expect(size(904_000)).toBe("904 kB");
  expect(size(2_140_000)).toBe("2.1 MB");
});

test("writes an estimate as rough as it is, and places in words", () => {
  expect([0.2, 3.4, 43, 58, 200, 5400].map(aboutDuration)).toEqual([
    "under 1 s",
    "about 3 s",
    "about 45 s",
    "about 1 min",
    "about 3 min",
    "about 1.5 h",
  ]);
  expect([1, 2, 3, 4, 11, 22].map(ordinal)).toEqual(["1st", "2nd", "3rd", "4th", "11th", "22nd"]);
});
