import { describe, expect, it } from "vitest";
import { readText } from "../../table/fixtures/read-text.ts";
import { joinTables, lookAtJoin } from "./join-tables.ts";
import type { JoinChoice } from "./join.ts";
import { lines, sideOf, textOf } from "./fixtures/sides.ts";

const visits = lines(
  "visit_no,patient_no,sex,arrival",
  "V-1,00012,f,2025-01-01",
  "V-2,00047,m,2025-01-02",
  "V-3,00012,f,2025-01-05",
  "V-4,00099,m,2025-01-09",
  "V-5,,f,2025-01-09",
);
const patients = lines("pid,sex,birth_year,town", "12,f,1950,Ulm", "47.0,m,1961,Jena", "103,m,1999,Kiel");

const by = (left: string, right = left, keep: JoinChoice["keep"] = []): JoinChoice => ({
  keys: [{ left, right }],
  keep,
});

describe("a table with each key once is attached", () => {
  it("by the likeliest key, with leading zeros and .0 reconciled", async () => {
    const [left, right] = [await sideOf("visits.csv", visits), await sideOf("patients.csv", patients)];
    const look = lookAtJoin(left, right);
    expect(look.choice.keys).toEqual([{ left: "patient_no", right: "pid" }]);
    expect(look).toMatchObject({
      left: { rows: 5, matched: 3, unique: false },
      right: { rows: 3, matched: 2, unique: true },
      fanOut: [2, 3],
      most: 1,
      added: ["sex_patients", "birth_year", "town"],
    });
    const joined = joinTables(left, right);
    expect((await textOf(joined)).split("\n")).toEqual([
      "visit_no,patient_no,sex,arrival,sex_patients,birth_year,town",
      "V-1,00012,f,2025-01-01,f,1950,Ulm",
      "V-2,00047,m,2025-01-02,m,1961,Jena",
      "V-3,00012,f,2025-01-05,f,1950,Ulm",
      "V-4,00099,m,2025-01-09,,,",
      "V-5,,f,2025-01-09,,,",
      "",
    ]);
    expect(joined.notes.join(" ")).toMatch(/3 of 5 rows of visits\.csv.*2 have none/);
    expect(joined.notes.join(" ")).toMatch(/1 of 3 rows of patients\.csv belong to no row/);
    expect(joined.notes.join(" ")).toContain("Keys are compared as numbers");
  });

  it("without regard to case and spaces, but not where that would make two keys one", async () => {
    const left = await sideOf("a.csv", lines("id,x", "ab 1,1", "AB2,2", "cd3,3"));
    const right = await sideOf("b.csv", lines("id,y", "AB1,5", "ab2,6", "CD3,7"));
    expect(lookAtJoin(left, right, by("id")).left.matched).toBe(3);
    const distinct = await sideOf("c.csv", lines("id,z", "AB1,5", "ab1,6", "zz,7"));
    expect(lookAtJoin(left, distinct, by("id")).left.matched).toBe(0);
    const padded = await sideOf("d.csv", lines("id,x", "007,1", "7,2", "8,2"));
    const plain = await sideOf("e.csv", lines("id,y", "7,5", "8,6", "9,6"));
    expect(lookAtJoin(padded, plain, by("id")).left.matched).toBe(2);
  });

  it("dates match however they are written", async () => {
    const left = await sideOf("a.csv", lines("day,x", "2025-01-13,1", "2025-02-14,2", "2025-03-15,3"));
    const right = await sideOf("b.csv", lines("tag,y", "13.01.2025,5", "14.02.2025,6", "16.03.2025,7"));
    expect(lookAtJoin(left, right, by("day", "tag")).left.matched).toBe(2);
  });

  it("by several columns together", async () => {
    const left = await sideOf("a.csv", lines("site,nr,x", "A,1,10", "A,2,11", "B,1,12"));
    const right = await sideOf("b.csv", lines("site,nr,y", "A,1,20", "B,1,21", "B,2,22"));
    const keys = ["site", "nr"].map((name) => ({ left: name, right: name }));
    const text = await textOf(joinTables(left, right, { keys, keep: [] }));
    expect(text).toBe(lines("site,nr,x,y", "A,1,10,20", "A,2,11,", "B,1,12,21"));
  });

  it("in the dialect of the left, numbers with its decimal mark", async () => {
    const left = await sideOf("a.csv", lines("id;gewicht", "1;71,5", "2;80,25", '3;"9;1"'));
    const right = await sideOf("b.csv", lines("id,crp", "1,4.250", "2,143.000", "4,5.125"));
    const text = await textOf(joinTables(left, right, by("id")));
    expect(text).toBe(lines("id;gewicht;crp", "1;71,5;4,250", "2;80,25;143,000", '3;"9;1";'));
  });
});

