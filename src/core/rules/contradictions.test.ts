import { describe, expect, test } from "vitest";
import { describeFault } from "../fault.ts";
import { createRng } from "../math/rng.ts";
import type { MadeColumn } from "../table/fixtures/made-table.ts";
import { madeTable, numbers, texts } from "../table/fixtures/made-table.ts";
import type { Table } from "../table/table.ts";
import type { Rule } from "./constraint.ts";
import type { Trouble } from "./contradictions.ts";
import { ruleTroubles, troubleFault } from "./contradictions.ts";
import { readRule, ruleColumns } from "./read-rule.ts";
import { ruleTest } from "./rule-test.ts";

const DAY = 86_400_000;
const rows = 2400;
const inED = 31;
const rng = createRng(4);
const draw = (make: (i: number) => number): number[] => Array.from({ length: rows }, (_, i) => make(i));
const whole = (name: string, values: readonly number[], more = {}): MadeColumn =>
  numbers(name, values, { decimals: 0, ...more });

/** Emergency admissions: 31 died in the department and have a stay of 0 days; two lack a pulse. */
const stays = draw((i) => (i < inED ? 0 : 1 + rng.integer(20)));
const admitted = draw(() => (18_000 + rng.integer(900)) * DAY);
const table: Table = madeTable([
  numbers("admitted", admitted, { pattern: "YYYY-MM-DD" }),
  numbers(
    "discharged",
    admitted.map((day, i) => day + DAY * (stays[i] as number)),
    { pattern: "YYYY-MM-DD" },
  ),
  whole("los_days", stays),
  texts(
    "disposition",
    stays.map((_, i) => (i < inED ? "died in ED" : i % 3 ? "home" : "ward")),
  ),
  texts(
    "sex",
    stays.map((_, i) => (i % 2 ? "male" : "female")),
  ),
  whole(
    "age",
    draw(() => 18 + rng.integer(70)),
  ),
  whole(
    "ef",
    draw(() => 15 + rng.integer(65)),
  ),
  numbers(
    "pulse",
    draw((i) => (i < 2 ? NaN : 50 + rng.integer(80))),
    { decimals: 0 },
  ),
  whole(
    "zero",
    draw(() => 0),
  ),
  whole(
    "one",
    draw(() => 1),
  ),
  texts(
    "smoker",
    stays.map((_, i) => (i % 5 ? "no" : "yes")),
  ),
  numbers(
    "packs",
    draw((i) => (i % 5 ? NaN : 1 + rng.integer(40))),
    { decimals: 0 },
  ),
  texts(
    "note",
    stays.map((_, i) => `note ${i}`),
    { kind: "text", role: "omit" },
  ),
  texts(
    "id",
    stays.map((_, i) => `p${i}`),
    { kind: "identifier", role: "identifier" },
  ),
  whole("left_out", stays, { role: "omit" }),
  whole(
    "u",
    draw(() => rng.integer(100)),
  ),
  whole(
    "v",
    draw(() => rng.integer(100)),
  ),
  whole(
    "w",
    draw(() => rng.integer(100)),
  ),
  numbers(
    "<b>x</b>",
    draw((i) => i % 7),
    { decimals: 0 },
  ),
]);

const on = (text: string): Rule => ({ text, on: true, by: "person" });
const troubles = (texts: readonly string[], of = table): Promise<Trouble[]> =>
  ruleTroubles(texts.map(on), of);
const stopping = async (texts: readonly string[]): Promise<Pick<Trouble, "code" | "rules">[]> =>
  (await troubles(texts))
    .filter(({ stops }) => stops)
    .map(({ code, rules: places }) => ({ code, rules: places }));

test("rules that hold have no trouble", async () => {
  const fine = [
    "discharged >= admitted",
    "los_days = floor(days(discharged - admitted))",
    'if disposition = "died in ED" then los_days = 0',
    "if smoker = no then packs is missing",
    "if smoker = yes then packs >= 1",
    "disposition, sex only in known pairs",
    "age in 18..100",
    "never disposition = ward and los_days = 0",
  ];
  expect(await troubles(fine)).toEqual([]);
});

