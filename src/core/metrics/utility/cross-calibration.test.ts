import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { noticed } from "../fixtures/notice-reference.ts";
import type { NoticeReference } from "../fixtures/notice-reference.ts";
import { referenceTables } from "../fixtures/reference-tables.ts";
import type { ReferenceTables } from "../fixtures/reference-tables.ts";
import { frailPatients } from "../fixtures/frail-patients.ts";
import { crossCalibration, slopeOf } from "./cross-calibration.ts";

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), "utf8")) as T;
const notice = read<NoticeReference>("notice.json");
const noticeTables = referenceTables(read<ReferenceTables>("reference.json"), "died");

const real = { train: frailPatients(600, 1), holdout: frailPatients(150, 2) };
const fresh = (seed: number) => ({ ...real, synthetic: frailPatients(600, seed) });

describe("cross-calibration", () => {
  it("has statsmodels' calibration slope and its interval", async () => {
    const { predicted, observed, slope, interval } = notice.slope;
    const own = await slopeOf(
      { predicted: Float64Array.from(predicted), observed: Float64Array.from(observed) },
      () => Promise.resolve(),
    );
    expect(own?.value).toBeCloseTo(slope, 6);
    expect(own?.interval?.low).toBeCloseTo(interval[0], 4);
    expect(own?.interval?.high).toBeCloseTo(interval[1], 4);
  });

  it("has the log losses of scikit-learn's regressions, within .01", async () => {
    const { detail } = await noticed(crossCalibration, noticeTables);
    if (detail?.type !== "figures") throw new Error("no figures");
    const loss = detail.rows.find(({ name }) => name.startsWith("Log loss, synthetic rows"));
    expect(Math.abs((loss?.synthetic.value as number) - notice.excess.synthetic)).toBeLessThan(0.01);
    expect(Math.abs((loss?.baseline?.value as number) - notice.excess.real)).toBeLessThan(0.01);
  });

  it("sees that deaths are turned round in 15% of rows, both ways, and says what was expected", async () => {
    const { verdict, sentence, detail } = await noticed(crossCalibration, {
      ...real,
      synthetic: frailPatients(600, 3, { flipped: 0.15 }),
    });
    expect(verdict).toMatch(/worse/);
    expect(sentence).toMatch(
      /A model of real rows expects died “yes” in \d\d\.\d% of synthetic rows, and \d\d\.\d% have it/,
    );
    if (detail?.type !== "figures") throw new Error("no figures");
    const slope = detail.rows.find(({ name }) => name.startsWith("Calibration slope, synthetic rows"));
    expect(slope?.synthetic.value).toBeLessThan(0.8 * (slope?.baseline?.value as number));
    const back = detail.rows.find(({ name }) => name.startsWith("Calibration slope, real rows"));
    expect(back?.synthetic.value).toBeGreaterThan(1.15 * (back?.baseline?.value as number));
  });

  it("is not worried by fresh rows", async () => {
    for (const seed of [4, 5, 6, 7])
      expect((await noticed(crossCalibration, fresh(seed))).verdict).not.toMatch(/worse/);
  });
});