describe("several rows for one", () => {
  const stays = lines("stay,age", "1,60", "2,70", "3,80");
  const vitals = lines(
    "stay,taken,pulse,temp,nurse",
    "1,2025-01-02 08:00,90,37.5,Ay",
    "1,2025-01-01 08:00,70,<36,Bo",
    "1,2025-01-03 08:00,NA,38.5,Cy",
    "2,2025-01-01 09:00,61,36.1,Ay",
    "9,2025-01-01 09:00,61,36.1,Ay",
  );
  const joinBy = async (...keep: JoinChoice["keep"]): Promise<string[][]> => {
    const [left, right] = [await sideOf("stays.csv", stays), await sideOf("vitals.csv", vitals)];
    const text = await textOf(joinTables(left, right, by("stay", "stay", keep)));
    return text
      .trimEnd()
      .split("\n")
      .map((line) => line.split(","));
  };

  it("are kept as the first and the last by time, empty cells passed over", async () => {
    const [names, one, two, three] = await joinBy("first", "last");
    expect(names?.slice(4)).toEqual([
      "pulse_first",
      "pulse_last",
      "temp_first",
      "temp_last",
      "nurse_first",
      "nurse_last",
    ]);
    expect(one?.slice(4)).toEqual(["70", "90", "<36", "38.5", "Bo", "Cy"]);
    expect(two?.slice(4)).toEqual(["61", "61", "36.1", "36.1", "Ay", "Ay"]);
    expect(three?.slice(2).join("")).toBe("");
  });

  it("or as least, greatest, mean and count; what has no mean is left out and named", async () => {
    const [names, one, two, three] = await joinBy("count", "least", "greatest", "mean");
    expect(names?.slice(2)).toEqual([
      "vitals_count",
      "taken_least",
      "taken_greatest",
      "pulse_least",
      "pulse_greatest",
      "pulse_mean",
      "temp_least",
      "temp_greatest",
      "temp_mean",
    ]);
    expect(one?.slice(2)).toEqual([
      "3",
      "2025-01-01 08:00",
      "2025-01-03 08:00",
      "70",
      "90",
      "80",
      "<36",
      "38.5",
      "37.33",
    ]);
    expect([two?.[2], three?.[2]]).toEqual(["1", "0"]);
    const [left, right] = [await sideOf("stays.csv", stays), await sideOf("vitals.csv", vitals)];
    expect(joinTables(left, right, by("stay", "stay", ["mean"])).notes.at(-1)).toBe(
      "Not taken from vitals.csv: “taken”, “nurse”.",
    );
  });

  it("are counted for a preview, and the order is told", async () => {
    const look = lookAtJoin(await sideOf("stays.csv", stays), await sideOf("vitals.csv", vitals));
    expect(look).toMatchObject({ fanOut: [1, 1, 0, 1], most: 3, order: "taken" });
    expect(look.left).toEqual({ rows: 3, matched: 2, unique: true });
    expect(look.right).toEqual({ rows: 5, matched: 4, unique: false });
  });
});

