import { describe, expect, it } from "vitest";
import { createRng } from "../../../math/rng.ts";
import { levels, madeTable, numbers } from "../../../table/fixtures/made-table.ts";
import { columnOf } from "../../../table/fixtures/read-text.ts";
import type { Table } from "../../../table/table.ts";
import { readReplies } from "./read-replies.ts";

const dice = createRng(8).fork("patients");
const drawn = (low: number, high: number, places = 0): number[] =>
  Array.from({ length: 120 }, () => Number((low + dice.uniform() * (high - low)).toFixed(places)));
const real = madeTable([
  numbers("age", drawn(40, 90), { decimals: 0 }),
  numbers("weight", drawn(50, 110, 1), { decimals: 1 }),
  numbers("systolic_bp", drawn(100, 180), { decimals: 0 }),
  numbers("creatinine", drawn(0.5, 3, 2), { decimals: 2 }),
  levels(
    "smoker",
    drawn(0, 1).map((value) => (value < 0.5 ? 0 : 1)),
    ["no", "yes"],
    { kind: "boolean" },
  ),
]);

const read = (text: string, source: Table = real) => {
  const { view, tables } = readReplies(source, [{ name: "reply.txt", text, strategy: "plain", asked: 3 }]);
  const made = tables[0]?.table;
  return {
    reply: view.replies[0],
    of: (name: string) => (made ? columnOf(made, name).cells : undefined),
  };
};
const NAMES = "age,weight,systolic_bp,creatinine,smoker";

describe("cells of replies that say more than a number", () => {
  it("are turned where their unit is another of the same quantity", () => {
    const { of, reply } = read(
      `${NAMES}\n1080 months,176 lb,130,79.6 µmol/l,no\n61,71.5 kg,121,0.9 mg/dL,yes\n18 months,80,140,1.2,no`,
    );
    expect(of("age")).toEqual([90, 61, 1]);
    expect(of("weight")).toEqual([79.8, 71.5, 80]);
    expect(of("creatinine")).toEqual([0.9, 0.9, 1.2]);
    expect(reply?.repaired.join(" ")).toContain("1 of “weight” turned from lb to kg.");
  });

  it("are in the unit that a name gives", () => {
    const { of } = read(
      "age,weight_lb,systolic_bp,creatinine [umol/L],smoker\n60,150,130,88.4,no\n61,170,121,106,yes",
    );
    expect(of("weight")).toEqual([68, 77.1]);
    expect(of("creatinine")).toEqual([1, 1.2]);
  });

  it("are refused where they hold two numbers", () => {
    const { reply, of } = read(
      `${NAMES}\n60,70,120/80,1,no\n61,70-80,121,1,yes\n62,70 to 80,122,1,no\n63,5 ft 10,123,1,yes\n64,70,124,1,no\n65,about 71,125,1,no`,
    );
    expect(reply?.refused).toEqual([{ reason: "not a number", rows: 4, example: "120/80" }]);
    expect(of("age")).toEqual([64, 65]);
  });
});

describe("levels of replies", () => {
  const coded = (name: string): Table =>
    madeTable([
      numbers("age", drawn(40, 90), { decimals: 0 }),
      levels(
        name,
        drawn(0, 1).map((value) => (value < 0.5 ? 0 : 1)),
        ["0", "1"],
        { kind: "boolean" },
      ),
    ]);

  it("are dead and alive where a name says which of the two is yes", () => {
    const text = (name: string): string => `age,${name}\n60,Alive\n61,Dead\n62,deceased`;
    expect(read(text("DEATH_EVENT"), coded("DEATH_EVENT")).of("DEATH_EVENT")).toEqual(["0", "1", "1"]);
    expect(read(text("survived"), coded("survived")).of("survived")).toEqual(["1", "0", "0"]);
    expect(read(text("status"), coded("status")).reply?.kept).toBe(0);
  });

  it("may have a remark behind a yes or no, and none where nothing was recorded", () => {
    const { of } = read(
      `${NAMES}\n60,70,120,1,Yes (daily)\n61,70,121,1,"no, never"\n62,70,122,1,not recorded\n63,70,123,1,No longer`,
    );
    expect(of("smoker")).toEqual(["yes", "no", null]);
  });
});

describe("rows of replies", () => {
  it("do not move to the left where a decimal comma makes them longer", () => {
    const source = madeTable([
      numbers("glucose", drawn(70, 200), { decimals: 0 }),
      numbers("bloodpressure", drawn(50, 110), { decimals: 0 }),
      numbers("insulin", drawn(0, 90), { decimals: 0 }),
      numbers("bmi", drawn(20, 45, 1), { decimals: 1 }),
      numbers("outcome", drawn(0, 1), { decimals: 0 }),
    ]);
    const { reply } = read(
      "glucose,bloodpressure,insulin,bmi,outcome\n90,70,30,33,6,0\n85,66,40,26,6,1\n99,64,50,23,3,0",
      source,
    );
    expect(reply).toMatchObject({
      came: 3,
      kept: 0,
      refused: [{ reason: "wrong number of cells", rows: 3 }],
    });
  });

  it("are as many as there are patients under names of their own", () => {
    const patient = (age: number) => ({
      demographics: { age, weight: 70 },
      vitals: { systolic_bp: 120 },
      labs: { creatinine: { value: 1.1, unit: "mg/dL" } },
    });
    const { of } = read(
      JSON.stringify({ patient_1: patient(50), patient_2: patient(60), patient_3: patient(70) }),
    );
    expect(of("age")).toEqual([50, 60, 70]);
    expect(of("creatinine")).toEqual([1.1, 1.1, 1.1]);
  });

  it("are read where a name is in two parts", () => {
    const rows = [110, 120].map((systolic, i) => ({
      age: 50 + i,
      weight: 70,
      bp: { systolic_bp: systolic },
    }));
    expect(read(JSON.stringify(rows)).of("systolic_bp")).toEqual([110, 120]);
  });

  it("may end in a backslash, as Markdown breaks lines", () => {
    expect(read(`${NAMES}\\\n60,70,120,1.1,no\\\n61,71,121,1.2,yes\\`).of("smoker")).toEqual(["no", "yes"]);
  });

  it("of a sentence a patient are not guessed at", () => {
    const { reply } = read(
      "The age is 60 and the weight is 70 kg. She does not smoke.\nThe age is 61 and the weight is 72 kg.",
    );
    expect(reply?.kept).toBe(0);
  });
});
