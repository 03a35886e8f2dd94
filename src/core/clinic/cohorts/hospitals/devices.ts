import { normalQuantile } from "../../../math/normal.ts";
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
/** Quantiles that an error is one of: finer than what any device shows. */
const QUANTILES = 4 * 1024;

/** What one instrument makes of values; arrays have a place for each hospital. */
interface Reading {
  readonly field: string;
  readonly relative: boolean;
  readonly error: number;
  readonly bias: readonly number[];
  /** the value in the hospital's unit is that in the usual one * factor + shift, to whole `steps`ths */
  readonly factor: readonly number[];
  readonly shift: readonly number[];
  readonly steps: readonly number[];
  readonly least: number;
  readonly most: number;
}

function readingOf(instrument: Instrument, numbers: Numbers, sites: readonly Site[]): Reading {
  const { field, error, decimals, own, scale = [] } = instrument;
  const [spread, bias] = [numbers.of(`device.${field}.error`), numbers.of(`device.${field}.bias`)];
  const other = own && { ...conversionOf(own, numbers), steps: 10 ** own.decimals };
  const plain = { factor: 1, shift: 0, steps: 10 ** decimals };
  const grids = sites.map((site) => (site.ownUnits ? (other ?? plain) : plain));
  return {
    field,
    relative: error === "relative",
    error: spread,
    bias: sites.map((site) => bias * site.draw(`bias of ${field}`)),
    factor: grids.map(({ factor }) => factor),
    shift: grids.map(({ shift }) => shift),
    steps: grids.map(({ steps }) => steps),
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
    const readings = instruments.map((instrument) => readingOf(instrument, numbers, sites));
    const habits = habitsOf(numbers, sites);
    const quantiles = ERRORS;
    let all = new Float64Array(0);
    return (rows, rng) => {
      const measured = readings.filter(({ field }) => rows.has(field) && !rows.settled.has(field));
      const each = measured.length + HABITS;
      const fields = measured.map(({ field }) => rows.get(field));
      const hospital = rows.get("hospital");
      if (all.length < TOGETHER * each) all = new Float64Array(TOGETHER * each);
      for (let from = 0; from < rows.count; from += TOGETHER) {
        const to = Math.min(rows.count, from + TOGETHER);
        for (let i = 0; i < (to - from) * each; i++) all[i] = rng.uniform();
        for (let place = 0; place < measured.length; place++)
          read(measured[place] as Reading, fields[place] as Float64Array, hospital, {
            all,
            each,
            place,
            quantiles,
            from,
            to,
          });
        writeByHabit(rows, habits, hospital, { all, each, place: measured.length, quantiles, from, to });
      }
    };
  },
};

/** Few and small, to stay at hand. */
const ERRORS = Float32Array.from({ length: QUANTILES }, (_, i) =>
  Math.max(-FARTHEST, Math.min(FARTHEST, normalQuantile((i + 0.5) / QUANTILES))),
);

/** Patients that are read together: their draws stay at hand. */
const TOGETHER = 100;

/** One of the `each` uniform draws of each patient from `from` to before `to`, drawn patient by patient. */
interface Draws {
  readonly all: Float64Array;
  readonly each: number;
  readonly place: number;
  readonly quantiles: Float32Array;
  readonly from: number;
  readonly to: number;
}

function read(
  { relative, error, bias, factor, shift, steps, least, most }: Reading,
  values: Float64Array,
  hospital: Float64Array,
  { all, each, place, quantiles, from, to }: Draws,
): void {
  const floor = relative ? 1 : -Infinity;
  // one hospital in the usual units, as most simulations are: the same without its arrays
  if (bias.length === 1 && factor[0] === 1) {
    const [always, fine] = [bias[0] as number, steps[0] as number];
    for (let row = from, at = place; row < to; row++, at += each) {
      const truth = values[row] as number;
      const z = quantiles[Math.floor((all[at] as number) * QUANTILES)] as number;
      const off = always + error * z;
      const shown = relative ? truth * (1 + off) : truth + off;
      const kept = shown < least ? least : shown > most ? most : shown;
      const whole = Math.round(kept * fine);
      values[row] = (whole < floor ? floor : whole) / fine;
    }
    return;
  }
  for (let row = from, at = place; row < to; row++, at += each) {
    const truth = values[row] as number;
    const site = hospital[row] as number;
    const z = quantiles[Math.floor((all[at] as number) * QUANTILES)] as number;
    const off = (bias[site] as number) + error * z;
    const shown = relative ? truth * (1 + off) : truth + off;
    const kept = shown < least ? least : shown > most ? most : shown;
    const times = factor[site] as number;
    const plus = shift[site] as number;
    const fine = steps[site] as number;
    const whole = Math.round((kept * times + plus) * fine);
    values[row] = ((whole < floor ? floor : whole) / fine - plus) / times;
  }
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

/** Draws a patient that habits need: both pressures, either, the rate, the ejection fraction. */
const HABITS = 4 + 1;

const toStep = (value: number, step: number): number => Math.round(value / step) * step;

function writeByHabit(
  rows: Rows,
  { both, either, doubled, fives, step }: Habits,
  hospital: Float64Array,
  { all, each, place, from, to }: Draws,
): void {
  const field = (name: string): Float64Array | undefined => (rows.has(name) ? rows.get(name) : undefined);
  const [sbp, dbp, rate, lvef] = [field("sbp"), field("dbp"), field("respiratory_rate"), field("lvef")];
  for (let row = from, at = place; row < to; row++, at += each) {
    const site = hospital[row] as number;
    const together = (all[at] as number) < (both[site] as number);
    const alone = either[site] as number;
    if (sbp && (together || (all[at + 1] as number) < alone)) sbp[row] = toStep(sbp[row] as number, 10);
    if (dbp && (together || (all[at + 2] as number) < alone)) dbp[row] = toStep(dbp[row] as number, 10);
    // NaN stays NaN: a pressure that was not taken is none here either.
    if (sbp && dbp && (dbp[row] as number) >= (sbp[row] as number)) dbp[row] = (sbp[row] as number) - 2;
    if (rate && (all[at + 3] as number) < doubled) rate[row] = toStep(rate[row] as number, 2);
    if (lvef && (all[at + 4] as number) < fives) lvef[row] = toStep(lvef[row] as number, step);
  }
}
