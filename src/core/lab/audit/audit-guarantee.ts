import { FaultError } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import { createRng, type Rng } from "../../math/rng.ts";
import { withCanary } from "../../private/audit/canary.ts";
import type { Guesses } from "../../private/audit/one-run.ts";
import { lookAt, type Looked } from "../../private/audit/mean-difference.ts";
import { strideFor, toldBy, type Told } from "../../private/audit/released-difference.ts";
import { standIn } from "../../private/audit/stand-in.ts";
import { cryptographicNoise, type NoiseSource } from "../../private/noise/noise-source.ts";
import { publicFacts } from "../../private/public/known-facts.ts";
import type { Observation, WatchedRow } from "../../private/rows/private-rows.ts";
import { offeredDelta, unitsOf } from "../../synthesizers/private/open-private.ts";
import { findSynthesizer, resolveParams } from "../../synthesizers/registry.ts";
import type {
  Artifact,
  FitOptions,
  Model,
  Params,
  Progress,
  Synthesizer,
} from "../../synthesizers/synthesizer.ts";
import type { Table } from "../../table/table.ts";
import { privateTrain } from "../guarantee/private-train.ts";
import { judgeAudit, judgeGuesses, runsForReleases, type AuditFacts, type Collected } from "./judge-audit.ts";
import { coinTable, guessesOf, type CoinTable } from "./one-run.ts";
import type { AuditRequest, AuditResult } from "./audit-shape.ts";

export interface AuditSettings {
  /** Where the synthesizer is looked up: the registry unless another place is given. */
  readonly find?: (id: string) => Synthesizer;
  /** The cryptographic generator unless said. */
  readonly noise?: NoiseSource;
  readonly onProgress?: (fraction: number) => void;
  readonly cancelled?: () => boolean;
}

export const LEAST_RUNS = 10;
export const MOST_RUNS = 100_000;
/** Where all of the first runs are refused, there is nothing to test. */
const REFUSED_AT_MOST = 10;

/**
 * Tries to break the guarantee of a method: fits it `runs` times with a canary (one unit that stands out as far as it can) and
 * as many times without, each with fresh noise, and asks how well the two can be told apart. Nothing is entered in the ledger,
 * since nothing is released. Rejects with FaultError; with `cancelled` when it is no longer wanted.
 */
export async function auditGuarantee(
  table: Table,
  request: AuditRequest,
  settings: AuditSettings = {},
): Promise<AuditResult> {
  const started = performance.now();
  const synthesizer = (settings.find ?? findSynthesizer)(request.synthesizer);
  checkAsked(synthesizer, request.runs);
  const { train: learned } = privateTrain(table, request.holdout);
  const rng = createRng(request.seed);
  const facts = publicFacts(learned.schema, request.public).facts;
  const without = request.on === "patients" ? learned : standIn(learned, facts, rng.fork("stand-in"));
  const given = resolveParams(synthesizer, request.params);
  const delta = (given["delta"] as number) || offeredDelta(Math.max(2, unitsOf(learned)));
  const params: Params = { ...given, delta };
  const told = (seconds = (performance.now() - started) / 1000): AuditFacts => ({
    synthesizer: synthesizer.id,
    name: synthesizer.name,
    epsilon: params["epsilon"] as number,
    delta,
    unit: without.patients === undefined ? "row" : "patient",
    on: request.on,
    rows: without.rows,
    runs: request.runs,
    noise: settings.noise?.kind ?? "cryptographic",
    seconds,
  });
  if (synthesizer.logLikelihoods !== undefined) {
    const coins = coinTable(learned, facts, request.runs, rng.fork("canaries"));
    const guesses = await guessOnce(synthesizer, coins, params, { ...request, public: facts }, settings);
    return judgeGuesses(guesses, { ...told(), on: "stand-in", rows: coins.table.rows, runs: 1 });
  }
  const collected = await collect(synthesizer, without, params, { ...request, public: facts }, settings);
  return judgeAudit(collected, told());
}

function checkAsked({ name, guarantee }: Synthesizer, runs: number): void {
  if (guarantee !== true)
    throw new FaultError({
      code: "guarantee-refused",
      reason: `${name} gives no guarantee, so there is nothing to test.`,
      remedy: "Choose a method with a guarantee, such as dp-target.",
    });
  if (Number.isInteger(runs) && runs >= LEAST_RUNS && runs <= MOST_RUNS) return;
  const message = `A whole number of runs from ${LEAST_RUNS} to ${MOST_RUNS} is needed, not ${runs}.`;
  throw new FaultError({ code: "bad-use", message });
}

