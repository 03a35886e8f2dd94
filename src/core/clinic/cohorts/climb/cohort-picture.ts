import { quantileSorted } from "../../../math/statistics.ts";
import type { CohortPicture } from "../../../table/cohort-picture.ts";
import type { CohortColumn } from "../cohort.ts";
import { happeningsIn, pointsOf } from "./climb-course.ts";
import { timesOf } from "./cohort-sample.ts";
import type { CohortSample, Times } from "./cohort-sample.ts";
import { titleOf } from "./column-words.ts";

/** How a cohort is drawn, and from which columns. */
type Plan =
  | { readonly kind: "lines"; readonly columns: readonly string[] }
  | { readonly kind: "points"; readonly x: string; readonly y: string }
  | { readonly kind: "steps" | "hours" | "band"; readonly column: string };

const PLANS: Readonly<Record<string, Plan>> = {
  icu: { kind: "lines", columns: ["heart_rate", "map", "spo2"] },
  diabetes: { kind: "points", x: "glucose", y: "hba1c" },
  "heart-failure": { kind: "steps", column: "lvef" },
  emergency: { kind: "hours", column: "arrived_at" },
  maternity: { kind: "band", column: "sbp" },
};

/** A cohort's picture from a sample of it; of a number's spread where it lacks the columns of its own picture. */
export function pictureOf(sample: CohortSample): CohortPicture {
  const plan = PLANS[sample.cohort.id];
  return (plan && planned(sample, plan)) ?? spread(sample);
}

function planned(sample: CohortSample, plan: Plan): CohortPicture | undefined {
  const { columns, picture: caption } = sample.cohort;
  const find = (name: string): CohortColumn | undefined => columns.find((column) => column.name === name);
  switch (plan.kind) {
    case "lines": {
      const found = plan.columns.flatMap((name) => find(name) ?? []);
      return found.length < plan.columns.length ? undefined : linesOf(sample, caption, found);
    }
    case "points": {
      const [x, y] = [find(plan.x), find(plan.y)];
      return x && y && { kind: "points", caption, points: pairsOf(sample, x.name, y.name) };
    }
    case "steps": {
      const column = find(plan.column);
      return column && { kind: "steps", caption, counts: binned(firstValues(sample, column.name), column) };
    }
    case "hours": {
      const column = find(plan.column);
      return column?.shown.as === "date"
        ? { kind: "bars", caption, counts: byHour(firstValues(sample, column.name)) }
        : undefined;
    }
    case "band": {
      const column = find(plan.column);
      return column && bandOf(sample, caption, column.name);
    }
  }
}

/** The last resort: how patients are spread over the first number that is not their age. */
function spread(sample: CohortSample): CohortPicture {
  const { columns, name } = sample.cohort;
  const column = columns.find((one) => one.shown.as === "number" && one.name !== "age") ?? columns[0];
  if (column === undefined) return { kind: "steps", caption: name, counts: [] };
  const counts = binned(firstValues(sample, column.name), column);
  return { kind: "steps", caption: `${titleOf(column.name)} of its patients`, counts };
}

const firstValues = ({ rows, patients }: CohortSample, name: string): number[] =>
  patients.map(({ from }) => rows.get(name)[from] as number).filter((value) => !Number.isNaN(value));

/** The patient who is followed longest without too many gaps, and has something happen. */
function linesOf(
  sample: CohortSample,
  caption: string,
  columns: readonly CohortColumn[],
): CohortPicture | undefined {
  const times = timesOf(sample);
  const happened = happeningsIn(sample, times);
  const seen = (place: number): number =>
    Math.min(...columns.map(({ name }) => pointsOf(sample, times, place, name).length)) +
    (happened(place).length > 0 ? 1 : 0);
  const place = bestPlace(sample, seen);
  const lines = columns.map(({ name }) => {
    const points = pointsOf(sample, times, place, name);
    return { times: points.map(({ time }) => time), values: points.map(({ value }) => value) };
  });
  return lines.some(({ times: { length } }) => length < 4) ? undefined : { kind: "lines", caption, lines };
}

