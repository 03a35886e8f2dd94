import { describe, expect, it } from "vitest";
import { readText } from "../../fixtures/read-text.ts";
import { findAlignment } from "./aligned-text.ts";

const LONG = 20_000;
const ROWS = 24;
/** Milliseconds; a pattern that goes back over such a cell takes twice as many and more. */
const MOST = 2500;

describe("cells of twenty thousand characters", () => {
  it.each(["@", "12 mg ", "1 ", "-", ".", "(", "a "])("of %j take no time of their own", async (sign) => {
    const body = sign.repeat(LONG / sign.length);
    const rows = Array.from({ length: ROWS }, (_, i) => `${i},${i}${body}${i}!`);
    const begun = performance.now();
    const { table } = await readText(`id,said\n${rows.join("\n")}\n`);
    expect(table.rows).toBe(ROWS);
    expect(performance.now() - begun).toBeLessThan(MOST);
  });

  it("nor do lines that are nearly a rule", () => {
    const begun = performance.now();
    expect(findAlignment(`${"-".repeat(LONG)}!\n`.repeat(5), false)).toBeUndefined();
    expect(performance.now() - begun).toBeLessThan(MOST);
  });
});
