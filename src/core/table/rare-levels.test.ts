import { describe, expect, it } from "vitest";
import { createRng } from "../math/rng.ts";
import { shareLevels } from "./rare-levels.ts";

describe("levels shared by patients", () => {
  it.each(["numbered from 0", "far apart"])("are counted by patients, who are %s", (numbered) => {
    const rng = createRng(9);
    const levels = Array.from({ length: 12 }, (_, i) => `level ${i}`);
    const codes = Int32Array.from({ length: 120 }, () => rng.integer(rng.integer(13) + 1) - 1);
    const patients = Int32Array.from(codes, () => rng.integer(30) * (numbered === "far apart" ? 997 : 1));
    const who = (holds: (code: number) => boolean): number =>
      new Set(patients.filter((_, row) => holds(codes[row] as number))).size;

    const shared = shareLevels({ type: "coded", codes, levels }, patients);

    const known = levels.map((_, level) => who((code) => code === level) >= 5);
    expect([...shared.known]).toEqual(known.map(Number));
    expect(known).toContain(true);
    expect(shared.withheld.levels).toBeGreaterThan(0);
    expect(shared.withheld.patients).toBe(who((code) => known[code] === false));
    expect(shared.missing.patients).toBe(who((code) => code < 0));
    expect(shared.absentPatients).toBe(who((code) => known[code] !== true));
  });
});
