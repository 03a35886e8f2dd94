import { breathe } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import { quantileSorted, sortedPresent } from "../../math/statistics.ts";
import { alignColumns, countCodes } from "../measuring/align.ts";
import type { AlignedColumn } from "../measuring/align.ts";
import { riskResult, speaking, widerBy, type Attack } from "./attack-risk.ts";
import { atMost, columnNames, noted } from "../measuring/bounds.ts";
import { gowerColumns, nearestWithout, type GowerColumn } from "./gower.ts";
import { tooFewToAttack } from "../measuring/least-rows.ts";
import { outsiderNote } from "./disclosure/quasi-identifiers.ts";
import type { Metric, Pulse } from "../metric.ts";
import { patientsOf } from "../measuring/patients.ts";
import { count, skipped } from "../measuring/verdict.ts";

const MOST_ATTACKS = 1000;
const LEAST_ATTACKS = 100;
const MOST_SYNTHETIC = 20_000;
const MOST_SECRETS = 12;
const MOST_LEVELS = 60;
/** Numbers with no more values than this are guessed exactly, others to 5%. */
const EXACT_VALUES = 10;
const TOLERANCE = 0.05;
/** Cells compared. */
const WORK = 4.5e8;

/**
 * Anonymeter's attribute inference: the attacker knows all columns of a patient but one and takes that one from the
 * nearest synthetic row. Its value pools the secret columns unless one of them stands out beyond chance.
 */
export const attributeInference: Metric = {
  id: "attribute-inference",
  name: "Attribute inference",
  family: "privacy",
  criterion: "inference",
  better: "lower",
  ideal: 0,
  margin: 0.09,
  range: [0, 1],
  summary: "Whether the synthetic table tells one attribute of a patient to somebody who knows all others.",
  reference: "Anonymeter: Giomi et al. 2023, inference risk with the nearest synthetic row",
  scored: true,
  needs: ["seen", "unseen"],
  limits: "The attacker knows every other column exactly and goes by the nearest row.",
  attack: true,
  effort: 3,
  claim: () => ({ not: "pass it on", because: "it helps to guess what training patients have" }),

  async compute(tables, rng, pulse = breathe) {
    const { train, holdout, synthetic } = tables;
    const reason = tooFewToAttack(tables);
    if (reason !== undefined) return skipped(reason);
    const made = atMost(synthetic, MOST_SYNTHETIC, rng.fork("synthetic"));
    const names = columnNames(train);
    const secrets = secretsOf(alignColumns([train], names));
    if (secrets.length === 0) return skipped("No column could be a secret: each has one value or too many.");
    if (names.length < 2) return skipped("There is only one column; the attacker would know nothing.");
    const work = made.rows * (names.length + 2 * secrets.length);
    const most = Math.max(LEAST_ATTACKS, Math.min(MOST_ATTACKS, Math.floor(WORK / 2 / work)));
    const drawn = [atMost(train, most, rng.fork("train")), atMost(holdout, most, rng.fork("holdout")), made];
    const aligned = alignColumns(drawn, names);
    const [attacks, controls] = [drawn[0]?.rows as number, drawn[1]?.rows as number];
    const placed = gowerColumns(aligned);
    const hits = await guessed(aligned, placed, secrets, 0, attacks, made.rows, pulse);
    const controlHits = await guessed(aligned, placed, secrets, 1, controls, made.rows, pulse);
    const wider = widerBy(drawn);
    const each = secrets.map((secret, k): Attack => ({
      name: names[secret] as string,
      attacks,
      successes: hits[k] as number,
      controls,
      controlSuccesses: controlHits[k] as number,
      chance: chanceOf(aligned[secret] as AlignedColumn, attacks, made.rows, rng.fork(`chance ${secret}`)),
      wider,
    }));
    const { attack, z } = speaking(each, pooled(each));
    const what =
      attack.name === POOLED
        ? `one attribute (of ${secrets.length} in turn) from all others`
        : `${attack.name} from all other columns`;
    const result = riskResult(
      attack,
      each,
      patientsOf(holdout),
      ({ main, control, chance }) =>
        `An attacker who uses the synthetic rows can tell ${what} for ${main} of training patients, ` +
        `${control} of patients who were never used, and ${chance} by guessing.`,
      z,
    );
    const sought = secrets.map((at) => (aligned[at] as AlignedColumn).schema);
    const named = sought.some(({ outsider }) => outsider !== undefined)
      ? outsiderNote("seek", sought, aligned)
      : undefined;
    const all = [train, holdout, synthetic].every((table, i) => table.rows === drawn[i]?.rows);
    if (all && (named !== undefined || secrets.length === names.length))
      return { ...result, ...noted(named) };
    const note =
      `“Attribute inference” attacks ${secrets.length} of ${names.length} columns of ${count(attacks)} patients who were learned from ` +
      `and ${count(controls)} who were not, among ${count(made.rows)} synthetic rows.`;
    return { ...result, ...noted(named, note) };
  },
};

