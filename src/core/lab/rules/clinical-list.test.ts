import { describe, expect, test } from "vitest";
import { NO_CHANGES } from "../../clinic/rules/book/rule-book.ts";
import { madeTable, numbers, texts } from "../../table/fixtures/made-table.ts";
import type { Table } from "../../table/table.ts";
import { checkClinicalRule } from "./check-clinical-rule.ts";
import { brokenWords, listClinicalRules } from "./clinical-list.ts";

const N = 200;
const at = <T>(of: (i: number) => T): T[] => Array.from({ length: N }, (_, i) => of(i));

/** Pressures of which `crossed` rows are the wrong way round. */
const pressures = (crossed: number): Table =>
  madeTable([
    numbers(
      "sbp",
      at((i) => 110 + (i % 37)),
      { decimals: 0 },
    ),
    numbers(
      "dbp",
      at((i) => (i < crossed ? 160 : 60 + (i % 23))),
      { decimals: 0 },
    ),
    texts(
      "sex",
      at((i) => (i % 2 === 0 ? "Female" : "Male")),
    ),
    numbers(
      "height_cm",
      at((i) => 150 + (i % 41)),
      { decimals: 0, role: "omit" },
    ),
  ]);

const lineOf = (table: Table, id: string, book = NO_CHANGES) =>
  listClinicalRules([table], book).lines.find((line) => line.id === id);

describe("the list of clinical rules", () => {
  test("says what broke how often, and of one to four patients only that they are fewer than five", () => {
    expect(lineOf(pressures(0), "pressure.order")).toMatchObject({
      words: "dbp is below sbp",
      text: "dbp < sbp",
      state: "on",
      held: "200 of 200",
      remark: "",
      source: "ESH Guidelines for the management of arterial hypertension, 2023",
    });
    for (const crossed of [1, 2, 3, 4])
      expect(lineOf(pressures(crossed), "pressure.order")).toMatchObject({
        held: "nearly all 200",
        remark: "fewer than 5 patients break it",
      });
    expect(lineOf(pressures(5), "pressure.order")).toMatchObject({ held: "195 of 200", state: "on" });
    expect(brokenWords({ rows: 200, broken: 197, patients: 197 })).toEqual({
      held: "hardly any of 200",
      remark: "nearly all rows break it",
    });
  });

  test("asks first about what more than 5% of the rows break", () => {
    const { lines } = listClinicalRules([pressures(30)], NO_CHANGES);
    expect(lines[0]).toMatchObject({ state: "asked", remark: "30 rows break it (15.0%)" });
    const kept = { ...NO_CHANGES, on: ["pressure.order"] };
    expect(lineOf(pressures(30), "pressure.order", kept)?.state).toBe("on");
  });

  test("says that no synthetic row is asked about a column that is left out", () => {
    expect(lineOf(pressures(0), "height.range.cm")?.notes).toEqual([
      "height_cm is left out of training, so it is asked of no synthetic row.",
    ]);
  });

  test("a rule that is written is counted as it will be listed", async () => {
    const table = pressures(3);
    const check = (text: string) => checkClinicalRule(text, { real: [table], book: NO_CHANGES });
    expect(await check("sbp between 90 and 150")).toMatchObject({
      written: ["sbp in 90..150"],
      said: [{ mark: "ok" }, { mark: "ok", text: "Held in all 200 real rows." }],
    });
    expect((await check("{Diastolic pressure} < {Systolic pressure}")).said[1]?.text).toBe(
      "Fewer than 5 patients break it, of 200 real rows.",
    );
    expect((await check("{Sodium} > 120")).said[1]?.text).toContain("does not have what it is about");
    expect((await check("spb between 90 and 150")).said).toEqual([
      {
        mark: "bad",
        text: "There is no column and no quantity called “spb”. Did you mean “sbp”?",
      },
    ]);
    expect((await check("sbp < <b>5</b>")).said[0]?.text).toContain("It holds HTML");
  });

  test.each([
    ["sbp / 0 > 5", /division by zero/],
    ["sbp between 150 and 100", /lower end is above its upper end/],
    ["sbp <= 120", /^It excludes your rule “sbp >= 125”/],
  ])("“%s”, with which a saved file could not be opened again, is not kept", async (text, reason) => {
    const real = [pressures(0)];
    const { rule } = await checkClinicalRule("sbp >= 125", { real, book: NO_CHANGES });
    const check = await checkClinicalRule(text, { real, book: { ...NO_CHANGES, own: rule ? [rule] : [] } });
    expect(check.rule).toBeUndefined();
    expect(check.said).toEqual([{ mark: "bad", text: expect.stringMatching(reason) }]);
  });
});
