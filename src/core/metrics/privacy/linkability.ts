import { breathe } from "../../math/breathe.ts";
import { alignColumns } from "../measuring/align.ts";
import { riskResult, widerBy } from "./attack-risk.ts";
import { atMost, columnNames } from "../measuring/bounds.ts";
import { gowerColumns, nearestBy, type GowerColumn } from "./gower.ts";
import { tooFewToAttack } from "../measuring/least-rows.ts";
import type { Metric, Pulse } from "../metric.ts";
import { patientsOf } from "../measuring/patients.ts";
import { count, skipped } from "../measuring/verdict.ts";

const MOST_ATTACKS = 1000;
const LEAST_ATTACKS = 100;
const MOST_SYNTHETIC = 20_000;
/** Cells compared. */
const WORK = 3.5e8;

/**
 * Anonymeter's linkability: two files each hold half of a patient's columns; the attacker joins them where the nearest
 * synthetic row of both halves is the same. The halves are the learned columns dealt alternately, in their order.
 */
export const linkability: Metric = {
  id: "linkability",
  name: "Linkability",
  family: "privacy",
  criterion: "linkability",
  better: "lower",
  ideal: 0,
  margin: 0.09,
  range: [0, 1],
  summary: "Whether the synthetic table helps to join two files that each hold half of a patient's columns.",
  reference: "Anonymeter: Giomi et al. 2023, linkability risk with one neighbour",
  scored: true,
  needs: ["seen", "unseen"],
  limits: "Splits the columns in one way; an attacker may hold others.",
  attack: true,
  effort: 3,
  claim: () => ({ not: "pass it on", because: "it helps to link files about training patients" }),

  async compute(tables, rng, pulse = breathe) {
    const { train, holdout, synthetic } = tables;
    const reason = tooFewToAttack(tables);
    if (reason !== undefined) return skipped(reason);
    if (train.columns.length < 2)
      return skipped("There is only one column; two files need at least one each.");
    const made = atMost(synthetic, MOST_SYNTHETIC, rng.fork("synthetic"));
    const most = attacksFor(made.rows * train.columns.length);
    const drawn = [atMost(train, most, rng.fork("train")), atMost(holdout, most, rng.fork("holdout")), made];
    const columns = gowerColumns(alignColumns(drawn, columnNames(train)));
    const [attacks, controls] = [drawn[0]?.rows as number, drawn[1]?.rows as number];
    const attack = {
      name: "Columns dealt to two files",
      attacks,
      successes: await linked(columns, 0, attacks, made.rows, pulse),
      controls,
      controlSuccesses: await linked(columns, 1, controls, made.rows, pulse),
      chance: 1 / made.rows,
      wider: widerBy(drawn),
    };
    const result = riskResult(
      attack,
      [attack],
      patientsOf(holdout),
      ({ main, control, chance }) =>
        `An attacker who uses the synthetic rows can join two halves of the columns of ${main} of training patients, ` +
        `of ${control} of patients who were never used, and of ${chance} by guessing.`,
    );
    const all = [train, holdout, synthetic].every((table, i) => table.rows === drawn[i]?.rows);
    if (all) return result;
    const note = `“Linkability” attacks ${count(attacks)} patients who were learned from and ${count(controls)} who were not, among ${count(made.rows)} synthetic rows, drawn at random.`;
    return { ...result, note };
  },
};

const attacksFor = (cells: number): number =>
  Math.max(LEAST_ATTACKS, Math.min(MOST_ATTACKS, Math.floor(WORK / 2 / Math.max(1, cells))));

/** How many of the first `rows` rows of table `side` have one nearest synthetic row (table 2) by both halves. */
async function linked(
  columns: readonly GowerColumn[],
  side: number,
  rows: number,
  synthetic: number,
  pulse: Pulse,
): Promise<number> {
  const parts = [0, 1].map((part) => columns.filter((_, c) => c % 2 === part));
  let links = 0;
  for (let row = 0; row < rows; row++) {
    const [a, b] = parts.map((part) => nearestBy(part, { from: side, row, to: 2, rows: synthetic }));
    if (a === b) links++;
    await pulse();
  }
  return links;
}
