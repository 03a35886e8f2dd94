import { describe, expect, it } from "vitest";
import { simulateCohort } from "../../clinic/cohorts/cohorts.ts";
import { columnOf, faultOf, readText } from "../fixtures/read-text.ts";
import type { SchemaChange } from "../profile.ts";
import { reviseTable } from "./revise.ts";
import type { Table } from "../table.ts";

const text = [
  "id,stage,crp,seen,note,died",
  ...Array.from(
    { length: 40 },
    (_, i) =>
      `P${i + 7},${1 + (i % 3)},${i === 5 ? "NA" : (i * 0.25).toFixed(2)},2021-03-${10 + (i % 9)},word ${i} of many,${i % 2}`,
  ),
].join("\n");

function revised(table: Table, changes: SchemaChange[]): Table {
  const revision = reviseTable(table, changes);
  if (revision.status !== "revised") throw new Error(revision.reason);
  return revision.table;
}

describe("reviseTable", () => {
  it.each<SchemaChange>([
    { type: "kind", column: "crp", kind: "category" },
    { type: "kind", column: "crp", kind: "text" },
    { type: "kind", column: "stage", kind: "integer" },
    { type: "kind", column: "stage", kind: "decimal" },
    { type: "kind", column: "seen", kind: "category" },
    { type: "kind", column: "died", kind: "integer" },
    { type: "kind", column: "id", kind: "category" },
    { type: "role", column: "stage", role: "target" },
    { type: "role", column: "note", role: "feature" },
    { type: "role", column: "crp", role: "omit" },
    { type: "outsider", column: "seen", outsider: "knows" },
    { type: "quantity", column: "crp", quantity: { of: "C-reactive protein", unit: "mg/L" } },
    { type: "quantity", column: "crp", quantity: { of: null } },
  ])("gives what reading again with the change gives: %j", async (change) => {
    const { table } = await readText(text);
    const again = (await readText(text, { changes: [change] })).table;
    const now = revised(table, [change]);
    expect(now.columns).toEqual(again.columns);
    const facts = ({ schema }: Table) =>
      schema.columns.map(({ name, kind, role, missingToken, outsider, quantity }) => [
        name,
        kind,
        role,
        missingToken,
        outsider,
        quantity,
      ]);
    expect(facts(now)).toEqual(facts(again));
  });

  it("shares the columns it does not touch, and undo is the list without its last change", async () => {
    const { table } = await readText(text);
    const change: SchemaChange = { type: "kind", column: "stage", kind: "integer" };
    const now = revised(table, [change]);
    expect(now.columns[2]).toBe(table.columns[2]);
    expect(revised(table, [])).toEqual(table);
    expect(table.schema.columns[1]?.kind).toBe("category");
  });

  it("a text that is to be learned becomes a category; an identifier is left out", async () => {
    const { table } = await readText(text);
    expect(
      columnOf(revised(table, [{ type: "role", column: "note", role: "feature" }]), "note").schema,
    ).toMatchObject({
      kind: "category",
      role: "feature",
    });
    expect(
      columnOf(revised(table, [{ type: "kind", column: "stage", kind: "text" }]), "stage").schema.role,
    ).toBe("omit");
  });

  it("sends to the file what only the file knows", async () => {
    const { table } = await readText(text);
    expect(reviseTable(table, [{ type: "missing-tokens", tokens: ["NA", "3"] }]).status).toBe("reread");
    expect(reviseTable(table, [{ type: "missing-tokens", tokens: ["NA", ""] }]).status).toBe("revised");
    const odd = (await readText("x,y\n1.50,a\n2.5,b\n1e2,a\n3,b\n")).table;
    expect(reviseTable(odd, [{ type: "kind", column: "x", kind: "category" }]).status).toBe("reread");
  });

  it("names the cell that does not fit, unless strays may be missing", async () => {
    const { table } = await readText(text);
    const change = { type: "kind", column: "id", kind: "integer" } as const;
    const attempt = Promise.resolve().then(() => reviseTable(table, [change]));
    expect(await faultOf(attempt)).toMatchObject({
      code: "kind-mismatch",
      column: "id",
      row: 1,
      value: "P7",
      share: 1,
    });
    const now = revised(table, [{ ...change, strayAsMissing: true }]);
    expect(columnOf(now, "id").cells.every((cell) => cell === null)).toBe(true);
  });

  it("a column with more than one value is no constant, unless the others may be missing", async () => {
    const { table } = await readText("x,y\na,1\nb,2\na,3\na,4\n");
    const change = { type: "kind", column: "x", kind: "constant" } as const;
    const attempt = Promise.resolve().then(() => reviseTable(table, [change]));
    expect(await faultOf(attempt)).toMatchObject({
      code: "kind-mismatch",
      column: "x",
      row: 2,
      value: "b",
      share: 0.25,
    });
    const now = revised(table, [{ ...change, strayAsMissing: true }]);
    expect(columnOf(now, "x").cells).toEqual(["a", null, "a", "a"]);
  });

  it("works on a simulated cohort, which has no file", () => {
    const cohort = simulateCohort("heart-failure", 1);
    const now = revised(cohort, [
      { type: "kind", column: "furosemide_mg", kind: "category" },
      { type: "role", column: "nyha", role: "target" },
    ]);
    expect(columnOf(now, "furosemide_mg").schema.kind).toBe("category");
    expect(now.schema.columns.filter(({ role }) => role === "target").map(({ name }) => name)).toEqual([
      "nyha",
    ]);
  });
});
