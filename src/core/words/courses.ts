/** How patients over time are worded, on the page and in files. */
import type { CoursesComparison, NumberCourse, StepMatrix, SurvivalComparison } from "../report/report.ts";
import { count, fixed, percent, plural, tick } from "./numbers.ts";

type Clock = CoursesComparison["clock"];

/** Words that say that what a column asks for is so. */
const YES = new Set("yes y true t 1 1.0 ja j pos positive present".split(" "));
const NO = new Set("no n false f 0 0.0 nein neg negative absent none".split(" "));

export const isYes = (level: string): boolean => YES.has(level.trim().toLowerCase());
export const isNo = (level: string): boolean => NO.has(level.trim().toLowerCase());

/** A level as it is said without its column: "died", "ascites" for yes, "status 2". */
export function levelWords(column: string, level: string): string {
  if (isYes(level) && !/^[\d.]+$/.test(level)) return column;
  return Number.isFinite(Number(level)) ? `${column} ${level}` : level;
}

const timeNumber = (time: number): string =>
  Number.isFinite(time) ? tick(time, Math.abs(time) < 20 ? 1 : 0) : "–";

/** "at 2.1 years", "at visit 3", "at offset 40" */
export const atTime = ({ unit, axis }: Clock, time: number): string =>
  `at ${timeWords({ unit, axis }, time)}`;

/** "2.1 years", "visit 3", "offset 40" */
export function timeWords({ unit, axis }: Clock, time: number): string {
  if (unit === "visit") return `visit ${fixed(time, 0)}`;
  if (!axis.startsWith(`${unit} since`)) return `${unit} ${timeNumber(time)}`;
  const number = timeNumber(time);
  return `${number} ${number === "1" ? unit.replace(/s$/, "") : unit}`;
}

/** "6 visits in 3.9 years", "35 visits up to offset 1,300" */
export function visitsWords(clock: Clock, visits: number, span: number): string {
  const told = plural(visits, "visit");
  if (clock.unit === "visit" || !(span > 0)) return told;
  return `${told} ${clock.axis.startsWith(`${clock.unit} since`) ? "in" : "up to"} ${timeWords(clock, span)}`;
}

/** A value of a column, three significant digits and no more decimals than the column has; a dash where it is missing. */
export const valueWords = ({ decimals }: { readonly decimals: number }, value: number): string =>
  Number.isFinite(value) ? tick(value, decimals) : "–";

/** "distance 0.05, 1.2× noise" */
export const offWords = ({ distance, noise }: Pick<NumberCourse, "distance" | "noise">): string =>
  Number.isNaN(noise)
    ? "too few patients to compare"
    : `distance ${fixed(distance, 2)}, ${fixed(noise, 1)}× noise`;

/** How much values swing within patients, beside real ones. */
export function withinWords({ within: { real, synthetic } }: Pick<NumberCourse, "within">): string {
  if (!(real > 0) || Number.isNaN(synthetic)) return "";
  const more = synthetic / real - 1;
  if (Math.abs(more) < 0.005) return "Swings within patients are as large as in real ones.";
  return `Swings within patients are ${percent(Math.abs(more), 0)} ${more < 0 ? "smaller" : "larger"} than in real ones.`;
}

/** One sentence for who cannot see a band. */
export function bandSentence(course: NumberCourse, clock: Clock): string {
  const { at, real, synthetic, name } = course;
  const first = 0;
  const last = at.length - 1;
  if (last < 0) return `${name}: too few patients at any time to draw a band.`;
  const value = (side: NumberCourse["real"], bin: number): string =>
    valueWords(course, side.median[bin] as number);
  return (
    `${name} over time: the real median goes from ${value(real, first)} to ${value(real, last)} ` +
    `by ${timeWords(clock, at[last] as number)}, the synthetic one from ${value(synthetic, first)} to ${value(synthetic, last)}; ` +
    `${offWords(course)}.`
  );
}