/**
 * Runs of three kinds: with the canary; with it in the table but not counted, where the answers are looked at in the same
 * places; and without it altogether, of which only the models are looked at.
 */
async function collect(
  synthesizer: Synthesizer,
  without: Table,
  params: Params,
  request: AuditRequest,
  { noise = cryptographicNoise(), onProgress, cancelled }: AuditSettings,
): Promise<Collected> {
  const { public: facts, rowsPerPatient = 1, runs, seed } = request;
  const canary = withCanary(without, facts, rowsPerPatient);
  const models = Math.min(runs, runsForReleases(params["epsilon"] as number));
  const rng = createRng(seed).fork("runs");
  const all = 2 * runs + models;
  let done = 0;
  let refused = 0;
  const pulse = pulseOf(cancelled);
  const run = async (table: Table, watched?: WatchedRow): Promise<Released> => {
    const guarantee = { public: facts, rowsPerPatient, noise, ...(watched && { watched }) };
    const options = { previewRows: 0, previewEvery: Infinity, guarantee };
    const made = await fitted(synthesizer, table, params, rng.fork(String(done)), options, pulse);
    done++;
    if ("refused" in made && ++refused >= REFUSED_AT_MOST && refused === done) throw made.refused;
    onProgress?.(done / all);
    return made;
  };
  const looking = async (counted: boolean): Promise<{ made: Released; seen: Observation[] }> => {
    const seen: Observation[] = [];
    const watched = { row: canary.row, counted, told: (one: Observation) => void seen.push(one) };
    return { made: await run(canary.table, watched), seen };
  };
  const looked = { without: [] as Looked[], having: [] as Looked[] };
  const told = { without: [] as Told[], having: [] as Told[] };
  let answers = 0;
  let stride: number | undefined;
  for (let i = 0; i < runs; i++) {
    const having = await looking(true);
    const unseen = await looking(false);
    answers = Math.max(answers, having.seen.length);
    keep(looked.having, lookAt(having.seen));
    keep(looked.without, lookAt(unseen.seen));
    if (i >= models) continue;
    stride ??= strideFor(givenAway(having.made));
    told.having.push(toldBy(givenAway(having.made), stride));
    told.without.push(toldBy(givenAway(await run(without)), stride));
  }
  return { answers, looked, told };
}

function keep(looked: Looked[], one: Looked | undefined): void {
  if (one !== undefined) looked.push(one);
}

/** Of methods that train, where thousands of runs would take hours: one run, with as many canaries as runs were asked for. */
async function guessOnce(
  synthesizer: Synthesizer,
  coins: CoinTable,
  params: Params,
  { public: facts, rowsPerPatient = 1, seed }: AuditRequest,
  { noise = cryptographicNoise(), onProgress, cancelled }: AuditSettings,
): Promise<Guesses> {
  const pulse = pulseOf(cancelled);
  const options = {
    previewRows: 0,
    previewEvery: Infinity,
    guarantee: { public: facts, rowsPerPatient, noise },
  };
  const rng = createRng(seed).fork("one run");
  const made = await fitted(synthesizer, coins.table, params, rng, options, pulse, onProgress);
  if ("refused" in made) throw made.refused;
  const guesses = await guessesOf(synthesizer, made, coins, pulse);
  onProgress?.(1);
  return guesses;
}

const pulseOf = (cancelled: AuditSettings["cancelled"]) => async (): Promise<void> => {
  if (cancelled?.() === true) throw new FaultError({ code: "cancelled" });
  await breathe();
};

/** What a run gives away: its model, or that it made none. */
type Released = Artifact | { readonly refused: FaultError };

/** Of a refusal the words say more than whoever gets a model is told. */
const givenAway = (made: Released): unknown =>
  "refused" in made ? { refused: true } : { state: made.state, tensors: made.tensors };

async function fitted(
  synthesizer: Synthesizer,
  table: Table,
  params: Params,
  rng: Rng,
  options: FitOptions,
  pulse: () => Promise<void>,
  onProgress?: (fraction: number) => void,
): Promise<Released> {
  const steps: AsyncIterator<Progress, Model, void> = synthesizer.fit(table, params, rng, options);
  try {
    for (;;) {
      await pulse();
      const next = await steps.next();
      if (next.done !== true) {
        onProgress?.(next.value.fraction);
        continue;
      }
      const artifact = await next.value.save();
      next.value.dispose();
      return artifact;
    }
  } catch (error) {
    // Whether a method finds too few patients by its noisy count is one of its answers.
    if (error instanceof FaultError && error.fault.code === "guarantee-refused") return { refused: error };
    throw error;
  } finally {
    await steps.return?.();
  }
}