describe("a long table of tests", () => {
  const cases = lines("case_no,age", ...Array.from({ length: 40 }, (_, i) => `C${100 + i},${40 + i}`));
  const labs = lines(
    "case_no,time,analyte,value,unit",
    ...Array.from({ length: 40 }, (_, i) => [
      `C${100 + i},2025-01-0${1 + (i % 7)} 12:00,potassium,${(3.5 + i / 40).toFixed(1)},mmol/L`,
      `C${100 + i},2025-01-0${1 + (i % 7)} 06:00,potassium,${(3.1 + i / 40).toFixed(1)},mmol/l`,
      `C${100 + i},2025-01-01 06:00,CRP,${i % 3 === 0 ? "<5" : 5 + i},mg/L`,
      `C${100 + i},2025-01-01 06:00,glucose,${i % 2 === 0 ? 90 + i : 5.5},${i % 2 === 0 ? "mg/dL" : "mmol/L"}`,
      ...(i < 3 ? [`C${100 + i},2025-01-01 06:00,rare one,1.5,U`] : []),
    ]).flat(),
  );

  it("becomes columns, one for each test that enough rows have, in its own unit", async () => {
    const [left, right] = [await sideOf("cases.csv", cases), await sideOf("labs.csv", labs)];
    const joined = joinTables(left, right);
    const [names = "", first = ""] = (await textOf(joined)).split("\n");
    expect(names.split(",")).toEqual([
      "case_no",
      "age",
      "potassium_first",
      "potassium_last",
      "CRP_first",
      "CRP_last",
      "glucose_mg_dL_first",
      "glucose_mg_dL_last",
      "glucose_mmol_L_first",
      "glucose_mmol_L_last",
    ]);
    expect(first).toBe("C100,40,3.1,3.5,<5,<5,90,90,,");
    expect(joined.hints.get("potassium_last")).toEqual({ label: "potassium, last", unit: "mmol/L" });
    expect(joined.notes.join(" ")).toContain("Left out: 1 that fewer than 10 rows have: rare_one.");
    const look = lookAtJoin(left, right);
    expect(look.long?.analytes.map(({ name, rows, taken }) => [name, rows, taken])).toEqual([
      ["potassium", 40, true],
      ["CRP", 40, true],
      ["glucose_mg_dL", 20, true],
      ["glucose_mmol_L", 20, true],
      ["rare_one", 3, false],
    ]);
  });

  it("or for those that are chosen, and is read again as numbers", async () => {
    const [left, right] = [await sideOf("cases.csv", cases), await sideOf("labs.csv", labs)];
    const choice: JoinChoice = { ...by("case_no", "case_no", ["last", "count"]), analytes: ["potassium"] };
    const joined = joinTables(left, right, choice);
    const { table } = await readText(await textOf(joined), { hints: joined.hints });
    expect(table.schema.columns.map(({ name, kind }) => [name, kind]).slice(2)).toEqual([
      ["potassium_last", "decimal"],
      ["potassium_count", "constant"],
    ]);
    expect(table.schema.columns[2]).toMatchObject({ unit: "mmol/L" });
  });
});

