import { expect, test } from "vitest";
import { asFault } from "../../fault.ts";
import { createRng } from "../../math/rng.ts";
import { levels, madeTable, numbers, texts } from "../../table/fixtures/made-table.ts";
import { readText } from "../../table/fixtures/read-text.ts";
import type { ColumnSchema, Table } from "../../table/table.ts";
import { alike, sureColumns } from "./alike.ts";
import { harmonise } from "./harmonise.ts";
import { secondFacts } from "./second-facts-of.ts";

const N = 200;
const dice = createRng(4);
const normal = (mean: number, sd: number, round = 1): number[] =>
  Array.from({ length: N }, () => Math.round((mean + sd * dice.normal()) / round) * round);
const coin = (p: number): number[] => Array.from({ length: N }, () => (dice.uniform() < p ? 1 : 0));

const open = madeTable(
  [
    texts(
      "patient_id",
      Array.from({ length: N }, (_, i) => `A-${i}`),
      { role: "identifier", kind: "identifier" },
    ),
    numbers("age", normal(65, 12), { decimals: 0 }),
    levels("sex", coin(0.5), ["female", "male"]),
    numbers("glucose_mg_dl", normal(110, 30), { decimals: 0 }),
    numbers("temperature", normal(37, 0.6, 0.1), { decimals: 1 }),
    numbers("height", normal(172, 9), { decimals: 0 }),
    numbers("creatinine", normal(1.1, 0.3, 0.01), { decimals: 2 }),
    numbers("sbp", normal(130, 18), { decimals: 0 }),
    numbers("dbp", normal(78, 10), { decimals: 0 }),
    levels("diabetes", coin(0.3), ["No", "Yes"], { kind: "boolean" }),
    levels("died", coin(0.2), ["No", "Yes"], { kind: "boolean", role: "target" }),
  ],
  { name: "open.csv" },
);

const second = madeTable(
  [
    numbers("Blutdruck systolisch", normal(131, 18), { decimals: 0 }),
    numbers("Blutdruck diastolisch", normal(77, 10), { decimals: 0 }),
    texts(
      "Geschlecht",
      coin(0.5).map((x) => (x ? "m" : "w")),
    ),
    numbers("AGE", normal(64, 12), { decimals: 0 }),
    numbers("Glukose", normal(6.1, 1.6, 0.1), { decimals: 1 }),
    numbers("Temp", normal(98.6, 1.1, 0.1), { decimals: 1 }),
    numbers("body-height", normal(1.71, 0.09, 0.01), { decimals: 2 }),
    texts(
      "kreatinin",
      normal(98, 27).map((x) => `${(x + 0.5).toString().replace(".", ",")}`),
    ),
    numbers("diabetes_mellitus", coin(0.3), { decimals: 0 }),
    levels("verstorben", coin(0.2), ["nein", "ja"]),
    numbers("shoe_size", normal(42, 2), { decimals: 0 }),
  ],
  { name: "zweite.csv" },
);

const columnOf = (table: Table, name: string) =>
  table.columns[table.schema.columns.findIndex((column) => column.name === name)];
const middle = (table: Table, name: string): number => {
  const column = columnOf(table, name);
  const values = column?.type === "numeric" ? column.values.filter((x) => !Number.isNaN(x)).sort() : [];
  return values[Math.floor(values.length / 2)] ?? NaN;
};
const matchOf = (facts: ReturnType<typeof secondFacts>, name: string) =>
  facts.matches.find(({ column }) => column === name);
const faultOf = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    return asFault(error);
  }
  return undefined;
};

