import { breathe } from "../../math/breathe.ts";
import { Z95 } from "../../math/intervals.ts";
import { aucWithError } from "../../math/scores/auc-error.ts";
import { squaredDistances, type Points } from "../../math/space/nearest.ts";
import { quantileSorted } from "../../math/statistics.ts";
import type { Rng } from "../../math/rng.ts";
import { takeRows, type Table } from "../../table/table.ts";
import { partsOf } from "../../table/whole-patients.ts";
import { alignColumns } from "../../metrics/measuring/align.ts";
import { columnNames } from "../../metrics/measuring/bounds.ts";
import { tooFewPatients } from "../../metrics/measuring/least-rows.ts";
import { lookPast } from "../../metrics/measuring/patients.ts";
import { placeRows } from "../../metrics/measuring/space.ts";
import { around, count, percentage, skipped } from "../../metrics/measuring/verdict.ts";
import type { Detail, Measurement, MetricInfo, Pulse, Tables } from "../../metrics/metric.ts";
import { membershipResult, type Guesses } from "../../metrics/privacy/membership.ts";
import { likelihoodRatios, type Shadow } from "./likelihood-ratio.ts";
import { pooledTables } from "./pooled-tables.ts";

/** Two are set aside for the reference, and each record needs to be in two of the others and out of two. */
export const LEAST_SHADOWS = 6;
export const MOST_SHADOWS = 64;
/** Records of each kind that are attacked. */
const MOST_ATTACKED = 1000;
const LEAST_ATTACKED = 20;
/** Cells compared for each model. */
const WORK = 4e8;

/** What one training gave: rows, and how likely it finds rows, where it can tell. */
export interface Trained {
  readonly synthetic: Table;
  readonly logLikelihoods?: ((rows: Table) => Promise<Float64Array>) | undefined;
}

export interface ShadowAttack {
  /** an even number from 6 to 64 */
  readonly shadows: number;
  /** what was trained and by what, after "by": "16 models of CART" comes of "CART" */
  readonly method: string;
  /**
   * Trains a model on `half` as the attacked one was trained and draws as many rows as that has; `shadow` counts from 0.
   * `told` hears the share of it that is done.
   */
  train(half: Table, shadow: number, told: (fraction: number) => void): Promise<Trained>;
  onProgress?(fraction: number): void;
}

interface Attacked {
  readonly info: MetricInfo;
  readonly result: Measurement;
}

const shared = {
  family: "privacy",
  criterion: "membership",
  better: "lower",
  ideal: 0.5,
  margin: 0.05,
  range: [0, 1],
  scored: false,
} as const;

export const shadowInfo: MetricInfo = {
  ...shared,
  id: "membership-shadow",
  name: "Membership by shadow models",
  summary:
    "Whether an attacker who trains models of the same kind can tell who was learned from, patient by patient.",
  reference:
    "Likelihood ratio attack: Carlini et al. 2022; on synthetic tables: Stadler et al. 2022, Meeus et al. 2023",
  limits:
    "An attacker who knows the method, its settings and patients like these, with few models; more would do better.",
};

export const modelFileInfo: MetricInfo = {
  ...shared,
  id: "membership-likelihood",
  name: "Membership by the model file",
  summary:
    "Whether somebody who holds the model file can tell who was learned from by how likely it finds each patient.",
  reference: "Likelihood under the model, with shadow models: Carlini et al. 2022; Hilprecht et al. 2019",
  limits: "Asks the model for likelihoods only and does not look at its weights otherwise.",
};

/**
 * The strongest attack of the lab: who was learned from, by the distance to the nearest synthetic row and, where the model
 * tells it, by the likelihood of each record, both compared with what models of random halves of all patients give. Trains
 * `shadows` models. Rejects as `pulse` and `train` do.
 */
