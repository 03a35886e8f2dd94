import { describe, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import { levels, madeTable, numbers, type MadeColumn } from "../fixtures/made-table.ts";
import { givenAway, givenAwayWords } from "./given-away.ts";
import { profileTable } from "./profile-table.ts";

const rows = 400;
const rng = createRng(4);
const died = Array.from({ length: rows }, () => (rng.uniform() < 0.25 ? 1 : 0));
const draw = (of: (died: number, i: number) => number): number[] => died.map(of);
const target = levels("died", died, ["no", "yes"], { role: "target", kind: "boolean" });
const age = numbers(
  "age",
  draw((d) => 60 + 6 * d + 10 * rng.normal()),
  { decimals: 0 },
);
const tableOf = (...columns: MadeColumn[]) => madeTable([age, ...columns, target]);

const found = async (...columns: MadeColumn[]) =>
  (await givenAway(tableOf(...columns))).map(({ column, measure, value }) => [
    column,
    measure,
    Number(value.toFixed(3)),
  ]);

describe("a target that another column gives away", () => {
  it.each([
    ["the same under other names", levels("x", died, ["alive", "dead"])],
    [
      "one level for some of each class",
      levels(
        "x",
        draw((d, i) => 3 * d + (i % 3)),
        ["a", "b", "c", "p", "q", "r"],
      ),
    ],
    [
      "a number of another scale",
      numbers(
        "x",
        draw((d) => 5 + 2 * d),
      ),
    ],
    [
      "a number that is far higher where it happened",
      numbers(
        "x",
        draw((d) => rng.normal() + 20 * d),
      ),
    ],
    [
      "a number that lies between others",
      numbers(
        "x",
        draw((d, i) => (d ? 5 : (i % 2) * 10)),
      ),
    ],
    [
      "a date that only the dead have",
      numbers(
        "x",
        draw((d, i) => (d ? 1e12 + i : NaN)),
        { pattern: "YYYY-MM-DD" },
      ),
    ],
    [
      "missing where it happened",
      numbers(
        "x",
        draw((d) => (d ? NaN : rng.normal())),
      ),
    ],
  ])("%s", async (_, column) => {
    expect(await found(column)).toEqual([["x", "AUROC", 1]]);
  });

  it.each([
    [
      "nothing to do with it",
      levels(
        "x",
        draw(() => rng.integer(3)),
        ["a", "b", "c"],
      ),
    ],
    [
      "strongly related",
      numbers(
        "x",
        draw((d) => rng.normal() + 2 * d),
      ),
    ],
    [
      "another level in every row",
      levels(
        "x",
        draw((_, i) => i),
        died.map((_, i) => `P${i}`),
      ),
    ],
    ["told but left out", levels("x", died, ["alive", "dead"], { role: "omit" })],
    ["told but an identifier", levels("x", died, ["alive", "dead"], { role: "identifier" })],
  ])("not by a column that is %s", async (_, column) => {
    expect(await found(column)).toEqual([]);
  });

  it("needs fifty rows, and ten of either class", async () => {
    const few = (n: number, cases: number) => {
      const classes = Array.from({ length: n }, (_, i) => (i < cases ? 1 : 0));
      return givenAway(
        madeTable([levels("x", classes, ["a", "b"]), levels("y", classes, ["n", "y"], { role: "target" })]),
      );
    };
    expect(await few(49, 20)).toEqual([]);
    expect(await few(60, 9)).toEqual([]);
    expect(await few(60, 10)).toHaveLength(1);
    expect(
      await givenAway(madeTable([levels("x", died, ["a", "b"]), levels("y", died, ["n", "y"])])),
    ).toEqual([]);
  });

  it("a number: by R² of ranks, or of levels that stand for it", async () => {
    const weight = Array.from({ length: rows }, () => 70 + 15 * rng.normal());
    const of = (...columns: MadeColumn[]) =>
      givenAway(madeTable([...columns, numbers("kg", weight, { role: "target" })]));
    const pounds = numbers(
      "lb",
      weight.map((kg) => Math.exp(kg / 40)),
    );
    const near = numbers(
      "height",
      weight.map((kg) => kg + 5 * rng.normal()),
    );
    expect((await of(pounds, near)).map(({ column, measure }) => [column, measure])).toEqual([["lb", "R²"]]);
  });

  it("of several classes: all of them", async () => {
    const stage = Array.from({ length: rows }, () => rng.integer(4));
    const of = (codes: number[]) =>
      givenAway(
        madeTable([
          levels("x", codes, ["a", "b", "c", "d"]),
          levels("y", stage, ["1", "2", "3", "4"], { role: "target" }),
        ]),
      );
    expect(await of(stage.map((s) => 3 - s))).toHaveLength(1);
    expect(await of(stage.map((s) => (s === 3 ? 2 : s)))).toEqual([]);
  });

  it("is said before training, with an offer, and not where there is nothing", async () => {
    const told = levels("vital", died, ["alive", "dead"]);
    const flags = (await profileTable(tableOf(told))).flatMap((profile) => profile.flags);
    expect(flags.filter(({ about }) => about === "target")).toEqual([
      {
        level: "check",
        column: "vital",
        about: "target",
        text: "Gives the target died away by itself (AUROC 1.000). If it is known only after the outcome, or made from it, leave it out.",
        offer: { label: "Leave out", change: { type: "role", column: "vital", role: "omit" } },
      },
    ]);
    const none = (await profileTable(tableOf())).flatMap((profile) => profile.flags);
    expect(none.filter(({ about }) => about === "target")).toEqual([]);
  });

  it("in words for none, one, two and many", () => {
    const one = (column: string) => ({ column, target: "died", measure: "AUROC" as const, value: 0.9991 });
    expect(givenAwayWords([])).toBeUndefined();
    expect(givenAwayWords([one("a")])).toBe(
      "“a” (AUROC 0.999) gives the target died away by itself. If it is known only after the outcome, or made from it, leave it out; until then figures of predicting died say little.",
    );
    expect(givenAwayWords([one("a"), one("b")])).toMatch(
      /^“a” \(AUROC 0.999\) and “b” \(AUROC 0.999\) each give /,
    );
    expect(givenAwayWords("abcde".split("").map(one))).toMatch(
      /^“a” \(AUROC 0.999\), “b” \(AUROC 0.999\), “c” \(AUROC 0.999\) and 2 more each give the target died away\./,
    );
  });
});