test("columns of another language, in other units and codes, find their own", () => {
  const sure = sureColumns(open, second);
  expect(sure).toEqual({
    age: "AGE",
    sex: "Geschlecht",
    glucose_mg_dl: "Glukose",
    temperature: "Temp",
    height: "body-height",
    creatinine: "kreatinin",
    sbp: "Blutdruck systolisch",
    dbp: "Blutdruck diastolisch",
    diabetes: "diabetes_mellitus",
    died: "verstorben",
  });
  const facts = secondFacts(open, second);
  expect(matchOf(facts, "glucose_mg_dl")?.turned).toBe("mmol/L turned to mg/dL");
  expect(matchOf(facts, "sex")?.turned).toMatch(/read as/);
  expect(facts.notes.join(" ")).toContain("shoe_size");
  expect(facts.matches.some(({ column }) => column === "patient_id")).toBe(false);
});

test("cells come in the open table's units, decimals and levels, and never as another type", () => {
  const { table, notes } = harmonise(open, second, sureColumns(open, second));
  expect(table.schema).toBe(open.schema);
  table.columns.forEach((column, i) => expect(column.type).toBe(open.columns[i]?.type));
  for (const [name, value, near] of [
    ["glucose_mg_dl", 110, 6],
    ["temperature", 37, 0.2],
    ["height", 171, 3],
    ["creatinine", 1.11, 0.08],
    ["sbp", 131, 4],
  ] as const)
    expect(Math.abs(middle(table, name) - value)).toBeLessThan(near);
  const glucose = columnOf(table, "glucose_mg_dl");
  expect(glucose?.type === "numeric" && glucose.values.every((x) => Number.isInteger(x))).toBe(true);
  const [was, is] = [columnOf(second, "Geschlecht"), columnOf(table, "sex")];
  if (was?.type !== "coded" || is?.type !== "coded") throw new Error("levels are coded");
  was.codes.forEach((code, row) =>
    expect(is.levels[is.codes[row] as number]).toBe(was.levels[code] === "m" ? "male" : "female"),
  );
  expect(notes.join(" ")).toContain("µmol/L, by its values, turned to mg/dL");
});

test("patients of the second table stay together, by numbers of our own", () => {
  const visits = madeTable([
    texts("patient_id", ["x", "x", "y", "y", "y"], { role: "identifier", kind: "identifier" }),
    numbers("age", [50, 51, 60, 61, 62], { decimals: 0 }),
  ]);
  const { table } = harmonise(open, visits, { age: "age" });
  expect(Array.from(table.patients ?? [])).toEqual([0, 0, 1, 1, 1]);
  const ids = columnOf(table, "patient_id");
  expect(ids?.type === "coded" && ids.levels).toEqual(["second-1", "second-2"]);
});

test("a cell that cannot be turned is missing and counted", () => {
  const odd = madeTable([
    texts("sex", ["M", "F", "unknown", null, "F"]),
    texts("creatinine", ["0,9", "n. a.", "1.2 mg/dl", "1,0", "0.8"]),
    levels("diabetes", [0, 1, 2, 0, 1], ["no", "yes", "perhaps"]),
  ]);
  const { table, notes } = harmonise(open, odd, {
    sex: "sex",
    creatinine: "creatinine",
    diabetes: "diabetes",
  });
  expect(columnOf(table, "creatinine")).toEqual({
    type: "numeric",
    values: new Float64Array([0.9, NaN, 1.2, 1, 0.8]),
  });
  expect(columnOf(table, "diabetes")).toMatchObject({ codes: new Int32Array([0, 1, -1, 0, 1]) });
  expect(columnOf(table, "age")).toEqual({ type: "numeric", values: new Float64Array(5).fill(NaN) });
  expect(notes.join(" ")).toMatch(/Fewer than 5 cells of creatinine are missing/);
});

