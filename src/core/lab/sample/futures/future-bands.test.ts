import { describe, expect, it } from "vitest";
import { visitsTable } from "../../../visits/fixtures/visits-table.ts";
import { futureBands } from "./future-bands.ts";

const id = [0, 0, 1, 1, 2, 3, 4, 5];
const time = [11, 12, 11, 12, 11, 11, 11, 11];

describe("bands of one patient's futures", () => {
  it("are quantiles of the futures that go on so far, by time since the last given visit", () => {
    const table = visitsTable({ id, time, crp: [1, 2, 2, 4, 3, 4, 5, 6] });
    const bands = futureBands(table, "crp", { time: 10, cell: 1 }, 8);
    expect(bands).toMatchObject({ futures: 8, type: "number" });
    // Only two futures go on to the second time.
    expect(bands.points).toHaveLength(1);
    expect(bands.points[0]).toMatchObject({ time: 1, count: 6, median: 3.5, low80: 1.5, high80: 5.5 });
    expect(bands.points[0]).toMatchObject({ low95: 1.125, high95: 5.875 });
  });

  it("lie between visits on the line from the last given value", () => {
    const many = Array.from({ length: 40 }, (_, future) => future);
    const table = visitsTable({
      id: many,
      time: many.map((future) => 100 + future),
      crp: many.map((future) => future),
    });
    const bands = futureBands(table, "crp", { time: 100, cell: 0 }, 40);
    if (bands.type !== "number") throw new Error("expected numbers");
    // Each future is the line from 0 to its own value at the time of that many days: the value is the time.
    for (const point of bands.points) expect(point.median).toBeCloseTo(point.time, 9);
    expect(bands.points.at(-1)?.count).toBeGreaterThanOrEqual(5);
    const unknown = futureBands(table, "crp", { time: 100, cell: undefined }, 40);
    expect(unknown.points).toEqual([]);
  });

  it("are shares of levels, a level lasting until the next visit", () => {
    const table = visitsTable({ id, time, ward: ["a", "b", "a", "a", "b", "b", "a", null] });
    const bands = futureBands(table, "ward", { time: 10, cell: "b" }, 6);
    if (bands.type !== "levels") throw new Error("expected levels");
    expect(bands.levels).toEqual(["a", "b"]);
    // The sixth future has no level at its visit: that of the last given one lasts.
    expect(bands.points).toEqual([{ time: 1, count: 6, shares: [0.5, 0.5] }]);
  });

  it("keep who has died among the dead", () => {
    const table = visitsTable({
      id: [0, 0, 1, 2, 3, 4, 4],
      time: [1, 2, 1, 1, 1, 1, 2],
      stage: ["ill", "ill", "dead", "dead", "dead", "ill", "ill"],
    });
    const last = { time: 0, cell: "ill" };
    const shares = (endings: readonly string[]): unknown =>
      futureBands(table, "stage", last, 5, endings).points.map((point) => ({ ...point }));
    expect(shares([])).toEqual([{ time: 1, count: 5, shares: [0.4, 0.6] }]);
    expect(shares(["dead"])).toEqual([
      { time: 1, count: 5, shares: [0.4, 0.6] },
      { time: 2, count: 5, shares: [0.4, 0.6] },
    ]);
  });
});
