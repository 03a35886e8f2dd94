import { expect, test } from "vitest";
import { learnCodedLevels } from "../../../codec/columns/coded-levels.ts";
import { FaultError } from "../../../fault.ts";
import type { CategoryPart } from "./category-part.ts";
import { ALWAYS, EITHER, learnGate, loadGate, NEVER } from "./gate.ts";
import type { VisitRows } from "./visit-rows.ts";

/** 400 visits of `patients` patients; levels A, B and C in turn. */
function gateOf(
  isThere: (level: number, row: number) => boolean,
  patients = 100,
): ReturnType<typeof learnGate> {
  const rows = 400;
  const cells = Int32Array.from({ length: rows }, (_, row) => row % 3);
  const { code } = learnCodedLevels({ type: "coded", codes: cells, levels: ["A", "B", "C"] }, { most: 3 });
  const part = { code } as CategoryPart;
  const tokens = cells.map((cell) => code.tokenOf(cell));
  const values = Float64Array.from(cells, (cell, row) => (isThere(cell, row) ? row : NaN));
  const visits = { patients: Int32Array.from(cells, (_, row) => row % patients) } as unknown as VisitRows;
  const gate = learnGate(values, tokens, [part], visits);
  return (
    gate && { ...gate, present: Uint8Array.from([0, 1, 2], (c) => gate.present[code.tokenOf(c)] as number) }
  );
}

test("levels that have always or never a value decide; a level that has both leaves it open", () => {
  expect([...(gateOf((level) => level !== 1)?.present ?? [])]).toEqual([ALWAYS, NEVER, ALWAYS]);
  expect(gateOf((_, row) => row % 2 === 0)).toBeUndefined();
  expect(gateOf(() => true)).toBeUndefined();
  expect(gateOf((level, row) => level === 0 || (level === 2 && row % 2 === 0))).toBeUndefined();
});

test("levels of fewer than five patients decide nothing", () => {
  expect(gateOf((level) => level !== 1, 4)).toBeUndefined();
});

test("a damaged gate is refused", () => {
  expect(loadGate({ category: 0, present: [NEVER, ALWAYS, EITHER] }).present).toHaveLength(3);
  expect(() => loadGate({ category: 0, present: [3] })).toThrow(FaultError);
});