test("names that only look alike are not taken for the same", () => {
  const mine = madeTable([
    numbers("creatinine_admission", normal(1.1, 0.3, 0.01)),
    numbers("birth_weight", normal(3400, 400), { decimals: 0 }),
    numbers("bilirubin_direct", normal(0.4, 0.1, 0.01)),
    numbers("sodium", normal(139, 3), { decimals: 0 }),
    numbers("tumour_size_before", normal(30, 8)),
  ]);
  const theirs = madeTable([
    numbers("creatinine_discharge", normal(1.1, 0.3, 0.01)),
    numbers("weight", normal(75, 12), { decimals: 0 }),
    numbers("bilirubin_total", normal(0.4, 0.1, 0.01)),
    numbers("sodium_intake", normal(139, 3), { decimals: 0 }),
    numbers("tumour_size_after", normal(30, 8)),
  ]);
  expect(sureColumns(mine, theirs)).toEqual({});
});

test("swapped pressures go to their own quantity, whatever the order", () => {
  const theirs = madeTable([
    numbers("bp_dia", normal(78, 10), { decimals: 0 }),
    numbers("bp_sys", normal(130, 18), { decimals: 0 }),
  ]);
  expect(sureColumns(open, theirs)).toEqual({ sbp: "bp_sys", dbp: "bp_dia" });
});

test("0 and 1 for a sex are refused, 1 and 2 are male and female as ISO 5218 has them", () => {
  const zeroOne = madeTable([levels("sex", coin(0.5), ["0", "1"])]);
  const facts = secondFacts(open, zeroOne);
  expect(matchOf(facts, "sex")?.refused).toMatch(/which sex 0 and 1/);
  expect(faultOf(() => harmonise(open, zeroOne, { sex: "sex" }))).toMatchObject({ code: "study-refused" });
  const iso = madeTable([numbers("sex", [1, 2, 2, NaN], { decimals: 0 })]);
  const { table } = harmonise(open, iso, { sex: "sex" });
  expect(columnOf(table, "sex")).toMatchObject({ codes: new Int32Array([1, 0, 0, -1]) });
});

test("dead and alive are read by what yes means in the column's name, and one level alone is refused", () => {
  const status = madeTable([levels("unitdischargestatus", coin(0.2), ["Alive", "Expired"])]);
  expect(sureColumns(open, status)).toEqual({ died: "unitdischargestatus" });
  const { table } = harmonise(open, status, { died: "unitdischargestatus" });
  expect(columnOf(table, "died")).toEqual({
    ...columnOf(status, "unitdischargestatus"),
    levels: ["No", "Yes"],
  });
  const survivors = madeTable([levels("survived", [0, 1], ["no", "yes"])]);
  const lived = harmonise(survivors, madeTable([levels("status", [0, 1], ["dead", "alive"])]), {
    survived: "status",
  });
  expect(columnOf(lived.table, "survived")).toMatchObject({ codes: new Int32Array([0, 1]) });
  const odd = madeTable([levels("died", coin(0.2), ["no", "within 30 days"])]);
  expect(matchOf(secondFacts(open, odd), "died")?.refused).toMatch(/^Of its levels only no is one of/);
});

test("the same name with another kind or far-off values is not sure", () => {
  const theirs = madeTable([
    texts(
      "age",
      Array.from({ length: N }, (_, i) => ["young", "old", "very old"][i % 3] as string),
    ),
    numbers("sbp", normal(1.2, 0.2, 0.1)),
  ]);
  const facts = secondFacts(open, theirs);
  expect(matchOf(facts, "age")?.refused).toBe("One holds numbers, the other words.");
  expect(matchOf(facts, "sbp")?.reason).toMatch(/values lie elsewhere: median 130 against 1\.2/);
  expect(sureColumns(open, theirs)).toEqual({});
});

test("what is confirmed must be there, once", () => {
  expect(faultOf(() => harmonise(open, second, { age: "nowhere" }))).toMatchObject({
    code: "columns-differ",
  });
  expect(faultOf(() => harmonise(open, second, { age: "AGE", height: "AGE" }))).toMatchObject({
    code: "study-refused",
  });
  expect(faultOf(() => harmonise(open, second, {}))).toMatchObject({ code: "study-refused" });
});