describe("rules that cannot both hold", () => {
  test("an if-then and a range that excludes what it gives, with the rows they are about and ways out", async () => {
    const texts = ["age >= 18", 'if disposition = "died in ED" then los_days = 0', "los_days >= 1"];
    const [first, ...rest] = await troubles(texts);
    expect(first).toMatchObject({
      code: "contradict",
      rules: [1, 2],
      stops: true,
      title: "Rules 2 and 3 cannot both hold",
      detail:
        "No row where disposition is “died in ED” could meet both; 31 of the 2,400 training rows are such. Rule 2: where disposition is “died in ED”, los_days is 0. Rule 3: los_days is at least 1.",
    });
    expect(first?.ways).toEqual([
      {
        words: "Limit rule 3 to rows where disposition is not “died in ED”",
        change: { type: "rewrite", rule: 2, text: 'if disposition != "died in ED" then los_days in 1..' },
      },
      { words: "Switch off rule 3", change: { type: "switch-off", rule: 2 } },
      { words: "Switch off rule 2", change: { type: "switch-off", rule: 1 } },
    ]);
    expect(rest).toEqual([expect.objectContaining({ code: "broken", rules: [2], stops: false })]);
    const change = first?.ways[0]?.change;
    const limited = change?.type === "rewrite" ? change.text : "";
    expect(readRule(limited, ruleColumns(table)).kind).toBe("implies");
    expect(await troubles([texts[1] as string, limited])).toEqual([]);
    const fault = troubleFault(first as Trouble, texts.map(on));
    expect(fault && describeFault(fault).title).toBe("Rules 2 and 3 cannot both hold.");
  });

  test.each<[string, string[], number[]]>([
    ["two orders against each other", ["age <= ef", "ef < age"], [0, 1]],
    ["a circle over a chain", ["u < v", "v <= w", "w <= u"], [0, 1, 2]],
    ["ranges that do not meet", ["age in 20..50", "age >= 51"], [0, 1]],
    ["a strict order between whole numbers with no room", ["age < ef", "age >= 40", "ef <= 40"], [0, 1, 2]],
    ["chains with too little room", ["u < v < w", "u >= 40", "w <= 41"], [0, 1, 2]],
    [
      "equal premises, excluding conclusions",
      ["if sex = male then age < 40", "if sex = male then age > 60"],
      [0, 1],
    ],
    ["a gate and a value", ["if sex = male then packs is missing", "packs > 10"], []],
    [
      "a gate and a presence",
      ["if sex = male then packs is missing", "if sex = male then packs is present"],
      [0, 1],
    ],
    [
      "a never-pair that an if-then would make",
      ["never sex = male and smoker = no", "if sex = male then smoker = no"],
      [0, 1],
    ],
    [
      "if-thens that follow from each other",
      ["if sex = male then smoker = yes", "if smoker = yes then ef > 60", "if sex = male then ef < 50"],
      [0, 1, 2],
    ],
    ["a tie and a strict order", ["age = ef", "if sex = male then age < ef"], [0, 1]],
    ["a multiple that is in no range", ["age multiple of 25", "age in 26..49"], [0, 1]],
    ["a range and levels", ['sex in ("male")', 'sex = "female"'], [0, 1]],
    [
      "dates that do not meet",
      ['admitted >= "2021"', 'discharged < "2020-06-01"', "admitted <= discharged"],
      [0, 1, 2],
    ],
    ["a premise that no training row meets", ["if age > 200 then ef > 50", "if age > 200 then ef < 40"], []],
    ["premises that only overlap", ["if sex = male then age < 60", "if smoker = no then age > 40"], []],
    ["an order and its equal", ["age <= ef", "ef <= age"], []],
  ])("%s", async (_, texts, expected) => {
    const found = (await troubles(texts)).filter(({ code }) => code === "contradict");
    expect(found.map(({ rules: places }) => places)).toEqual(expected.length > 0 ? [expected] : []);
  });

  test("whatever their order in the list (SDV #2360: increments before an inequality)", async () => {
    const texts = ["u multiple of 10", "u < v", "v <= 10", "u >= 1", "age >= 18"];
    const namesOf = async (list: readonly string[]): Promise<string[][]> =>
      (await troubles(list))
        .filter(({ code }) => code === "contradict")
        .map(({ rules: places }) => places.map((at) => list[at] as string).sort());
    const expected = [["u < v", "u >= 1", "u multiple of 10", "v <= 10"]];
    expect(await namesOf(texts)).toEqual(expected);
    expect(await namesOf([...texts].reverse())).toEqual(expected);
  });

  test("only among rules that are on", async () => {
    const rules: Rule[] = [on("age < ef"), { ...on("ef < age"), on: false }];
    expect((await ruleTroubles(rules, table)).filter(({ stops }) => stops)).toEqual([]);
  });
});

