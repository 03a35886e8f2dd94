import { expect, test } from "vitest";
import { readText } from "../../table/fixtures/read-text.ts";
import { courseLines } from "./courses-found.ts";

/** Rows of `rats` animals with `visits` each, under names that no list of patients' names has. */
const rows = (rats: number, visits: number, time: (rat: number, visit: number) => number | string): string =>
  [
    "weight,Time,cage,Rat",
    ...Array.from({ length: rats * visits }, (_, row) => {
      const [rat, visit] = [Math.floor(row / visits), row % visits];
      return `${240 + ((row * 37) % 91)},${time(rat, visit)},${rat % 2},R${rat}`;
    }),
    "",
  ].join("\n");

const said = async (text: string): Promise<string> =>
  (await courseLines((await readText(text)).table)).join(" ");

test("visits of nobody are told, with the column that may name the patient", async () => {
  expect(await said(rows(16, 6, (_, visit) => 1 + 7 * visit))).toBe(
    "Time begins again 15 times, as visits of 16 patients would, but no column names the patient: rows are learned one by one. " +
      "Rat may do so (--patient).",
  );
  const alone = rows(16, 6, (_, visit) => 1 + 7 * visit).replace(/,(Rat|R\d+)$/gm, "");
  expect(await said(alone)).toMatch(/Add a column that does/);
});

test("times in no order, or that begin again seldom, say nothing", async () => {
  expect(await said(rows(16, 6, (rat, visit) => (rat * 31 + visit * 17) % 13))).toBe("");
  expect(await said(rows(4, 24, (_, visit) => visit))).toBe("");
});