test("a file with decimal commas is read and turned as it is", async () => {
  const text = `Alter;Kreatinin;Geschlecht\n${Array.from({ length: 30 }, (_, i) => `${50 + i};${80 + i},5;${i % 2 ? "m" : "w"}`).join("\n")}\n`;
  const { table } = await readText(text);
  const { table: made } = harmonise(open, table, sureColumns(open, table));
  expect(middle(made, "creatinine")).toBeCloseTo(95.5 / 88.4, 1);
});

test("two tables are narrowed to what both have", () => {
  const both = alike(open, second);
  expect(both.open.schema.columns.map(({ name }) => name)).not.toContain("patient_id");
  expect(both.second.schema.columns).toEqual(both.open.schema.columns);
  const little = madeTable([numbers("age", normal(60, 10), { decimals: 0 })], { name: "little.csv" });
  expect(faultOf(() => alike(open, little))).toMatchObject({
    code: "study-refused",
    reason: "little.csv shares 1 column with open.csv; at least 3 are needed.",
  });
});

test("levels that fewer than five patients have are not named and not counted, in either table", () => {
  const table = (name: string, words: readonly string[], rare: string, other: string): Table =>
    madeTable(
      [
        texts(
          "ward",
          Array.from({ length: 60 }, (_, i) => (i < 3 ? rare : i === 3 ? other : (words[i % 2] ?? ""))),
        ),
        numbers(
          "age",
          Array.from({ length: 60 }, (_, i) => 30 + i),
          { decimals: 0 },
        ),
      ],
      { name },
    );
  const mine = table("a.csv", ["North", "South"], "Transplant", "Burns");
  const { notes } = harmonise(mine, table("b.csv", ["NORTH", "south"], "TRANSPLANT", "Zeppelin"), {
    ward: "ward",
  });
  expect(notes).toEqual([
    expect.stringMatching(/^ward as ward: .*NORTH.* read as .*North/),
    "Fewer than 5 cells of ward are missing in ward: no value of the open table is meant.",
  ]);
  expect(notes.join().toLowerCase()).not.toMatch(/transplant|zeppelin|burns/);
  for (const words of [
    ["x", "y"],
    ["North", "y"],
  ]) {
    const facts = secondFacts(mine, table("c.csv", words, "TRANSPLANT", "Zeppelin"));
    expect(JSON.stringify(facts).toLowerCase()).not.toMatch(/transplant|zeppelin|burns/);
  }
});

test("events within other times or in other places are proposed, and never sure", () => {
  const event = (name: string): Table => madeTable([levels(name, coin(0.2), ["0", "1"])]);
  const sure = (a: string, b: string): boolean => Object.keys(sureColumns(event(a), event(b))).length > 0;
  expect(sure("readmitted_30d", "readmitted_90d")).toBe(false);
  expect(sure("readmitted", "readmission_30d")).toBe(false);
  expect(sure("hospital_mortality", "icu_mortality")).toBe(false);
  expect(sure("unitdischargestatus", "hospital_expire_flag")).toBe(false);
  expect(sure("readmitted_30d", "readmission_30d")).toBe(true);
  expect(sure("icu_mortality", "unitdischargestatus")).toBe(true);
  expect(sure("died", "hospital_expire_flag")).toBe(true);
  const [match] = secondFacts(event("readmitted_30d"), event("readmitted_90d")).matches;
  expect(match).toMatchObject({
    second: "readmitted_90d",
    reason: expect.stringContaining("different times"),
  });
});

test("codes that count from another number are refused", () => {
  const codes = (from: number): Table =>
    madeTable([
      texts(
        "chest_pain",
        Array.from({ length: N }, (_, i) => String((i % 4) + from)),
      ),
    ]);
  const [match] = secondFacts(codes(0), codes(1)).matches;
  expect(match?.refused).toMatch(/^Its codes count from 1, those of the open table from 0;/);
  expect(sureColumns(codes(1), codes(1))).toEqual({ chest_pain: "chest_pain" });
});