export async function shadowAttack(
  tables: Tables,
  target: Pick<Trained, "logLikelihoods">,
  attack: ShadowAttack,
  rng: Rng,
  pulse: Pulse = breathe,
): Promise<Attacked[]> {
  const reason = tooFew(tables);
  if (reason !== undefined) return [{ info: shadowInfo, result: skipped(reason, "patients") }];
  const pool = pooledTables(tables.train, tables.holdout);
  const asked = askedRows(tables, rng);
  const records = takeRows(pool, asked.rows);
  const statistics = async (model: Trained): Promise<Statistics> => ({
    nearness: await nearness(pool, asked.rows, model.synthetic, pulse),
    ...(target.logLikelihoods && model.logLikelihoods && { likelihood: await model.logLikelihoods(records) }),
  });
  const own = await statistics({ ...target, synthetic: tables.synthetic });
  const shadows: { of: Statistics; inside: Uint8Array }[] = [];
  for (let k = 0; k < attack.shadows; k++) {
    const half = halfOf(pool, k, rng);
    const told = (fraction: number): void => attack.onProgress?.((k + 0.95 * fraction) / attack.shadows);
    const model = await attack.train(takeRows(pool, half.rows), k, told);
    shadows.push({
      of: await statistics(model),
      inside: Uint8Array.from(asked.rows, (row) => half.inside[row] as number),
    });
    attack.onProgress?.((k + 1) / attack.shadows);
    await pulse();
  }
  const rare = await farFromOthers(pool, asked.rows, pulse);
  const found = async (info: MetricInfo, how: string, statistic: keyof Statistics): Promise<Attacked> => {
    const of = shadows.map(({ of, inside }): Shadow => ({
      statistic: of[statistic] as Float64Array,
      inside,
    }));
    const result = await attackResult(
      how,
      own[statistic] as Float64Array,
      of,
      { asked, records, rare },
      rng.fork(info.id),
      pulse,
    );
    return { info, result };
  };
  const many = `${count(attack.shadows)} models of ${attack.method} on random halves of all patients`;
  return [
    await found(shadowInfo, `By the nearest synthetic row, against ${many}`, "nearness"),
    ...(own.likelihood
      ? [
          await found(
            modelFileInfo,
            `By the model's own likelihood of a patient, against ${many}`,
            "likelihood",
          ),
        ]
      : []),
  ];
}

/** Of each record that is attacked. */
interface Statistics {
  readonly nearness: Float64Array;
  readonly likelihood?: Float64Array;
}

interface Asked {
  /** rows of the pool: members first */
  readonly rows: Int32Array;
  readonly members: number;
}

function tooFew(tables: Tables): string | undefined {
  const { train, holdout, synthetic } = tables;
  const rows = Math.min(train.rows, holdout.rows);
  if (rows < LEAST_ATTACKED)
    return `${count(rows)} rows can be attacked on one side; at least ${LEAST_ATTACKED} are needed.`;
  if (synthetic.rows === 0) return "There are no synthetic rows.";
  return tooFewPatients(tables);
}

function askedRows({ train, holdout, synthetic }: Tables, rng: Rng): Asked {
  const cells = Math.max(1, synthetic.rows * train.columns.length);
  const most = Math.max(200, Math.min(MOST_ATTACKED, Math.floor(WORK / 2 / cells)));
  const members = rng.fork("members").choose(train.rows, Math.min(most, train.rows)).sort();
  const others = rng.fork("others").choose(holdout.rows, Math.min(most, holdout.rows)).sort();
  return {
    rows: Int32Array.of(...members, ...others.map((row) => row + train.rows)),
    members: members.length,
  };
}

/** Shadows 2k and 2k + 1 learn from the two halves of one cut, so that each record is in as many as it is out of. */
function halfOf(pool: Table, shadow: number, rng: Rng): { rows: Int32Array; inside: Uint8Array } {
  const part = partsOf(pool.rows, 2, rng.fork(`half ${shadow >> 1}`), pool.patients);
  const inside = part.map((half) => (half === shadow % 2 ? 1 : 0));
  return { rows: Int32Array.from(inside.keys()).filter((row) => inside[row] === 1), inside };
}

