import { effects } from "../numbers/body/effect-numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import type { Rows } from "../simulating/rows.ts";
import { backgroundOf } from "./background.ts";
import { curveOf, PLACES } from "./by-age.ts";
import { eased, fill, quantity } from "./quantity.ts";

/**
 * Diastolic pressure and, above it by a log-normal pulse pressure that is never below its least, systolic pressure. Means,
 * spreads and the correlation of the two by age and sex are those of the numbers `sbp`, `dbp` and `correlation.sbp.dbp`.
 */
export function pressures(
  numbers: Numbers,
): (rows: Rows, places: Int32Array, diastolic: Float64Array, systolic: Float64Array) => void {
  const [least, most] = [numbers.of("pulse_pressure.least"), numbers.of("sbp.most")];
  const dbpOf = quantity(numbers, "dbp", "even");
  const pulse = pulseOf(numbers, least);
  return (rows, places, diastolic, systolic) => {
    const [sbp, dbp] = [rows.add("sbp"), rows.add("dbp")];
    fill(dbpOf, rows, places, diastolic, dbp);
    fillMiddle(pulse, rows, places, sbp);
    for (let i = 0; i < sbp.length; i++) {
      const place = places[i] as number;
      const [w, r] = [pulse.width[place] as number, pulse.together[place] as number];
      const z = r * (diastolic[i] as number) + Math.sqrt(1 - r * r) * (systolic[i] as number);
      const low = Math.max(least, dbp[i] as number);
      const above = Math.max(1, sbp[i] as number) * Math.exp(w * z - (w * w) / 2);
      dbp[i] = low;
      sbp[i] = eased(low + least + above, most);
    }
  };
}

/** Pulse pressure above its least, by place of a curve. */
interface Pulse {
  /** mean of those without any condition that moves it */
  readonly middle: Float64Array;
  /** spread of its logarithm */
  readonly width: Float64Array;
  /** correlation with diastolic pressure */
  readonly together: Float64Array;
  readonly moved: readonly Moved[];
}

interface Moved {
  readonly condition: string;
  readonly adds: number;
  readonly background: Float64Array;
}

function pulseOf(numbers: Numbers, least: number): Pulse {
  const curve = (id: string): Float64Array => curveOf(numbers, id);
  const [sMean, sSd, dMean, dSd] = [curve("sbp.mean"), curve("sbp.sd"), curve("dbp.mean"), curve("dbp.sd")];
  const both = curve("correlation.sbp.dbp");
  const moved = movedBy(numbers);
  const empty = (): Float64Array => new Float64Array(PLACES);
  const [middle, width, together] = [empty(), empty(), empty()];
  for (let place = 0; place < PLACES; place++) {
    const [s, d] = [sSd[place] as number, dSd[place] as number];
    const shared = (both[place] as number) * s * d;
    const variance = s * s + d * d - 2 * shared;
    const mean = (sMean[place] as number) - (dMean[place] as number) - least;
    let [own, without] = [variance, mean];
    for (const { adds, background } of moved) {
      const share = background[place] as number;
      own -= share * (1 - share) * adds * adds;
      without -= share * adds;
    }
    middle[place] = without;
    width[place] = Math.sqrt(Math.log(1 + Math.max(own, variance / 4) / (mean * mean)));
    together[place] = (shared - d * d) / (d * Math.sqrt(variance));
  }
  return { middle, width, together, moved };
}

/** What conditions add to systolic beyond what they add to diastolic pressure. */
function movedBy(numbers: Numbers): Moved[] {
  const [systolic, diastolic] = [effects.get("sbp") ?? [], effects.get("dbp") ?? []];
  const adds = (id: string, conditions: readonly string[], condition: string): number =>
    conditions.includes(condition) ? numbers.of(`${id}.with.${condition}`) : 0;
  return [...new Set([...systolic, ...diastolic])].map((condition) => ({
    condition,
    adds: adds("sbp", systolic, condition) - adds("dbp", diastolic, condition),
    background: backgroundOf(numbers, condition),
  }));
}

/** Mean pulse pressure above its least, with the conditions that each row has. */
function fillMiddle({ middle, moved }: Pulse, rows: Rows, places: Int32Array, into: Float64Array): void {
  for (let i = 0; i < into.length; i++) into[i] = middle[places[i] as number] as number;
  for (const { condition, adds, background } of moved) {
    const has = rows.has(condition) ? rows.get(condition) : undefined;
    for (let i = 0; i < into.length; i++) {
      const share = has ? (has[i] as number) : (background[places[i] as number] as number);
      into[i] = (into[i] as number) + adds * share;
    }
  }
}
