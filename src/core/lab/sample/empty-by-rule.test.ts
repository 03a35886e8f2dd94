import { describe, expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { readCsv } from "../../table/read/read-csv.ts";
import { emptyByRule } from "./empty-by-rule.ts";

async function rulesOf(names: string, rows: number, line: (i: number) => string) {
  const text = `${names}\n${Array.from({ length: rows }, (_, i) => `${line(i)}\n`).join("")}`;
  const chunks = (async function* () {
    yield new TextEncoder().encode(text);
  })();
  const { table } = await readCsv(chunks, { name: "t.csv" });
  return (await emptyByRule(table)).map(({ column, where, cells }) => `${column}: ${cells} where ${where}`);
}

describe("cells that are empty by rule", () => {
  test("by a level, by a 0, by another empty cell; every level without a value, however rare, goes with it", async () => {
    const where = ["home", "home", "ward", "ward", "ward"];
    expect(
      await rulesOf("id,to,stay,age", 200, (i) => {
        const to = i === 7 ? "police" : (where[i % 5] as string);
        return `p${i},${to},${to === "ward" ? (i % 9) + 1 : ""},${20 + (i % 50)}`;
      }),
    ).toEqual(["stay: 81 where to is home or a rarer level"]);
    expect(
      await rulesOf("id,packs,smoked_years,age", 200, (i) => {
        const packs = i % 3 === 0 ? 0 : i;
        return `p${i},${packs},${packs === 0 ? "" : i % 40},${20 + (i % 50)}`;
      }),
    ).toEqual(["smoked_years: 67 where packs is 0"]);
    expect(
      await rulesOf("id,icu_days,icu_score", 200, (i) =>
        i % 4 === 0 ? `p${i},${i % 9},${i % 7}` : `p${i},${i % 9},`,
      ),
    ).toEqual([]);
  });

  test("levels of one column are told in one breath", async () => {
    const where = ["home", "home", "hospice", "hospice", "ward", "ward", "ward"];
    expect(
      await rulesOf("id,to,stay,age", 210, (i) => {
        const to = where[i % 7] as string;
        return `p${i},${to},${to === "ward" ? (i % 9) + 1 : ""},${20 + (i % 50)}`;
      }),
    ).toEqual(["stay: 120 where to is home or hospice"]);
    expect(
      await rulesOf("id,to,stay,age", 200, (i) => {
        const to = i % 10 < 6 ? "ward" : ["home", "hospice", "hotel"][i % 3];
        return `p${i},${to},${to === "ward" ? (i % 9) + 1 : ""},${20 + (i % 50)}`;
      }),
    ).toEqual([expect.stringMatching(/^stay: 80 where to is \w+, \w+ or \w+$/)]);
  });

  test("one exception, or chance, is no rule", async () => {
    expect(
      await rulesOf("id,admitted,stay,age", 200, (i) => {
        const admitted = i % 2 === 0;
        return `p${i},${admitted ? "yes" : "no"},${admitted || i === 3 ? (i % 9) + 1 : ""},${20 + (i % 50)}`;
      }),
    ).toEqual([]);
    const rng = createRng(5);
    const none = await rulesOf(Array.from({ length: 20 }, (_, j) => `c${j}`).join(), 400, () =>
      Array.from({ length: 20 }, (_, j) =>
        rng.uniform() < 0.4 ? "" : j % 2 ? `l${rng.integer(40)}` : String(rng.integer(9)),
      ).join(),
    );
    expect(none).toEqual([]);
  });
});
