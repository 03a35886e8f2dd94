import { describe, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import { takeRows, type Column, type Table } from "../../table/table.ts";
import { tableOf } from "../fixtures/table-of.ts";
import { judgedMeasure } from "../measuring/judge.ts";
import type { Tables } from "../metric.ts";
import { membershipByGroup } from "./membership-by-group.ts";

/** Patients of whom one in five is far from all others; `ward` R is had by 3, Q by 30. */
function people(rows: number, seed: number): Table {
  const rng = createRng(seed);
  const wide = Array.from({ length: rows }, (_, row) => (row % 5 === 0 ? 6 : 1));
  const columns = Array.from({ length: 5 }, (_, c) => [
    `x${c}`,
    { kind: "decimal" as const, cells: wide.map((times) => times * rng.normal()) },
  ]);
  const ward = wide.map((_, row) => (row < 3 ? "R" : row < 33 ? "Q" : row % 2 ? "A" : "B"));
  return tableOf({
    ...Object.fromEntries(columns),
    ward: { kind: "category", role: "sensitive", cells: ward },
  });
}

/** Synthetic rows: other patients, but for those of train whose first number is far out, who come back. */
function withOutliersCopied(train: Table, fresh: Table): Table {
  const far = (row: number): boolean =>
    train.columns
      .slice(0, 5)
      .some((column) => column.type === "numeric" && Math.abs(column.values[row] as number) > 4);
  const columns = fresh.columns.map((column, c): Column => {
    const own = train.columns[c] as Column;
    if (column.type === "numeric" && own.type === "numeric")
      return {
        ...column,
        values: column.values.map((value, row) => (far(row) ? (own.values[row] as number) : value)),
      };
    return column;
  });
  return { ...fresh, columns };
}

async function measure(tables: Tables) {
  const result = await membershipByGroup.compute(tables, createRng(1));
  if (result.status !== "ok" || result.detail?.type !== "groups") throw new Error("not measured");
  return { ...result, groups: new Map(result.detail.groups.map((group) => [group.name, group])) };
}

describe("membership of unusual patients", () => {
  const train = people(800, 1);
  const tables = { train, holdout: people(600, 2), synthetic: people(800, 3) };

  it("is at chance for other patients, in each quarter", async () => {
    const { value, groups, loss } = await measure(tables);
    expect(Math.abs(value - 0.5)).toBeLessThan(0.12);
    expect(loss.interval.low).toBeLessThan(0);
    for (const { figures } of groups.values())
      if (figures) expect(Math.abs((figures[0]?.synthetic.value as number) - 0.5)).toBeLessThan(0.2);
  });

  it("finds that only the unusual were remembered", async () => {
    const result = await measure({ ...tables, synthetic: withOutliersCopied(train, tables.synthetic) });
    const auc = (name: string): number => result.groups.get(name)?.figures?.[0]?.synthetic.value as number;
    expect(auc("Least like others")).toBe(result.value);
    expect(result.value).toBeGreaterThan(0.75);
    expect(judgedMeasure(membershipByGroup, result, 1).verdict).toBe("much-worse");
    expect(auc("Most like others")).toBeLessThan(0.6);
    expect(result.groups.get("Least like others")?.verdict).toMatch(/worse/);
  });

  it("does not name a group of fewer than 5 patients, and does not judge one of fewer than 10", async () => {
    const { groups, note } = await measure(tables);
    expect([...groups.keys()].filter((name) => name.startsWith("ward"))).not.toContain("ward: R");
    expect(note).toContain("leaves out 1 group of fewer than 5 patients");
    const few = takeRows(
      tables.holdout,
      Array.from({ length: 600 }, (_, i) => i).filter((row) => row < 3 || row > 16),
    );
    const { groups: fewer } = await measure({ ...tables, holdout: few });
    const ward = fewer.get("ward: Q");
    expect(ward).toBeDefined();
    expect(ward).toEqual({ name: "ward: Q", reason: "It has fewer than 10 patients of each kind." });
  });
});
