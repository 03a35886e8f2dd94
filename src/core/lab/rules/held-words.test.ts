import { describe, expect, test } from "vitest";
import { gapWords, heldWords, mayFailIn, remarkWords } from "./held-words.ts";

describe("where a rule held", () => {
  test("says the rule of three, the upper 95% bound where nobody fails", () => {
    // 1 - .05^(1/n), exactly: .0029 for 1,043 rows and .0921 for 31.
    for (const rows of [31, 200, 1043])
      expect(mayFailIn(rows)).toBeCloseTo(1 - 0.05 ** (1 / rows), rows > 100 ? 3 : 2);
    expect(remarkWords({ rows: 2381, broken: 0 })).toBe("may fail in up to 0.1%");
    expect(remarkWords({ rows: 31, broken: 0 })).toBe("may fail in up to 9.7%");
    expect(remarkWords({ rows: 100_000, broken: 0 })).toBe("may fail in less than 0.1%");
    expect(mayFailIn(2)).toBe(1);
  });

  test("counts rows that break it and rows it asks nothing of", () => {
    expect(heldWords({ rows: 2400, broken: 31 })).toBe("2,369 of 2,400");
    expect(remarkWords({ rows: 2400, broken: 31 })).toBe("31 rows break it");
    expect(remarkWords({ rows: 10, broken: 1 })).toBe("1 row breaks it");
    expect(gapWords({ rows: 2381, broken: 0 }, 2400)).toBe("not asked of 19 rows");
    expect(gapWords({ rows: 10, broken: 0 }, 10)).toBe("");
    expect(heldWords({ rows: 0, broken: 0 })).toBe("asked of no row");
  });
});