describe("several rows for one stay as visits", () => {
  const stays = lines("stay,age", "1,60", "2,70", "3,80");
  const vitals = lines(
    "nr,taken,pulse",
    "1,2025-01-02 08:00,90",
    "2,2025-01-01 09:00,61",
    "1,2025-01-01 08:00,70",
    "9,2025-01-01 09:00,61",
  );
  const visits: JoinChoice = { keys: [{ left: "stay", right: "nr" }], keep: [], visits: true };

  it("by time, with the left repeated; who has none, and who is no patient, is told and counted", async () => {
    const [left, right] = [await sideOf("stays.csv", stays), await sideOf("vitals.csv", vitals)];
    const joined = joinTables(left, right, visits);
    expect(await textOf(joined)).toBe(
      lines(
        "stay,age,taken,pulse",
        "1,60,2025-01-01 08:00,70",
        "1,60,2025-01-02 08:00,90",
        "2,70,2025-01-01 09:00,61",
      ),
    );
    expect(joined.rows).toBe(3);
    expect(joined.notes.join(" ")).toMatch(
      /1 have none and are left out.*1 of 4 rows of vitals\.csv belong to no row/,
    );
    expect(joined.notes).toContain(
      "Every row of vitals.csv stays as a visit, with the other columns repeated: 3 rows.",
    );
    expect(lookAtJoin(left, right, visits)).toMatchObject({
      visits: { rows: 3, without: 1 },
      added: ["taken", "pulse"],
    });
  });

  it("of a long table, tests of one time as one row", async () => {
    const cases = lines("case_no,age", ...Array.from({ length: 12 }, (_, i) => `C${100 + i},${40 + i}`));
    const labs = lines(
      "case_no,time,analyte,value,unit",
      ...Array.from({ length: 12 }, (_, i) => [
        `C${100 + i},2025-01-02 06:00,potassium,${4 + i / 10},mmol/L`,
        `C${100 + i},2025-01-01 06:00,sodium,${130 + i},mmol/L`,
        `C${100 + i},2025-01-01 06:00,potassium,${3 + i / 10},mmol/L`,
      ]).flat(),
    );
    const [left, right] = [await sideOf("cases.csv", cases), await sideOf("labs.csv", labs)];
    const joined = joinTables(left, right, { ...by("case_no"), visits: true });
    expect((await textOf(joined)).split("\n").slice(0, 3)).toEqual([
      "case_no,age,time,potassium,sodium",
      "C100,40,2025-01-01 06:00,3,130",
      "C100,40,2025-01-02 06:00,4,",
    ]);
    expect(joined.rows).toBe(24);
    expect(joined.hints.get("potassium")).toEqual({ label: "potassium", unit: "mmol/L" });
  });

  it("says nothing where each key is on the right once", async () => {
    const [left, right] = [await sideOf("visits.csv", vitals), await sideOf("stays.csv", stays)];
    const turned: JoinChoice = { keys: [{ left: "nr", right: "stay" }], keep: [], visits: true };
    expect(await textOf(joinTables(left, right, turned))).toBe(
      await textOf(joinTables(left, right, { keys: turned.keys, keep: [] })),
    );
  });
});

describe("rows of a file that are no patients, and texts that are no gaps", () => {
  const stays = lines("stay,age", ...Array.from({ length: 12 }, (_, i) => `S${i},${40 + i}`), "Total,546");
  const tested = lines(
    "stay,analyte,value",
    ...Array.from({ length: 36 }, (_, i) => `S${Math.floor(i / 3)},${["Na", "K", "Cl"][i % 3]},${3 + i}`),
  );

  it("totals are not counted, and sodium is an analyte", async () => {
    const look = lookAtJoin(await sideOf("stays.csv", stays), await sideOf("labs.csv", tested));
    expect(look.left).toMatchObject({ rows: 12, matched: 12 });
    expect(look.long?.analytes.map(({ name, rows }) => `${name} ${rows}`).sort()).toEqual([
      "Cl 12",
      "K 12",
      "Na 12",
    ]);
  });
});

describe("what cannot be joined is refused in words", () => {
  it("keys that recur on both sides, with counts", async () => {
    const left = await sideOf("a.csv", lines("id,x", "1,1", "1,2", "2,3"));
    const right = await sideOf("b.csv", lines("id,y", "1,1", "1,2", "2,3"));
    expect(lookAtJoin(left, right, by("id")).problem).toBe(
      "1 value of “id” occurs in several rows of both tables (1 in a.csv, 1 in b.csv), so that it is not clear which rows belong together.",
    );
    expect(() => joinTables(left, right, by("id"))).toThrow(/cannot be joined/);
  });

  it("keys that never meet, tables that share nothing, columns that are not there", async () => {
    const left = await sideOf("a.csv", lines("id,x", "1,a", "2,b", "3,c"));
    const right = await sideOf("b.csv", lines("id,y", "7,p", "8,q", "9,r"));
    expect(lookAtJoin(left, right, by("id")).problem).toMatch(/No value of “id” occurs in both/);
    expect(lookAtJoin(left, right).problem).toMatch(/values in common/);
    expect(() => joinTables(left, right)).toThrow(/values in common/);
    expect(() => joinTables(left, right, by("ident", "id"))).toThrow(/no column “ident”/);
  });
});