/** Minus the logarithm of the distance to the nearest synthetic row, which a hundredth of the median is added to. */
async function nearness(
  pool: Table,
  rows: Int32Array,
  synthetic: Table,
  pulse: Pulse,
): Promise<Float64Array> {
  const columns = alignColumns([pool, takeRows(pool, rows), synthetic], columnNames(pool));
  const [, asked, made] = placeRows(columns, 3) as [Points, Points, Points];
  const distances = new Float32Array(made.rows);
  const nearest = new Float64Array(rows.length);
  for (let row = 0; row < rows.length; row++) {
    squaredDistances(asked, row, made, distances);
    nearest[row] = Math.sqrt(least(distances));
    await pulse();
  }
  const added = 0.01 * quantileSorted(nearest.slice().sort(), 0.5) || 1e-6;
  return nearest.map((distance) => -Math.log(distance + added));
}

const least = (distances: Float32Array): number => {
  let nearest = Infinity;
  for (let i = 0; i < distances.length; i++)
    if ((distances[i] as number) < nearest) nearest = distances[i] as number;
  return nearest;
};

/** 1 for the quarter of records that lie farthest from all other patients. */
async function farFromOthers(pool: Table, rows: Int32Array, pulse: Pulse): Promise<Uint8Array> {
  const [placed] = placeRows(alignColumns([pool], columnNames(pool)), 1) as [Points];
  const distances = new Float32Array(pool.rows);
  const nearest = new Float64Array(rows.length);
  for (const [i, row] of rows.entries()) {
    squaredDistances(placed, row, placed, distances);
    lookPast(row, distances, pool.patients);
    nearest[i] = least(distances);
    await pulse();
  }
  const bar = quantileSorted(nearest.slice().sort(), 0.75);
  return Uint8Array.from(nearest, (distance) => (distance >= bar ? 1 : 0));
}

interface Records {
  readonly asked: Asked;
  readonly records: Table;
  readonly rare: Uint8Array;
}

/** The attack's figures, beside those of the first shadow in the place of the attacked model, which knows of nobody's membership. */
async function attackResult(
  how: string,
  target: Float64Array,
  shadows: readonly Shadow[],
  { asked, records, rare }: Records,
  rng: Rng,
  pulse: Pulse,
): Promise<Measurement> {
  const guessed = (scores: Float64Array): Guesses => ({
    members: scores.slice(0, asked.members),
    others: scores.slice(asked.members),
    whose: {
      members: records.patients?.slice(0, asked.members),
      others: records.patients?.slice(asked.members),
    },
  });
  const scores = likelihoodRatios(target, shadows);
  const [first, , ...others] = shadows as [Shadow, ...Shadow[]];
  const result = await membershipResult(
    how,
    guessed(scores),
    () => Promise.resolve(guessed(likelihoodRatios(first.statistic, others))),
    rng,
    pulse,
    false,
  );
  if (result.status !== "ok" || result.detail?.type !== "figures") return result;
  const alone = figureOf("AUC without shadow models", guessed(target));
  const unusual = figureOf(
    "AUC, quarter of patients least like others",
    guessed(scores),
    (i) => rare[i] === 1,
  );
  const usual = figureOf("AUC, all other patients", guessed(scores), (i) => rare[i] === 0);
  const rest = unusual.synthetic.value;
  return {
    ...result,
    sentence:
      result.sentence +
      ` Among the quarter who are least like others the right one is named ${percentage(rest)} of the time.`,
    detail: { ...result.detail, rows: [...result.detail.rows, unusual, usual, alone] },
  };
}

type Figure = Extract<Detail, { type: "figures" }>["rows"][number];

function figureOf(
  name: string,
  { members, others, whose }: Guesses,
  counts: (record: number) => boolean = () => true,
): Figure {
  const pick = (from: number, of: Float64Array, patients?: Int32Array) => {
    const rows = Array.from(of.keys()).filter((i) => counts(from + i));
    return {
      scores: rows.map((i) => of[i] as number),
      whose: patients && Int32Array.from(rows, (i) => patients[i] as number),
    };
  };
  const [a, b] = [pick(0, members, whose?.members), pick(members.length, others, whose?.others)];
  const { value, error } = aucWithError(a.scores, b.scores, { positives: a.whose, negatives: b.whose });
  return {
    name,
    unit: "number",
    synthetic: { value, interval: around(value, Z95 * error, [0, 1]) },
    chance: 0.5,
    note: `${count(a.scores.length)} who were learned from, ${count(b.scores.length)} who were not`,
  };
}
