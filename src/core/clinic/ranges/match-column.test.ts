import { describe, expect, it } from "vitest";
import { madeTable, numbers } from "../../table/fixtures/made-table.ts";
import type { ColumnSchema } from "../../table/table.ts";
import { knownColumns, matchedColumns } from "./known-quantities.ts";
import { namedQuantity } from "./quantity-names.ts";

type Told = Partial<Pick<ColumnSchema, "unit" | "label" | "quantity">>;

/** 61 values around a median. */
function tableOf(name: string, median: number, told: Told = {}) {
  const cells = Array.from({ length: 61 }, (_, i) => median * (1 + (i - 30) / 1000));
  const table = madeTable([numbers(name, cells, { kind: "decimal" })]);
  const columns = table.schema.columns.map((column) => ({ ...column, ...told }));
  return { ...table, schema: { ...table.schema, columns } };
}

function matchOf(name: string, median: number, told: Told = {}) {
  const match = matchedColumns([tableOf(name, median, told)])[0]?.match;
  return match && `${match.quantity.name} in ${match.unit?.unit ?? "?"}: ${match.sure}, ${match.why}`;
}

describe("what a column measures", () => {
  it.each([
    ["2823-3", 4.1, "Potassium in mmol/L: certain, by its code"],
    ["718-7", 131, "Haemoglobin in g/L: certain, by its code and its median"],
    ["Hb (g/L)", 131, "Haemoglobin in g/L: certain, by its name and the unit in it"],
    ["Kreatinin", 0.9, "Creatinine in mg/dL: likely, by its name and its median"],
    ["Kreatinin", 82, "Creatinine in µmol/L: likely, by its name and its median"],
    ["K", 4.2, "Potassium in mmol/L: likely, by its abbreviation and its median"],
    ["MAP", 78, "Mean arterial pressure in mmHg: likely, by its name"],
    ["RR", 17, "Respiratory rate in per minute: likely, by its abbreviation and its median"],
    ["RR", 132, "Blood pressure in mmHg: likely, by its abbreviation and its median"],
    ["FC lpm", 80, "Heart rate in per minute: likely, by its abbreviation and the unit in it"],
    ["K", 7.5, "Potassium in mmol/L: guess, by its abbreviation and its median"],
  ] as const)("%s with median %d is %s", (name, median, wanted) =>
    expect(matchOf(name, median)).toBe(wanted),
  );

  it("columns measured together share the other words, wherever these stand", () => {
    const [one, other] = ["Arterial BP #2 [Systolic]", "arterial_bp_2_diastolic"].map(namedQuantity);
    expect([one?.quantity.name, other?.quantity.name]).toEqual(["Systolic pressure", "Diastolic pressure"]);
    expect(one?.beside).toBe("arterial 2");
    expect(other?.beside).toBe(one?.beside);
  });

  it("a white cell's share is told from its number by size", () => {
    expect(matchOf("linfocitos", 1.6)).toMatch(/^Lymphocytes in 10⁹\/L: likely/);
    expect(matchOf("linfocitos", 28)).toMatch(/^Lymphocytes share in %: likely/);
  });

  it("an abbreviation whose values do not fit is nothing", () => {
    expect(matchOf("K", 40)).toBeUndefined();
    expect(matchOf("Na", 0.1)).toBeUndefined();
    expect(namedQuantity("K")).toBeUndefined();
    expect(namedQuantity("K (mEq/L)")?.quantity.name).toBe("Potassium");
  });

  it("a file's unit or label says what the name does not", () => {
    expect(matchOf("glucose", 6, { unit: "mmol/l" })).toBe(
      "Glucose in mmol/L: certain, by its name and the unit beside it",
    );
    expect(matchOf("v17", 139, { label: "Serum sodium (mmol/L)" })).toBe(
      "Sodium in mmol/L: certain, by its label and the unit in it",
    );
  });

  it("a unit that the values speak against makes it a guess, and no rule uses a guess", () => {
    expect(matchOf("glucose_mg_dl", 5.6)).toBe(
      "Glucose in mg/dL: guess, by its name and the unit in it, though its median is more like mmol/L",
    );
    const { columns, notes } = knownColumns([tableOf("K", 7.5)]);
    expect(columns).toEqual([]);
    expect(notes).toEqual([
      "K is not judged: that it is Potassium in mmol/L is a guess, to be confirmed on Data.",
    ]);
  });

  it("what a person says comes first, and can be that it is nothing", () => {
    const asked = { of: "Potassium", unit: "mmol/L" };
    expect(matchOf("K", 7.5, { quantity: asked })).toBe("Potassium in mmol/L: certain, you said so");
    expect(knownColumns([tableOf("K", 7.5, { quantity: asked })]).columns).toHaveLength(1);
    expect(matchOf("anything", 0.9, { quantity: { of: "Creatinine" } })).toBe(
      "Creatinine in mg/dL: certain, you said so",
    );
    expect(matchOf("Kreatinin", 0.9, { quantity: { of: null } })).toBeUndefined();
    expect(knownColumns([tableOf("Kreatinin", 0.9, { quantity: { of: null } })]).columns).toEqual([]);
    expect(matchOf("Kreatinin", 0.9, { quantity: { of: "Unobtainium" } })).toMatch(/^Creatinine/);
  });

  it.each([
    ["nothing", ""],
    ["marks alone", "+-/()[]%"],
    ["emojis", "🩸🧪"],
    ["markup", "<script>alert('glucose')</script>"],
    ["an attribute", '<img src=x onerror="hb">'],
    ["words of another script around it", "قياس K"],
    ["Hebrew", "לחץ דם"],
    ["5,000 characters", "glucose ".repeat(625)],
    ["5,000 letters", "k".repeat(5000)],
    ["5,000 marks", "_".repeat(5000)],
    ["a control character", "\u0001\u0000"],
  ])("of %s is nothing, and soon told", (_, name) => {
    // the quickest of three: a busy machine makes any one of them slow
    const times = [1, 2, 3].map(() => {
      const started = performance.now();
      expect(namedQuantity(name)).toBeUndefined();
      expect(matchOf(name, 4.2)).toBeUndefined();
      return performance.now() - started;
    });
    expect(Math.min(...times)).toBeLessThan(100);
  });

  it("two columns of one name are each told by their own values", () => {
    const [a, b] = [tableOf("K", 4.2), tableOf("K", 40)];
    const both = {
      ...a,
      columns: [...a.columns, ...b.columns],
      schema: { ...a.schema, columns: [...a.schema.columns, ...b.schema.columns] },
    };
    expect(matchedColumns([both]).map(({ match }) => match?.quantity.name)).toEqual(["Potassium", undefined]);
  });
});
