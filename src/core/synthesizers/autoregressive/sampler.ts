import { breathe } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import type { Prior } from "./beside/prior.ts";
import type { BlockPlan, BlockWeights } from "./blocks.ts";
import type { FeatureTable } from "../../codec/features.ts";
import type { Places } from "../token-rows/places.ts";
import { tokenAt } from "../token-rows/sampler.ts";
import type { Sampler } from "../token-rows/sampler.ts";

/** One column's networks, ready to draw from. */
interface Drawer {
  readonly parents: Int32Array;
  /** for each parent members x tokens x units */
  readonly additions: readonly Float32Array[];
  readonly counts: readonly number[];
  readonly plan: BlockPlan;
  readonly weights: BlockWeights;
}

/** Rows drawn together, so that one column's networks stay in the processor's cache. */
const TOGETHER = 256;

export function createSampler(
  places: Places,
  plans: readonly BlockPlan[],
  blocks: readonly BlockWeights[],
): Sampler {
  const members = plans[0]?.members ?? 1;
  const units = plans[0]?.units ?? 1;
  const drawers: (Drawer | undefined)[] = plans.map(() => undefined);
  const drawerAt = (place: number): Drawer =>
    (drawers[place] ??= createDrawer(places, plans[place] as BlockPlan, blocks[place] as BlockWeights));
  const width = plans.length;
  const widest = plans.reduce((most, { head }) => Math.max(most, head.coefficients), 1);
  const longest = plans.reduce((most, { head }) => Math.max(most, head.classes), 1);
  const hidden = new Float64Array(units);
  const outer = new Float64Array(units);
  const coefficients = new Float64Array(widest);
  const beside = besideLast(width, widest);

  const weigh = (
    tokens: Int32Array,
    start: number,
    place: number,
    member: number,
    weights: Float64Array,
  ): number => {
    const { parents, additions, counts, plan, weights: own } = drawerAt(place);
    const from = member * units;
    for (let u = 0; u < units; u++) hidden[u] = own.firstBias[from + u] as number;
    for (let p = 0; p < parents.length; p++) {
      const table = additions[p] as Float32Array;
      const token = tokens[start + (parents[p] as number)] as number;
      const at = (member * (counts[p] as number) + token) * units;
      for (let u = 0; u < units; u++) hidden[u] = (hidden[u] as number) + (table[at + u] as number);
    }
    rectify(hidden, units);
    addSecondLayer(own, member, units, hidden, outer);
    const { head, priors } = plan;
    readCoefficients(own, member, units, head.coefficients, outer, coefficients);
    if (priors.length > 0) {
      const said = beside(priors, tokens, start, place);
      for (let r = 0; r < head.coefficients; r++)
        coefficients[r] = (coefficients[r] as number) + (said[r] as number);
    }
    return exponentials(head, coefficients, weights);
  };

  const room = (): Float64Array => new Float64Array(longest);
  const draw = async (rows: number, rng: Rng): Promise<Int32Array> => {
    const tokens = new Int32Array(rows * width);
    const weights = room();
    for (let from = 0; from < rows; from += TOGETHER) {
      const to = Math.min(rows, from + TOGETHER);
      for (let place = 0; place < width; place++) {
        const count = plans[place]?.head.classes ?? 1;
        for (let i = from; i < to; i++) {
          const dice = rng.uniform() * members;
          const member = Math.floor(dice);
          const total = weigh(tokens, i * width, place, member, weights);
          tokens[i * width + place] = tokenAt(weights, count, (dice - member) * total);
        }
        await breathe();
      }
    }
    return tokens;
  };
  return {
    places: width,
    members,
    counts: plans.map(({ head }) => head.classes),
    parentsOf: (place) => readBy(plans[place] as BlockPlan),
    weigh,
    room,
    draw,
  };
}

/** What stands beside a place's networks, worked out once where several of them are asked about one row after each other. */
function besideLast(
  width: number,
  widest: number,
): (priors: readonly Prior[], tokens: Int32Array, start: number, place: number) => Float64Array {
  const before = new Int32Array(width);
  const said = new Float64Array(widest);
  let last = -1;
  const same = (tokens: Int32Array, start: number): boolean => {
    for (let k = 0; k < last; k++) if (before[k] !== tokens[start + k]) return false;
    return true;
  };
  return (priors, tokens, start, place) => {
    if (place === last && same(tokens, start)) return said;
    last = place;
    for (let k = 0; k < place; k++) before[k] = tokens[start + k] as number;
    said.fill(0);
    for (const prior of priors) prior.add(tokens, start, said, 0);
    return said;
  };
}