const POOLED = "All secrets";

/** The mean over the secrets, as certain as one secret alone: a patient's secrets are not independent. */
function pooled(each: readonly Attack[]): Attack {
  const average = (of: (attack: Attack) => number): number =>
    each.reduce((sum, attack) => sum + of(attack), 0) / each.length;
  return {
    name: POOLED,
    attacks: each[0]?.attacks ?? 1,
    successes: average(({ successes }) => successes),
    controls: each[0]?.controls ?? 1,
    controlSuccesses: average(({ controlSuccesses }) => controlSuccesses),
    chance: average(({ chance }) => chance),
    ...(each[0]?.wider && { wider: each[0].wider }),
  };
}

/**
 * What a person named as secrets. Else at most 12 columns with 2 values or more, coded ones with 60 levels at most: target,
 * sensitive, then in order.
 */
function secretsOf(columns: readonly AlignedColumn[]): number[] {
  const named = columns.flatMap(({ schema }, at) => (schema.outsider === "seeks" ? [at] : []));
  if (named.length > 0) return named.slice(0, MOST_SECRETS);
  const rank = { target: 0, sensitive: 1, feature: 2, identifier: 3, omit: 3 } as const;
  return columns
    .map((column, at) => ({ at, column }))
    .filter(({ column }) => {
      if (column.schema.outsider === "neither") return false;
      if (column.schema.kind === "text" || column.schema.kind === "identifier") return false;
      if (column.type === "numeric") {
        const present = sortedPresent(column.values[0] as Float64Array);
        return present.length > 0 && present[0] !== present.at(-1);
      }
      const seen = countCodes(column.codes[0] as Int32Array, column.levels.length).filter((n) => n > 0);
      return seen.length > 1 && seen.length <= MOST_LEVELS;
    })
    .sort((a, b) => rank[a.column.schema.role] - rank[b.column.schema.role] || a.at - b.at)
    .slice(0, MOST_SECRETS)
    .map(({ at }) => at);
}

/** For each secret, how many of the first `rows` rows of table `side` the nearest synthetic row gives it away. */
async function guessed(
  columns: readonly AlignedColumn[],
  placed: readonly GowerColumn[],
  secrets: readonly number[],
  side: number,
  rows: number,
  synthetic: number,
  pulse: Pulse,
): Promise<number[]> {
  const right = secrets.map((secret) => matcher(columns[secret] as AlignedColumn));
  const hits = secrets.map(() => 0);
  for (let row = 0; row < rows; row++) {
    const guesses = nearestWithout(placed, secrets, { from: side, row, to: 2, rows: synthetic });
    right.forEach((isRight, k) => {
      if (isRight(side, row, guesses[k] as number)) hits[k] = (hits[k] as number) + 1;
    });
    await pulse();
  }
  return hits;
}

/**
 * Whether synthetic row `guess` has the secret of row `row` of table `side`: missing for missing, categories and numbers of
 * up to 10 values exactly, other numbers within 5% of the guess, date-times within 5% of the middle 90% of train's.
 */
function matcher(column: AlignedColumn): (side: number, row: number, guess: number) => boolean {
  if (column.type === "coded") {
    return (side, row, guess) => column.codes[side]?.[row] === column.codes[2]?.[guess];
  }
  const present = sortedPresent(column.values[0] as Float64Array);
  const exact = new Set(present).size <= EXACT_VALUES;
  const spread = quantileSorted(present, 0.95) - quantileSorted(present, 0.05);
  return (side, row, guess) => {
    const [truth, said] = [column.values[side]?.[row] as number, column.values[2]?.[guess] as number];
    if (Number.isNaN(truth) || Number.isNaN(said)) return Number.isNaN(truth) && Number.isNaN(said);
    if (exact) return truth === said;
    const allowed = column.schema.kind === "datetime" ? TOLERANCE * spread : TOLERANCE * Math.abs(said);
    return Math.abs(said - truth) <= allowed;
  };
}

/** How often the secret of a random synthetic row is right. */
function chanceOf(column: AlignedColumn, attacks: number, synthetic: number, rng: Rng): number {
  const right = matcher(column);
  let hits = 0;
  for (let row = 0; row < attacks; row++) if (right(0, row, rng.integer(synthetic))) hits++;
  return hits / attacks;
}
