import { breathe } from "../../../math/breathe.ts";
import { wilson, Z90 } from "../../../math/intervals.ts";
import { createRng } from "../../../math/rng.ts";
import type { AlignedColumn } from "../../measuring/align.ts";
import {
  alignedCourses,
  MOST_COURSE_ROWS,
  wholePatients,
  type CourseSide,
} from "../../measuring/courses/aligned-courses.ts";
import { besideReal, count, percentage, skipped } from "../../measuring/verdict.ts";
import type { Metric, Pulse } from "../../metric.ts";
import { hashRow } from "../row-hash.ts";

/** Visits in a row that must be equal. */
const RUN = 3;
const LEAST_PATIENTS = 20;
const [TRAIN, MADE] = [0, 1] as const;

/** Share of synthetic patients with three visits in a row that one training patient, and only that one, has too. */
export const copiedCourses: Metric = {
  id: "copied-courses",
  about: "courses",
  name: "Copied courses",
  family: "privacy",
  criterion: "singling-out",
  better: "lower",
  ideal: 0,
  margin: 0.02,
  range: [0, 1],
  summary:
    "How many synthetic patients repeat three visits in a row of one training patient, beside how many real patients happen to repeat another's.",
  reference: "Exact matching as in NewRowSynthesis of SDMetrics (DataCebo), of runs of visits",
  scored: true,
  needs: ["seen"],
  limits:
    "Sees only visits that are equal in everything that changes, whenever they were; where few columns change, runs that real patients share hide copies.",
  copies: "copied courses",
  claim: () => ({ not: "pass it on", because: "it repeats visits of real patients" }),

  async compute({ train, synthetic }, _rng, pulse = breathe) {
    const dice = createRng(20232);
    const courses = alignedCourses(
      [train, synthetic].map((table, i) =>
        wholePatients(table, MOST_COURSE_ROWS, dice.fork(`patients ${i}`)),
      ),
    );
    if (courses === undefined) return skipped("No column says when a visit was.");
    const changing = courses.columns.filter(({ fixed }) => !fixed).map(({ cells }) => cells);
    if (changing.length === 0) return skipped("Nothing changes from visit to visit.");
    const [learned, made] = courses.sides as [CourseSide, CourseSide];
    const real = await runsOf(changing, TRAIN, learned, pulse);
    const own = await runsOf(changing, MADE, made, pulse);
    if (real.size < LEAST_PATIENTS)
      return skipped(
        `Fewer than ${LEAST_PATIENTS} training patients have ${RUN} visits or more.`,
        "patients",
      );
    if (own.size === 0) return skipped(`No synthetic patient has ${RUN} visits or more.`);
    const holders = holdersOf(real);
    const copies = countWhere(own, (run) => holders.get(run)?.size === 1);
    const usual = countWhere(real, (run) => holders.get(run)?.size === 2);
    const [share, among] = [copies / own.size, usual / real.size];
    return {
      ...besideReal(
        "lower",
        share,
        wilson(copies, own.size),
        { value: among, interval: wilson(usual, real.size, Z90) },
        (value) => 100 - 500 * Math.max(0, value - among),
      ),
      sentence:
        `${count(copies)} of ${count(own.size)} synthetic patients with ${RUN} visits or more (${percentage(share)}) repeat ${RUN} visits in a row ` +
        `of one training patient; of the training patients themselves ${percentage(among)} repeat those of one other.`,
      ...([train, synthetic].some(({ rows }) => rows > MOST_COURSE_ROWS) && {
        note: `Copied courses are counted among at most ${count(MOST_COURSE_ROWS)} rows of each table, whole patients drawn at random.`,
      }),
    };
  },
};

/** The runs of each patient who has enough visits, by 53 bits of what changes in them. */
async function runsOf(
  columns: readonly AlignedColumn[],
  side: number,
  { patients, starts }: CourseSide,
  pulse: Pulse,
): Promise<ReadonlyMap<number, ReadonlySet<number>>> {
  const all = new Map<number, Set<number>>();
  for (let patient = 0; patient < patients; patient++) {
    const [first, behind] = [starts[patient] as number, starts[patient + 1] as number];
    const visits = Array.from({ length: behind - first }, (_, i) => hashRow(columns, side, first + i));
    if (visits.length >= RUN) all.set(patient, new Set(runs(visits)));
    if (patient % 16 === 0) await pulse();
  }
  return all;
}

const runs = (visits: readonly number[]): number[] =>
  visits.slice(RUN - 1).map((last, i) => mixed(visits.slice(i, i + RUN - 1), last));

/** The hashes of visits in a row as one. */
function mixed(before: readonly number[], last: number): number {
  let [h1, h2] = [0x811c9dc5, 0x2545f491];
  for (const visit of [...before, last]) {
    const [low, high] = [visit | 0, Math.floor(visit / 0x200000) | 0];
    h1 = Math.imul(h1 ^ low, 0x01000193) ^ (h2 >>> 13);
    h2 = Math.imul(h2 ^ high, 0x85ebca6b) ^ (h1 >>> 16);
  }
  return (h1 >>> 0) * 0x200000 + (h2 >>> 11);
}

/** Who has each run. */
function holdersOf(all: ReadonlyMap<number, ReadonlySet<number>>): Map<number, Set<number>> {
  const holders = new Map<number, Set<number>>();
  for (const [patient, own] of all)
    for (const run of own) holders.set(run, (holders.get(run) ?? new Set()).add(patient));
  return holders;
}

const countWhere = (all: ReadonlyMap<number, ReadonlySet<number>>, is: (run: number) => boolean): number =>
  [...all.values()].filter((own) => [...own].some(is)).length;
