import type { Numbers } from "../numbers/numbers.ts";
import { effects } from "../numbers/effect-numbers.ts";
import type { Rows } from "../simulating/rows.ts";
import { backgroundOf } from "./background.ts";
import { curveOf, PLACES } from "./by-age.ts";

/** `even`: normal. `skewed`: log-normal, with the mean and spread of its numbers, above `floor`. */
export type Shape = "even" | "skewed";

/**
 * A quantity by age and sex, moved by conditions. Means and spreads are those of everyone of an age and sex, so what a
 * condition adds is taken around the share that has it: those without it are a little lower, and the mean stays.
 */
export interface Quantity {
  readonly shape: Shape;
  readonly floor: number;
  readonly most: number;
  readonly middle: Float64Array;
  readonly width: Float64Array;
  readonly effects: readonly Effect[];
}

interface Effect {
  readonly condition: string;
  /** what it adds, on the scale of the quantity's normal */
  readonly adds: number;
  readonly background: Float64Array;
}

/** Numbers `ID.mean.…`, `ID.sd.…` and `ID.with.CONDITION` (a difference, or a ratio where the quantity is skewed). */
export function quantity(numbers: Numbers, id: string, shape: Shape, more: Whose = {}): Quantity {
  return quantityOf(numbers, id, shape, curveOf(numbers, `${id}.mean`), curveOf(numbers, `${id}.sd`), more);
}

/** Whom the mean and spread are of. */
export interface Whose {
  /** values begin above it */
  readonly floor?: number;
  /** values end below it */
  readonly most?: number;
  /** conditions that none of them had; else it is everyone of an age and sex */
  readonly without?: readonly string[];
}

/** As `quantity`, of curves that are there already. */
export function quantityOf(
  numbers: Numbers,
  id: string,
  shape: Shape,
  mean: Float64Array,
  sd: Float64Array,
  { floor = 0, most = Infinity, without = [] }: Whose = {},
): Quantity {
  const moved = (effects.get(id) ?? []).map((condition): Effect => {
    const size = numbers.of(`${id}.with.${condition}`);
    const background = without.includes(condition)
      ? new Float64Array(PLACES)
      : backgroundOf(numbers, condition);
    return { condition, adds: shape === "skewed" ? Math.log(size) : size, background };
  });
  const [middle, width] = [new Float64Array(PLACES), new Float64Array(PLACES)];
  for (let place = 0; place < PLACES; place++) {
    const [of, spread] = [(mean[place] as number) - floor, sd[place] as number];
    const [m, v] = shape === "skewed" ? logMoments(of, spread) : [of + floor, spread * spread];
    let [shift, variance] = [0, v];
    for (const { adds, background } of moved) {
      const share = background[place] as number;
      shift += shape === "skewed" ? Math.log(1 - share + share * Math.exp(adds)) : share * adds;
      variance -= share * (1 - share) * adds * adds;
    }
    variance = Math.max(variance, v / 4);
    middle[place] = (shape === "skewed" ? m - variance / 2 : m) - shift;
    width[place] = Math.sqrt(variance);
  }
  return { shape, floor, most, middle, width, effects: moved };
}

/** As `quantity`, of `ID.mean` and `ID.sd`, which are the same for all adults. */
export function level(numbers: Numbers, id: string, shape: Shape): Quantity {
  const [mean, sd] = [curveOf(numbers, `${id}.mean`, "one"), curveOf(numbers, `${id}.sd`, "one")];
  return quantityOf(numbers, id, shape, mean, sd);
}

/** Logarithm of a log-normal's mean, and variance of its logarithm. */
function logMoments(mean: number, sd: number): [number, number] {
  const ratio = sd / mean;
  return [Math.log(mean), Math.log(1 + ratio * ratio)];
}

/** Writes the quantity of each row; a condition that no stage has made counts as its share. */
export function fill(
  { shape, floor, most, middle, width, effects: moved }: Quantity,
  rows: Rows,
  places: Int32Array,
  latent: Float64Array,
  into: Float64Array,
): void {
  for (let i = 0; i < into.length; i++) {
    const place = places[i] as number;
    into[i] = (middle[place] as number) + (width[place] as number) * (latent[i] as number);
  }
  for (const { condition, adds, background } of moved)
    if (rows.has(condition)) addShare(into, adds, rows.get(condition));
    else addAtPlaces(into, adds, background, places);
  if (shape === "even") return;
  for (let i = 0; i < into.length; i++) into[i] = floor + Math.exp(into[i] as number);
  if (most < Infinity) for (let i = 0; i < into.length; i++) into[i] = eased(into[i] as number, most);
}

function addShare(into: Float64Array, adds: number, has: Float64Array): void {
  for (let i = 0; i < into.length; i++) into[i] = (into[i] as number) + adds * (has[i] as number);
}

function addAtPlaces(into: Float64Array, adds: number, share: Float64Array, places: Int32Array): void {
  for (let i = 0; i < into.length; i++)
    into[i] = (into[i] as number) + adds * (share[places[i] as number] as number);
}

/** As it is up to three quarters of `most`, then ever more slowly towards it. */
export function eased(value: number, most: number): number {
  const knee = (3 * most) / 4;
  if (!(value > knee)) return value;
  return most === Infinity ? value : most - (most - knee) * Math.exp((knee - value) / (most - knee));
}
