import { breathe } from "../../math/breathe.ts";
import { Z90, Z95, wilson } from "../../math/intervals.ts";
import type { Rng } from "../../math/rng.ts";
import { BLOCKS, blocksOf, jackknifed } from "../measuring/blocks.ts";
import { NO_GROUPS, groupingsOf } from "./groups.ts";
import type { Group, Groupings } from "./groups.ts";
import type { Detail, Metric } from "../metric.ts";
import { patientsPerRow, shareOfRows } from "../measuring/patients.ts";
import { bothHaveCourses, oneVisitEach } from "../measuring/courses/one-visit-each.ts";
import { agreement, logRatio, times } from "../measuring/ratio.ts";
import type { LogRatio } from "../measuring/ratio.ts";
import { around, besideReal, percentage, skipped } from "../measuring/verdict.ts";

const LEAST_ROWS = 20;
const [HOLDOUT, SYNTHETIC] = [1, 2] as const;
/** The four-fifths rule: a group with less than .8 of its share is under-represented. */
const FOUR_FIFTHS = 0.8;

/** The group whose share is furthest off: how much of its share is kept, once chance is taken off. */
export const groupShares: Metric = {
  id: "group-shares",
  name: "Shares of groups",
  family: "fairness",
  better: "higher",
  ideal: 1,
  margin: 0.1,
  range: [0, 1],
  summary: "Whether every group of people is as frequent among synthetic rows as among the training rows.",
  reference: "Log disparity of representation: Bhanot et al. 2021, with the noise of both shares taken off",
  scored: true,
  limits:
    "Groups below five patients are not shown, and small groups can differ by much before chance is ruled out.",
  claim: () => ({
    not: "draw conclusions about single groups of patients from it",
    because: "groups of patients do not come in their real shares",
  }),

  async compute(given, rng, pulse = breathe, valueOnly = false) {
    if (given.holdout.rows < LEAST_ROWS) {
      return skipped(
        `${given.holdout.rows} rows were held out; at least ${LEAST_ROWS} are needed to compare with.`,
      );
    }
    const of = bothHaveCourses(given) ? "patients" : "rows";
    const groupings = await groupingsOf(oneVisitEach(given, rng), rng, pulse);
    if (groupings === undefined) return skipped(NO_GROUPS);
    const { train, synthetic } = groupings.tables;
    const groups = groupings.single.flatMap((grouping) =>
      grouping.groups.length > 1 ? grouping.groups : [],
    );
    if (groups.length === 0) return skipped("Every training row is of one and the same group.");
    await pulse();
    const own = worstKept(groupings, groups, SYNTHETIC, rng.fork("synthetic"), valueOnly);
    await pulse();
    const held = worstKept(groupings, groups, HOLDOUT, rng.fork("holdout"), valueOnly);
    const { group, ratio } = own;
    const shares =
      `${percentage((group.rows[SYNTHETIC].length || 0) / synthetic.rows)} of synthetic and ` +
      `${percentage(group.rows[0].length / train.rows)} of training ${of}`;
    return {
      ...besideReal(
        "higher",
        own.value,
        around(own.value, Z95 * own.error, [0, 1]),
        { value: held.value, interval: around(held.value, Z90 * held.error, [0, 1]) },
        (kept) => 100 * kept,
      ),
      sentence:
        own.value < 1
          ? `Patients ${group.phrase} are ${times(ratio)} as frequent as they should be: ${shares}.`
          : `Every group has its share within chance; furthest off are patients ${group.phrase}, ${shares}.`,
      detail: detailOf(groupings, of),
      ...(groupings.notes.length > 0 ? { note: groupings.notes.join(" ") } : {}),
    };
  },
};

interface WorstKept {
  readonly group: Group;
  readonly ratio: LogRatio;
  readonly value: number;
  readonly error: number;
}

/** Of `groups`, the one of which table `side` keeps least, and the jackknife error over blocks of that table's rows. */
function worstKept(
  { tables }: Groupings,
  groups: readonly Group[],
  side: 1 | 2,
  rng: Rng,
  valueOnly: boolean,
): WorstKept {
  const { rows, patients } = side === HOLDOUT ? tables.holdout : tables.synthetic;
  const blocks = blocksOf(rows, rng, patients);
  const all = tally(blocks, blocks.keys());
  const real = tables.train.rows * patientsPerRow(tables.train);
  const worth = patientsPerRow(side === HOLDOUT ? tables.holdout : tables.synthetic);
  const counted = groups.map((group) => ({
    group,
    counts: tally(blocks, group.rows[side]),
    share: group.rows[0].length / tables.train.rows,
  }));
  const ratioWithout = ({ counts, share }: (typeof counted)[number], block: number): LogRatio => {
    const left = (sums: Float64Array): number =>
      (sums[BLOCKS] as number) - (block < 0 ? 0 : (sums[block] as number));
    return logRatio(worth * left(counts), worth * left(all), share * real, real);
  };
  const least = (block: number): number =>
    counted.reduce((worst, one) => Math.min(worst, agreement(ratioWithout(one, block))), 1);
  const ranked = counted
    .map((one) => ({ group: one.group, ratio: ratioWithout(one, -1) }))
    .sort(
      (a, b) =>
        agreement(a.ratio) - agreement(b.ratio) ||
        Math.abs(b.ratio.value) / b.ratio.noise - Math.abs(a.ratio.value) / a.ratio.noise,
    );
  const worst = ranked[0] as { group: Group; ratio: LogRatio };
  return { ...worst, ...(valueOnly ? { value: least(-1), error: 0 } : jackknifed(least)) };
}

/** How many of `rows` are in each block, and in the last place in all. */
function tally(blocks: Uint8Array, rows: Iterable<number>): Float64Array {
  const counts = new Float64Array(BLOCKS + 1);
  for (const row of rows) {
    const block = blocks[row] as number;
    counts[block] = (counts[block] as number) + 1;
    counts[BLOCKS] = (counts[BLOCKS] as number) + 1;
  }
  return counts;
}

function detailOf(
  { single, crossed, tables: { train, synthetic } }: Groupings,
  of: "rows" | "patients",
): Detail {
  const real = train.rows * patientsPerRow(train);
  const worth = patientsPerRow(synthetic);
  const all = [...single, ...crossed].flatMap(({ groups }) => groups);
  const measured = all.map((group) => {
    const share = group.rows[0].length / train.rows;
    const others = group.rows[SYNTHETIC].length;
    const kept = agreement(logRatio(worth * others, worth * synthetic.rows, share * real, real));
    const verdict = kept >= 0.95 ? "good" : kept >= FOUR_FIFTHS ? "worse" : "much-worse";
    return {
      kept,
      row: {
        name: group.name,
        patients: group.patients.train,
        figures: [
          {
            name: `Share of ${of}`,
            unit: "share" as const,
            real: { value: share, interval: wilson(share * real, real) },
            synthetic: {
              value: others / synthetic.rows,
              interval: shareOfRows(others, synthetic.rows, worth),
            },
          },
        ],
        verdict: verdict as "good" | "worse" | "much-worse",
      },
    };
  });
  return {
    type: "groups",
    unit: `share of ${of}`,
    groups: measured.sort((a, b) => a.kept - b.kept).map(({ row }) => row),
  };
}
