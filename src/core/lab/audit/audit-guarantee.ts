import { FaultError } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import { createRng, type Rng } from "../../math/rng.ts";
import { withCanary } from "../../private/audit/canary.ts";
import { lookAt, type Looked } from "../../private/audit/mean-difference.ts";
import { strideFor, toldBy, type Told } from "../../private/audit/released-difference.ts";
import { standIn } from "../../private/audit/stand-in.ts";
import { cryptographicNoise, type NoiseSource } from "../../private/noise/noise-source.ts";
import { publicFacts } from "../../private/public/known-facts.ts";
import type { Observation, WatchedRow } from "../../private/rows/private-rows.ts";
import { offeredDelta } from "../../synthesizers/private/open-private.ts";
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
import { privateTrain, unitsOf } from "../guarantee/private-train.ts";
import { judgeAudit, runsForReleases, type Collected } from "./judge-audit.ts";
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
  const collected = await collect(synthesizer, without, params, { ...request, public: facts }, settings);
  return judgeAudit(collected, {
    synthesizer: synthesizer.id,
    name: synthesizer.name,
    epsilon: params["epsilon"] as number,
    delta,
    unit: without.patients === undefined ? "row" : "patient",
    on: request.on,
    rows: without.rows,
    runs: request.runs,
    noise: settings.noise?.kind ?? "cryptographic",
    seconds: (performance.now() - started) / 1000,
  });
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
  const pulse = async (): Promise<void> => {
    if (cancelled?.() === true) throw new FaultError({ code: "cancelled" });
    await breathe();
  };
  const run = async (table: Table, watched?: WatchedRow): Promise<Artifact> => {
    const guarantee = { public: facts, rowsPerPatient, noise, ...(watched && { watched }) };
    const options = { previewRows: 0, previewEvery: Infinity, guarantee };
    const artifact = await fitted(synthesizer, table, params, rng.fork(String(done)), options, pulse);
    done++;
    onProgress?.(done / all);
    return artifact;
  };
  const looking = async (counted: boolean): Promise<{ artifact: Artifact; seen: Observation[] }> => {
    const seen: Observation[] = [];
    const watched = { row: canary.row, counted, told: (one: Observation) => void seen.push(one) };
    return { artifact: await run(canary.table, watched), seen };
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
    stride ??= strideFor(released(having.artifact));
    told.having.push(toldBy(released(having.artifact), stride));
    told.without.push(toldBy(released(await run(without)), stride));
  }
  return { answers, looked, told };
}

function keep(looked: Looked[], one: Looked | undefined): void {
  if (one !== undefined) looked.push(one);
}

const released = ({ state, tensors }: Artifact): unknown => ({ state, tensors });

async function fitted(
  synthesizer: Synthesizer,
  table: Table,
  params: Params,
  rng: Rng,
  options: FitOptions,
  pulse: () => Promise<void>,
): Promise<Artifact> {
  const steps: AsyncIterator<Progress, Model, void> = synthesizer.fit(table, params, rng, options);
  try {
    for (;;) {
      await pulse();
      const next = await steps.next();
      if (next.done !== true) continue;
      const artifact = await next.value.save();
      next.value.dispose();
      return artifact;
    }
  } finally {
    await steps.return?.();
  }
}
