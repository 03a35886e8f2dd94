import { clamp } from "../simulating/chance.ts";
import type { Rows } from "../simulating/rows.ts";

/** Keeps fields within what a living body shows. */
export function keepWithin(
  rows: Rows,
  bounds: readonly (readonly [field: string, least: number, most: number])[],
): void {
  for (const [field, least, most] of bounds) {
    const values = rows.get(field);
    for (let i = 0; i < rows.count; i++) values[i] = clamp(values[i] as number, least, most);
  }
}

/** Pressures in whole mmHg: neither below its least, the systolic above the diastolic by at least `pulse`. */
export function writePressures(rows: Rows, least: { sbp: number; dbp: number; pulse: number }): void {
  const [sbp, dbp] = [rows.get("sbp"), rows.get("dbp")];
  for (let i = 0; i < rows.count; i++) {
    dbp[i] = Math.round(Math.max(least.dbp, dbp[i] as number));
    sbp[i] = Math.round(Math.max(least.sbp, (dbp[i] as number) + least.pulse, sbp[i] as number));
  }
}

/** Leaves out what a panel would have measured where it was not drawn (`drawn_PANEL` is 0). */
export function leaveOut(rows: Rows, panel: string, signs: readonly string[]): void {
  const drawn = rows.get(`drawn_${panel}`);
  for (const sign of signs) {
    const values = rows.get(sign);
    for (let i = 0; i < rows.count; i++) if (drawn[i] === 0) values[i] = NaN;
  }
}