function createDrawer(places: Places, plan: BlockPlan, weights: BlockWeights): Drawer {
  const additions: Float32Array[] = [];
  const counts: number[] = [];
  let from = 0;
  for (const parent of plan.parents) {
    const feature = places.features[parent] as FeatureTable;
    const count = places.counts[parent] as number;
    additions.push(contributions(plan, weights, feature, count, from));
    counts.push(count);
    from += feature.width;
  }
  return { parents: plan.parents, additions, counts, plan, weights };
}

/** What each of a parent's tokens adds to the first layer: members x tokens x units. */
function contributions(
  { members, units }: BlockPlan,
  { first }: BlockWeights,
  feature: FeatureTable,
  count: number,
  from: number,
): Float32Array {
  const table = new Float32Array(members * count * units);
  for (let token = 0; token < count; token++)
    for (let k = 0; k < feature.width; k++) {
      const value = feature.data[token * feature.width + k] as number;
      if (value === 0) continue;
      const row = (from + k) * members * units;
      for (let member = 0; member < members; member++) {
        const at = (member * count + token) * units;
        for (let u = 0; u < units; u++)
          table[at + u] = (table[at + u] as number) + value * (first[row + member * units + u] as number);
      }
    }
  return table;
}

function rectify(values: Float64Array, count: number): void {
  for (let i = 0; i < count; i++) if ((values[i] as number) < 0) values[i] = 0;
}

/** outer = hidden + relu(hidden . second + secondBias) */
function addSecondLayer(
  own: BlockWeights,
  member: number,
  units: number,
  hidden: Float64Array,
  outer: Float64Array,
): void {
  const from = member * units;
  for (let v = 0; v < units; v++) outer[v] = own.secondBias[from + v] as number;
  for (let u = 0; u < units; u++) {
    const value = hidden[u] as number;
    if (value === 0) continue;
    const at = (from + u) * units;
    for (let v = 0; v < units; v++) outer[v] = (outer[v] as number) + value * (own.second[at + v] as number);
  }
  rectify(outer, units);
  for (let v = 0; v < units; v++) outer[v] = (outer[v] as number) + (hidden[v] as number);
}

function readCoefficients(
  own: BlockWeights,
  member: number,
  units: number,
  count: number,
  outer: Float64Array,
  into: Float64Array,
): void {
  for (let r = 0; r < count; r++) into[r] = own.headBias[member * count + r] as number;
  for (let u = 0; u < units; u++) {
    const value = outer[u] as number;
    if (value === 0) continue;
    const at = (member * units + u) * count;
    for (let r = 0; r < count; r++) into[r] = (into[r] as number) + value * (own.head[at + r] as number);
  }
}

/** log p(the token at `place` of the row from `start`) without networks: by the column's shares and what stands beside. */
export function silentLogs({
  head,
  priors,
}: BlockPlan): (tokens: Int32Array, start: number, place: number) => number {
  const coefficients = new Float64Array(head.coefficients);
  const weights = new Float64Array(head.classes);
  return (tokens, start, place) => {
    const token = tokens[start + place] as number;
    if (priors.length === 0) return head.offset[token] as number;
    coefficients.fill(0);
    for (const prior of priors) prior.add(tokens, start, coefficients, 0);
    const total = exponentials(head, coefficients, weights);
    return Math.log(Math.max(1e-9, (weights[token] as number) / total));
  };
}

/** The places that a column's networks, or what stands beside them, read. */
const readBy = ({ parents, priors }: BlockPlan): Int32Array =>
  priors.length === 0
    ? parents
    : Int32Array.from(new Set([...parents, ...priors.flatMap(({ reads }) => [...reads])])).sort();

/** exp of the logits less their maximum; returns their sum. */
function exponentials(
  { classes, coefficients: count, basis, offset }: BlockPlan["head"],
  coefficients: Float64Array,
  weights: Float64Array,
): number {
  for (let k = 0; k < classes; k++) weights[k] = offset[k] as number;
  for (let r = 0; r < count; r++) {
    const value = coefficients[r] as number;
    if (!basis) weights[r] = (weights[r] as number) + value;
    else {
      const at = r * classes;
      for (let k = 0; k < classes; k++)
        weights[k] = (weights[k] as number) + value * (basis[at + k] as number);
    }
  }
  let most = -Infinity;
  for (let k = 0; k < classes; k++) most = Math.max(most, weights[k] as number);
  let total = 0;
  for (let k = 0; k < classes; k++) {
    const weight = Math.exp((weights[k] as number) - most);
    weights[k] = weight;
    total += weight;
  }
  return total;
}