test("a sex coded the other way round is not sure, and its shares are told", () => {
  const coded = (p: number, name = "sex", codes = ["0", "1"]): Table =>
    madeTable([
      levels(
        name,
        Array.from({ length: N }, (_, i) => (i < p * N ? 1 : 0)),
        codes,
      ),
    ]);
  const [match] = secondFacts(coded(0.65), coded(0.35)).matches;
  expect(match?.reason).toContain("but other shares: 0 is 35% against 65%; check which sex each code is");
  expect(sureColumns(coded(0.65), coded(0.35))).toEqual({});
  const around = (male: number): Table =>
    madeTable([
      numbers("age", normal(60, 9), { decimals: 0 }),
      numbers("sbp", normal(130, 18), { decimals: 0 }),
      numbers("bmi", normal(27, 4, 0.1), { decimals: 1 }),
      levels(
        "sex",
        Array.from({ length: N }, (_, i) => (i < male * N ? 1 : 0)),
        ["0", "1"],
      ),
    ]);
  expect(alike(around(0.65), around(0.35)).notes.join(" ")).toContain(
    "sex was not taken for sex. Nobody confirmed it: same name, but other shares",
  );
  expect(sureColumns(coded(0.65), coded(0.6))).toEqual({ sex: "sex" });
  expect(sureColumns(coded(0.65, "diabetes"), coded(0.35, "diabetes"))).toEqual({ diabetes: "diabetes" });
  expect(secondFacts(coded(0.65), coded(0.4, "gender", ["1", "2"])).matches[0]?.refused).toMatch(
    /which sex 0 and 1/,
  );
});

test("a unit that only the second table names is turned where the values say into which", () => {
  const mine = madeTable([numbers("insulin", normal(80, 20).concat(normal(0, 0)), { decimals: 0 })]);
  const theirs = madeTable([
    numbers("insulin_pmol_l", normal(480, 120).concat(normal(0, 0)), { decimals: 0 }),
  ]);
  const [match] = secondFacts(mine, theirs).matches;
  expect(match?.turned).toMatch(/^pmol\/L turned to µU\/mL/);
});

test("heart disease tables find their columns by either set of names", () => {
  const mine = madeTable([
    numbers("thalach", normal(150, 22), { decimals: 0 }),
    numbers("trestbps", normal(131, 17), { decimals: 0 }),
    levels("exang", coin(0.3), ["0", "1"]),
  ]);
  const theirs = madeTable([
    numbers("RestingBP", normal(132, 17), { decimals: 0 }),
    numbers("MaxHR", normal(149, 22), { decimals: 0 }),
    levels("ExerciseAngina", coin(0.3), ["N", "Y"]),
  ]);
  expect(sureColumns(mine, theirs)).toEqual({
    thalach: "MaxHR",
    trestbps: "RestingBP",
    exang: "ExerciseAngina",
  });
});

test("a column of the same name that cannot be turned is told before one of half the name", () => {
  const mine = madeTable([levels("gender", coin(0.5), ["0", "1"])]);
  const theirs = madeTable([
    levels("gender_pred", coin(0.5), ["0", "1"]),
    levels("gender", coin(0.5), ["Female", "Male"]),
  ]);
  expect(secondFacts(mine, theirs).matches[0]).toMatchObject({
    second: "gender",
    refused: expect.any(String),
  });
});

test("the same patients under other names are told", () => {
  const again = madeTable(
    open.columns
      .slice(1)
      .map((column, i) => ({ column, schema: open.schema.columns[i + 1] as ColumnSchema })),
    { name: "again.csv" },
  );
  const [note] = alike(open, again).notes;
  expect(note).toMatch(
    /^200 of 200 rows of again\.csv equal a row of open\.csv in all of 10 columns or all but one/,
  );
  expect(alike(open, second).notes.join(" ")).not.toContain("same patients");
});