describe("rules that no row can meet", () => {
  test.each([
    ["ef in 200..300"],
    ["ef in 60..20"],
    ["zero < zero"],
    ["one < zero"],
    ["one < other_one"],
    ["bad = age / zero".replace("bad", "ef")],
    ["ef = age / (one - 1)"],
    ["ef = sqrt(-age)"],
    ["sex = smoker"],
    ["left_out >= 0"],
    ["id is present"],
    ["note is missing"],
    ["age >"],
    ["never sex = male or sex = female"],
  ])("%s", async (text) => {
    expect((await stopping([text])).map(({ rules: places }) => places)).toEqual([[0]]);
  });

  test("say what is wrong and how to go on", async () => {
    const [outside] = await troubles(["ef in 200..300"]);
    expect(outside).toMatchObject({
      code: "impossible",
      title: "No row can meet rule 1",
      detail: "ef is from 200 to 300: none of the 2,400 training rows it applies to meets it.",
    });
    const [turned] = await troubles(["ef in 60..20"]);
    expect(turned?.ways[0]?.change).toEqual({ type: "rewrite", rule: 0, text: "ef in 20..60" });
    const [divided] = await troubles(["ef = age / zero"]);
    expect(divided?.detail).toMatch(/division by zero/);
    const [omitted] = await troubles(["left_out >= 0"]);
    expect(omitted).toMatchObject({
      code: "unfit",
      ways: [{ change: { type: "include", column: "left_out" } }, {}],
    });
    const [unread] = await troubles(["aeg > 3"]);
    expect(unread).toMatchObject({
      code: "unreadable",
      detail: expect.stringContaining("Did you mean “age”?"),
    });
    const fault = troubleFault(outside as Trouble, [on("ef in 200..300")]);
    expect(fault && Object.values(describeFault(fault)).join(" ")).toBe(
      "Rule 1 cannot be kept: ef in 200..300. ef is from 200 to 300: none of the 2,400 training rows it applies to meets it. Change it or switch it off.",
    );
  });
});