/** Under the bands: where they end and why. */
export function bandsFoot({ numbers, clock }: CoursesComparison): string {
  const ends = numbers.flatMap(({ at }) => (at.length > 0 ? [at.at(-1) as number] : []));
  const end = ends.length > 0 ? ends.reduce((a, b) => Math.max(a, b)) : undefined;
  const until = end === undefined ? "" : `Bands end at ${timeWords(clock, end)}. `;
  return (
    `${until}A band needs 20 real patients, a median 5. ` +
    "Real courses are drawn as bands only: no single real patient is shown."
  );
}

export const columnsOf = ({ levels, end }: StepMatrix): string[] =>
  end === undefined ? [...levels] : [...levels, end];

export interface StepGap {
  readonly row: number;
  readonly column: number;
  /** synthetic less real share */
  readonly gap: number;
}

/** Cells that are shown on both sides, those that differ most first. */
export function stepGaps({ real, synthetic }: StepMatrix): StepGap[] {
  return real.shares
    .flatMap((shares, row) =>
      shares.map((share, column) => ({ row, column, gap: (synthetic.shares[row]?.[column] ?? NaN) - share })),
    )
    .filter(({ gap }) => Number.isFinite(gap))
    .sort((a, b) => Math.abs(b.gap) - Math.abs(a.gap));
}

/** The two cells furthest off, in words. */
export function stepsSentence(matrix: StepMatrix): string {
  const [first, second] = stepGaps(matrix).filter(({ gap }) => Math.abs(gap) >= 0.005);
  if (first === undefined) return `Steps of ${matrix.name} are as in real patients.`;
  const names = columnsOf(matrix);
  const told = [first, second].flatMap((at) => {
    if (at === undefined) return [];
    const { row, column, gap } = at;
    const shares = `${percent(matrix.synthetic.shares[row]?.[column] ?? NaN)} against ${percent(matrix.real.shares[row]?.[column] ?? NaN)}`;
    const from = matrix.levels[row] ?? "";
    const move = row === column ? `stay in ${from}` : `move from ${from} to ${names[column] ?? ""}`;
    return [`${move} too ${gap > 0 ? "often" : "seldom"} (${shares})`];
  });
  return `Furthest off: synthetic patients ${told.join(", and ")}.`;
}

export const STEPS_FOOT =
  "Percent of each row. Cells of fewer than 5 real patients are not shown; where one would follow from its row's total, the next smallest is not shown either.";

export function survivalSentence({ difference, horizon, agree, axis }: SurvivalComparison): string {
  const unit = axis.split(" since ")[0] ?? axis;
  const { low, high } = difference.interval;
  const curves =
    agree >= 0.995
      ? "The curves agree within their intervals."
      : `The curves lie within each other’s intervals at ${percent(agree, 0)} of the times.`;
  const apart = low > 0 || high < 0 ? "" : "; no difference beyond chance";
  return (
    `${curves} Difference in mean time without the event up to ${timeNumber(horizon)} ${unit}: ` +
    `${fixed(difference.value, 2)} (95% interval ${fixed(low, 2)} to ${fixed(high, 2)})${apart}.`
  );
}

export function visitingSentence({ visiting, clock }: Pick<CoursesComparison, "visiting" | "clock">): string {
  const { visits, gap } = visiting;
  const median = `Median ${fixed(visits.real, 0)} visits a patient, ${fixed(visits.synthetic, 0)} synthetic`;
  if (clock.unit === "visit" || Number.isNaN(gap.real)) return `${median}.`;
  return `${median}; median gap ${valueWords({ decimals: 2 }, gap.real)} ${clock.unit}, ${valueWords({ decimals: 2 }, gap.synthetic)} synthetic.`;
}

/** "312 synthetic patients with 1,867 visits against 208 real ones with 1,300" */
export const courseCounts = ({ patients, visits }: CoursesComparison): string =>
  `${plural(patients.synthetic, "synthetic patient")} with ${plural(visits.synthetic, "visit")} against ` +
  `${plural(patients.real, "real patient")} with ${count(visits.real)}`;

/** Under a synthetic patient; a table that was made elsewhere can only be compared with the real one. */
export const behindWords = (synthesizer: string): string =>
  synthesizer === "elsewhere"
    ? "From the synthetic table. No real patient that was given here has these visits cell by cell."
    : "No patient stands behind this course: it is made by the model.";
