import type { Rng } from "../../../math/rng.ts";
import type { Numbers } from "../numbers/numbers.ts";
import type { Rows } from "../simulating/rows.ts";
import type { Stage } from "../simulating/stage.ts";
import { sitesOf } from "./hospital-site.ts";
import type { Site } from "./hospital-site.ts";
import { instruments } from "./instruments.ts";
import type { Instrument } from "./instruments.ts";
import { conversionOf } from "./reported-units.ts";

/** An error beyond this many spreads is seen, and the value is measured again. */
const FARTHEST = 3;

/** What one instrument makes of values, at each hospital. */
interface Reading {
  readonly field: string;
  readonly relative: boolean;
  readonly error: number;
  readonly bias: readonly number[];
  /** value in the hospital's unit = true * factor + shift, to whole `grid`ths */
  readonly grid: readonly { readonly factor: number; readonly shift: number; readonly grid: number }[];
  readonly least: number;
  readonly most: number;
}

function readingOf(instrument: Instrument, numbers: Numbers, sites: readonly Site[]): Reading {
  const { field, error, decimals, own, scale = [] } = instrument;
  const [spread, bias] = [numbers.of(`device.${field}.error`), numbers.of(`device.${field}.bias`)];
  const other = own && { ...conversionOf(field, own, numbers), grid: 10 ** own.decimals };
  const plain = { factor: 1, shift: 0, grid: 10 ** decimals };
  return {
    field,
    relative: error === "relative",
    error: spread,
    bias: sites.map((site) => bias * site.draw(`bias of ${field}`)),
    grid: sites.map((site) => (site.ownUnits ? (other ?? plain) : plain)),
    least: scale.includes("least") ? numbers.of(`device.${field}.least`) : -Infinity,
    most: scale.includes("most") ? numbers.of(`device.${field}.most`) : Infinity,
  };
}

/** What devices and readers make of true values: error, bias by hospital, and the steps they are written in. */
export const devices: Stage = {
  name: "devices",
  prepare: (setting) => {
    const { numbers } = setting;
    const sites = sitesOf(setting);
    const all = instruments.map((instrument) => readingOf(instrument, numbers, sites));
    const habits = habitsOf(numbers, sites);
    return (rows, rng) => {
      const measured = all.filter(({ field }) => rows.has(field));
      const fields = measured.map(({ field }) => rows.get(field));
      const hospital = rows.get("hospital");
      const written = habitFields(rows);
      for (let row = 0; row < rows.count; row++) {
        const site = hospital[row] as number;
        for (let i = 0; i < measured.length; i++) {
          const values = fields[i] as Float64Array;
          values[row] = read(measured[i] as Reading, values[row] as number, site, rng);
        }
        writeByHabit(written, row, habits, site, rng);
      }
    };
  },
};

function read(
  { relative, error, bias, grid, least, most }: Reading,
  truth: number,
  site: number,
  rng: Rng,
): number {
  const off = (bias[site] as number) + error * Math.max(-FARTHEST, Math.min(FARTHEST, rng.normal()));
  const shown = relative ? truth * (1 + off) : truth + off;
  const { factor, shift, grid: steps } = grid[site] as Reading["grid"][number];
  const kept = Math.max(least, Math.min(most, shown)) * factor + shift;
  return (Math.max(relative ? 1 : -Infinity, Math.round(kept * steps)) / steps - shift) / factor;
}

/** How people write what they read. */
interface Habits {
  /** by hospital: both pressures to tens, and either of them */
  readonly both: readonly number[];
  readonly either: readonly number[];
  readonly doubled: number;
  readonly fives: number;
  readonly step: number;
}

/**
 * Shares of readings that are rounded to tens, such that the published shares end in zero: a tenth of the others does by
 * itself. With b of all rounded in both values and else m of each value ending in zero: both = b + (1 - b)m², one = b + (1 - b)m.
 */
function habitsOf(numbers: Numbers, sites: readonly Site[]): Habits {
  const [one, both] = [numbers.of("digits.sbp.zero"), numbers.of("digits.both.zero")];
  const each = (one - both) / (1 - one);
  const spread = numbers.of("digits.spread");
  const at = (share: number): number[] =>
    sites.map((site) => Math.max(0, Math.min(1, share * Math.exp(spread * site.draw("digits")))));
  return {
    both: at(1 - (1 - one) / (1 - each)),
    either: at((each - 1 / 10) / (1 - 1 / 10)),
    doubled: numbers.of("rounding.respiratory_rate.doubled"),
    fives: numbers.of("rounding.lvef.fives"),
    step: numbers.of("rounding.lvef.step"),
  };
}

interface HabitFields {
  readonly sbp: Float64Array | undefined;
  readonly dbp: Float64Array | undefined;
  readonly rate: Float64Array | undefined;
  readonly lvef: Float64Array | undefined;
}

function habitFields(rows: Rows): HabitFields {
  const field = (name: string): Float64Array | undefined => (rows.has(name) ? rows.get(name) : undefined);
  return { sbp: field("sbp"), dbp: field("dbp"), rate: field("respiratory_rate"), lvef: field("lvef") };
}

const toStep = (value: number, step: number): number => Math.round(value / step) * step;

function writeByHabit(
  { sbp, dbp, rate, lvef }: HabitFields,
  row: number,
  habits: Habits,
  site: number,
  rng: Rng,
): void {
  const together = rng.uniform() < (habits.both[site] as number);
  const alone = habits.either[site] as number;
  for (const values of [sbp, dbp])
    if (values && (rng.uniform() < alone || together)) values[row] = toStep(values[row] as number, 10);
  // NaN stays NaN: a pressure that was not taken is none here either.
  if (sbp && dbp && (dbp[row] as number) >= (sbp[row] as number)) dbp[row] = (sbp[row] as number) - 2;
  if (rate && rng.uniform() < habits.doubled) rate[row] = toStep(rate[row] as number, 2);
  if (lvef && rng.uniform() < habits.fives) lvef[row] = toStep(lvef[row] as number, habits.step);
}