function bestPlace({ patients }: CohortSample, score: (place: number) => number): number {
  let [best, most] = [0, -Infinity];
  for (const place of patients.keys()) {
    const own = score(place);
    if (own > most) [best, most] = [place, own];
  }
  return best;
}

const MOST_POINTS = 100;

/** Without the few who lie so far out that the others would be a spot. */
function pairsOf(sample: CohortSample, x: string, y: string): { x: number; y: number }[] {
  const { rows, patients } = sample;
  const far = (name: string): number =>
    quantileSorted(Float64Array.from(firstValues(sample, name)).sort(), 1 - 1 / 100);
  const [farX, farY] = [far(x), far(y)];
  return patients
    .map(({ from }) => ({ x: rows.get(x)[from] as number, y: rows.get(y)[from] as number }))
    .filter((point) => point.x <= farX && point.y <= farY)
    .slice(0, MOST_POINTS);
}

const BINS = 2 * 10;

/**
 * Counts of values by at most some twenty bins, each as wide as a whole number of the steps that the values are read in, with
 * the middle of a bin where readers round to: bins of other widths would show the rounding as teeth.
 */
function binned(values: readonly number[], { shown }: CohortColumn): number[] {
  const step = readIn(values, shown.as === "number" ? 10 ** -shown.decimals : 1);
  const sorted = Float64Array.from(values).sort();
  const [low, high] = [quantileSorted(sorted, 1 / 100), quantileSorted(sorted, 1 - 1 / 100)];
  const width = step * Math.max(1, Math.ceil((high - low) / BINS / step));
  const first = Math.round(low / width);
  const bins = Math.max(1, Math.round(high / width) - first + 1);
  const counts = Array.from({ length: bins }, () => 0);
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.max(0, Math.round(value / width) - first));
    counts[bin] = (counts[bin] as number) + 1;
  }
  return counts;
}

/** The largest of `step`, 2, 5 and 10 of it on which twice as many values lie as on others as wide apart. */
function readIn(values: readonly number[], step: number): number {
  const onto = (times: number): number =>
    values.filter((value) => Math.round(value / step) % times === 0).length / Math.max(1, values.length);
  const [twos, fives, tens] = [onto(2), onto(5), onto(10)];
  if (fives > 2 / 5) return tens > 0.75 * fives ? 10 * step : 5 * step;
  return twos > 0.75 ? 2 * step : step;
}

function byHour(moments: readonly number[]): number[] {
  const counts = Array.from({ length: 24 }, () => 0);
  for (const moment of moments) {
    const hour = new Date(moment).getUTCHours();
    counts[hour] = (counts[hour] as number) + 1;
  }
  return counts;
}

/** A time needs as many values to have a band. */
const LEAST_IN_BAND = 10;

function bandOf(sample: CohortSample, caption: string, name: string): CohortPicture | undefined {
  const times = timesOf(sample);
  const byTime = new Map<number, number[]>();
  const slot = slotOf(times);
  for (const place of sample.patients.keys())
    for (const { time, value } of pointsOf(sample, times, place, name)) {
      const at = Math.floor(time / slot) * slot;
      const values = byTime.get(at);
      if (values === undefined) byTime.set(at, [value]);
      else values.push(value);
    }
  const band = [...byTime]
    .filter(([, values]) => values.length >= LEAST_IN_BAND)
    .sort(([a], [b]) => a - b)
    .map(([time, values]) => {
      const sorted = Float64Array.from(values).sort();
      const at = (share: number): number => quantileSorted(sorted, share);
      return { time, low: at(1 / 10), middle: at(0.5), high: at(1 - 1 / 10) };
    });
  if (band.length < 3) return undefined;
  const place = bestPlace(sample, (one) => {
    const points = pointsOf(sample, times, one, name);
    return points.length < 4 ? -Infinity : (points.at(-1)?.value ?? 0) - (points[0]?.value ?? 0);
  });
  return { kind: "band", caption, band, one: pointsOf(sample, times, place, name) };
}

/** As wide as makes some ten of the whole time. */
function slotOf({ values }: Times): number {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return Math.max(Number.EPSILON, (high - low) / 12);
}
