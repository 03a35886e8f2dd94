import { totalVariation, totalVariationNoise } from "../../../math/space/distances.ts";
import type { AlignedColumn } from "../../../metrics/measuring/align.ts";
import { noiseVerdict } from "../../../metrics/metric.ts";
import type { StepMatrix } from "../../../report/report.ts";
import { isSmall, LEAST_PATIENTS } from "../../small-cells.ts";
import { round } from "./compare-bands.ts";
import { REAL, SYNTHETIC, visitsOf, type CourseSide } from "./course-side.ts";
import type { Endings } from "./endings.ts";

type Coded = Extract<AlignedColumn, { type: "coded" }>;

/** Steps of one table, cell by cell: how many, and whose. */
interface Steps {
  readonly counts: readonly Float64Array[];
  readonly patients: readonly (readonly Set<number>[])[];
  /** row by row the steps of each patient */
  readonly own: readonly ReadonlyMap<number, Float64Array>[];
}

/** From one visit to the next; levels of fewer than five real patients, and their steps, are left out. */
export function compareSteps(
  { schema, levels, codes }: Coded,
  sides: readonly [CourseSide, CourseSide],
  endings: Endings | undefined,
): StepMatrix | undefined {
  const shown = levels.flatMap((_, level) =>
    enough(level, codes[REAL] as Int32Array, sides[REAL]) ? [level] : [],
  );
  if (shown.length < 2) return undefined;
  const place = new Map(shown.map((level, i) => [level, i]));
  const columns = shown.length + (endings === undefined ? 0 : 1);
  const [real, synthetic] = [REAL, SYNTHETIC].map((side) =>
    stepsOf(
      codes[side] as Int32Array,
      sides[side] as CourseSide,
      place,
      columns,
      endings?.sides[side]?.events,
    ),
  ) as [Steps, Steps];
  const rows = real.counts.map(sum);
  const gaps = shown.flatMap((_, row) => {
    const [a, b] = [real.counts[row] as Float64Array, synthetic.counts[row] as Float64Array];
    if (hasFew(real, row) || sum(a) === 0 || sum(b) === 0) return [];
    const distance = totalVariation(a, b);
    const typical = totalVariationNoise(worthOf(real, row), worthOf(synthetic, row));
    return [{ weight: rows[row] as number, distance, noise: typical > 0 ? distance / typical : 0 }];
  });
  const weight = gaps.reduce((all, gap) => all + gap.weight, 0);
  if (weight === 0) return undefined;
  const mean = (of: "distance" | "noise"): number =>
    round(gaps.reduce((all, gap) => all + (gap.weight * gap[of]) / weight, 0));
  return {
    name: schema.name,
    levels: shown.map((level) => levels[level] as string),
    ...(endings !== undefined && { end: endings.event }),
    real: guarded(real),
    synthetic: {
      steps: synthetic.counts.map(sum),
      shares: synthetic.counts.map((own) => Array.from(own, (n) => round(n / (sum(own) || 1)))),
      rest: synthetic.counts.map(() => 0),
    },
    distance: mean("distance"),
    noise: mean("noise"),
    verdict: noiseVerdict(mean("noise")),
  };
}

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);

function enough(level: number, codes: Int32Array, { courses, patients }: CourseSide): boolean {
  let having = 0;
  for (let patient = 0; patient < patients && having < LEAST_PATIENTS; patient++)
    if (visitsOf(courses, patient).some((row) => codes[row] === level)) having++;
  return having >= LEAST_PATIENTS;
}

/** Steps between visits at which the level is known; behind the last visit, where the event was seen, one into the end. */
function stepsOf(
  codes: Int32Array,
  { courses, patients }: CourseSide,
  place: ReadonlyMap<number, number>,
  columns: number,
  events: Int32Array | undefined,
): Steps {
  const counts = Array.from(place, () => new Float64Array(columns));
  const whose = counts.map((row) => Array.from(row, () => new Set<number>()));
  const own = counts.map(() => new Map<number, Float64Array>());
  const add = (from: number | undefined, to: number | undefined, patient: number): void => {
    if (from === undefined || to === undefined) return;
    const row = counts[from] as Float64Array;
    row[to] = (row[to] as number) + 1;
    whose[from]?.[to]?.add(patient);
    const steps = own[from]?.get(patient) ?? new Float64Array(columns);
    steps[to] = (steps[to] as number) + 1;
    own[from]?.set(patient, steps);
  };
  for (let patient = 0; patient < patients; patient++) {
    const visits = visitsOf(courses, patient);
    const levels = Array.from(visits, (row) => place.get(codes[row] as number));
    for (let i = 1; i < levels.length; i++) add(levels[i - 1], levels[i], patient);
    if (events?.[patient] === 1) add(levels.at(-1), columns - 1, patient);
  }
  return { counts, patients: whose, own };
}

/**
 * A row's counts as those of so many independent steps as they are worth: steps of one patient are alike. By the design effect
 * of a sample of patients (Rao & Scott 1981), at least 1.
 */
function worthOf({ counts, own }: Steps, row: number): Float64Array {
  const all = counts[row] as Float64Array;
  const n = sum(all);
  const patients = [...(own[row]?.values() ?? [])];
  const binomial = all.reduce((total, cell) => total + cell * (1 - cell / n), 0);
  if (patients.length < 2 || binomial === 0) return all;
  const clustered = patients.reduce((total, steps) => {
    const size = sum(steps);
    return total + steps.reduce((off, cell, k) => off + (cell - (size * (all[k] as number)) / n) ** 2, 0);
  }, 0);
  const effect = (clustered / binomial) * (patients.length / (patients.length - 1));
  return all.map((cell) => cell / Math.max(1, effect));
}

const patientsOfRow = ({ patients }: Steps, row: number): number =>
  new Set((patients[row] ?? []).flatMap((own) => [...own])).size;

const hasFew = (steps: Steps, row: number): boolean => isSmall(patientsOfRow(steps, row));

/**
 * Shares of each row without cells of 1 to 4 patients. What is not shown is told as one share, and is of at least five
 * patients: the smallest other cells join it until it is.
 */
function guarded(steps: Steps): StepMatrix["real"] {
  const rows = steps.counts.map((counts, row) => {
    const patients = steps.patients[row] as readonly Set<number>[];
    const total = sum(counts);
    if (hasFew(steps, row)) return { steps: NaN, shares: Array.from(counts, () => NaN), rest: NaN };
    const hidden = patients.flatMap(({ size }, cell) => (isSmall(size) ? [cell] : []));
    const others = patients
      .flatMap(({ size }, cell) => (size >= LEAST_PATIENTS ? [cell] : []))
      .sort((a, b) => (patients[a] as Set<number>).size - (patients[b] as Set<number>).size);
    const behind = (): number => new Set(hidden.flatMap((cell) => [...(patients[cell] as Set<number>)])).size;
    while (hidden.length > 0 && behind() < LEAST_PATIENTS && others.length > 0)
      hidden.push(others.shift() as number);
    const share = (n: number): number => (total > 0 ? round(n / total) : 0);
    return {
      steps: total,
      shares: Array.from(counts, (n, cell) => (hidden.includes(cell) ? NaN : share(n))),
      rest: share(hidden.reduce((all, cell) => all + (counts[cell] as number), 0)),
    };
  });
  return {
    steps: rows.map((row) => row.steps),
    shares: rows.map((row) => row.shares),
    rest: rows.map((row) => row.rest),
  };
}
