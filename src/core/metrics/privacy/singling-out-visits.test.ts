import { expect, it } from "vitest";
import { createRng, type Rng } from "../../math/rng.ts";
import { selectColumns, type Table } from "../../table/table.ts";
import { visitsTable } from "../../visits/fixtures/visits-table.ts";
import { singlingOut } from "./singling-out.ts";

const VISITS = 6;

/** Visits of patients whose birth year, height and weight stay; only the pressure changes. */
function clinic(patients: number, rng: Rng): Table {
  const rows = Array.from({ length: patients * VISITS }, (_, row) => row);
  const ids = rows.map((row) => Math.floor(row / VISITS));
  const stays = (low: number, wide: number): number[] => {
    const own = Array.from({ length: patients }, () => low + rng.integer(wide));
    return ids.map((id) => own[id] as number);
  };
  const table = visitsTable({
    id: ids,
    year: stays(1930, 70),
    height: stays(150, 50),
    weight: stays(50, 70),
    pressure: rows.map(() => 100 + rng.integer(60)),
  });
  return selectColumns(table, [1, 2, 3, 4]);
}

it("rows of one patient count as one: fresh patients help to single out nobody, copies help", async () => {
  const rng = createRng(11);
  const [train, holdout, fresh] = [clinic(400, rng), clinic(100, rng), clinic(400, rng)];
  const riskOf = async (synthetic: Table): Promise<number> => {
    const result = await singlingOut.compute({ train, holdout, synthetic }, createRng(2));
    if (result.status !== "ok") throw new Error(result.reason);
    return result.value;
  };
  expect(await riskOf(fresh)).toBeLessThan(0.06);
  expect(await riskOf(train)).toBeGreaterThan(0.3);
});