describe("rules that training rows break", () => {
  test("are counted, small counts without their number", async () => {
    const [many] = await troubles(["los_days >= 1"]);
    expect(many).toMatchObject({ code: "broken", stops: false });
    expect(many?.detail).toMatch(/^31 of 2,400 training rows \(1\.3%\) break it: los_days is at least 1\./);
    const few = stays.map((stay, i) => (i < 3 ? -1 : stay));
    const [small] = await troubles(["los_days >= 0"], madeTable([whole("los_days", few)]));
    expect(small?.detail).toMatch(/^Fewer than 5 of 2,400 training rows break it/);
    expect(small?.detail).not.toMatch(/\b3\b|%/);
  });

  test("are no error, whatever their number (SDV refuses them, #1051)", async () => {
    const found = await troubles(["los_days >= 1", "u <= v", "age < 20"]);
    expect(found.map(({ code, stops }) => [code, stops])).toEqual(found.map(() => ["broken", false]));
    expect(found).toHaveLength(3);
  });

  test("count as few where they are of few patients", async () => {
    const made = madeTable(
      [
        whole(
          "x",
          draw((i) => (i < 40 ? -1 : 1)),
        ),
      ],
      {
        patients: Int32Array.from({ length: rows }, (_, i) => (i < 40 ? 0 : i)),
      },
    );
    expect((await troubles(["x >= 0"], made))[0]?.detail).toMatch(/^Fewer than 5 of/);
  });

  test("levels that are not there are named, with the nearest that is", async () => {
    const found = await troubles(['if disposition = "dyed in ED" then los_days = 0']);
    expect(found.map(({ code, stops }) => [code, stops])).toEqual([
      ["level", false],
      ["idle", false],
    ]);
    expect(found[0]?.detail).toBe("“disposition” has no level “dyed in ED”. Did you mean “died in ED”?");
  });
});

test("rules that all rows keep are never called contradictory", async () => {
  let asked = 0;
  for (let seed = 0; seed < 30; seed++) {
    const dice = createRng(seed);
    const one = <T>(list: readonly T[]): T => list[dice.integer(list.length)] as T;
    const count = 8;
    const cells = (): number[] => Array.from({ length: count }, () => dice.integer(6));
    const small = madeTable([
      whole("a", cells()),
      whole("b", cells()),
      numbers(
        "c",
        cells().map((value) => value / 2),
        { decimals: 1 },
      ),
      texts(
        "p",
        cells().map((value) => one(["x", "y", value > 3 ? "z" : "x"])),
      ),
      texts(
        "q",
        cells().map(() => one(["1", "2", "3"])),
      ),
    ]);
    const atom = (): string => {
      const name = one(["a", "b", "c"]);
      return one([
        `${name} ${one(["<", "<=", "=", "!=", ">", ">="])} ${one([0, 1, 1.5, 2, 3, 4, 5])}`,
        `${name} ${one(["<", "<=", "=", ">"])} ${one(["a", "b", "c"])}`,
        `p ${one(["=", "!="])} "${one(["x", "y", "z"])}"`,
        `q ${one(["=", ">=", "<"])} ${one([1, 2, 3])}`,
        `p in ("x", "${one(["y", "z"])}")`,
        `not ${name} in ${one([0, 1])}..${one([2, 3, 5])}`,
      ]);
    };
    const made = Array.from({ length: 200 }, () =>
      one([
        atom(),
        `${atom()} and ${atom()}`,
        `if ${atom()} then ${atom()}`,
        `if ${atom()} or ${atom()} then ${atom()} and ${atom()}`,
        `never ${atom()} and ${atom()}`,
      ]),
    );
    const kept = made.filter((text) => {
      const keeps = ruleTest(readRule(text, ruleColumns(small)), small);
      return Array.from({ length: count }, (_, row) => keeps(row)).every((said) => said !== false);
    });
    asked += kept.length;
    const stops = (await troubles(kept, small)).filter((trouble) => trouble.stops);
    expect(stops, JSON.stringify([seed, stops])).toEqual([]);
  }
  expect(asked).toBeGreaterThan(1000);
});

test("names with HTML are data", async () => {
  const [trouble] = await troubles(["`<b>x</b>` >= 3"]);
  expect(trouble?.detail).toContain("<b>x</b> is at least 3");
});

test("200 rules are looked through in seconds", async () => {
  const texts = Array.from({ length: 200 }, (_, i) =>
    i % 2 ? `age <= ${100 + i}` : `if ef > ${i} then age >= 18`,
  );
  const start = performance.now();
  const found = await troubles([...texts, "u < v", "v < u"]);
  expect(found.filter(({ stops }) => stops).map(({ rules: places }) => places)).toEqual([[200, 201]]);
  expect(performance.now() - start).toBeLessThan(5000);
});
