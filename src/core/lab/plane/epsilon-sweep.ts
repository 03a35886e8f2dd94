import { FaultError, type Fault } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import { createRng } from "../../math/rng.ts";
import { differenceInterval, meanInterval } from "../../math/mean-interval.ts";
import type { Measurement, Metric } from "../../metrics/metric.ts";
import { metrics as allMetrics } from "../../metrics/registry.ts";
import type { DeviceOptions } from "../../nn/device.ts";
import type { PlaneUse, Sweep, SweepFigure, SweepStep, SweepStop } from "../../report/plane.ts";
import type { Report } from "../../report/report.ts";
import { findSynthesizer, synthesizers } from "../../synthesizers/registry.ts";
import { offeredDelta } from "../../synthesizers/private/open-private.ts";
import type { Synthesizer } from "../../synthesizers/synthesizer.ts";
import type { Table } from "../../table/table.ts";
import { evaluatedOf } from "../evaluate/evaluate-model.ts";
import { measureOne } from "../evaluate/measure-each.ts";
import type { FitRequest } from "../fit/fit-request.ts";
import { startFit } from "../fit/fit-run.ts";
import { runSplit } from "../fit/training-rows.ts";
import { sampleLearned } from "../sample/sample.ts";
import { publicFacts } from "../../private/public/known-facts.ts";
import { NOTHING_PUBLIC } from "../../private/public/public-facts.ts";
import { advantageLimit, isAttack, largestAdvantage } from "./advantage.ts";
import { figuresOf, usedBy } from "./measure-use.ts";
import { realTables } from "./plane-tables.ts";
import { runPoint, type PlaneRun } from "./risk-and-use.ts";

export interface SweepRequest {
  readonly table: Table;
  readonly holdout: { readonly share: number; readonly seed: number };
  /** the run it is asked of: its report says which attacks and which use could be measured */
  readonly shown: { readonly id: string; readonly report: Pick<Report, "metrics" | "target"> };
  /** a method with a guarantee; left out: the one that is recommended */
  readonly synthesizer?: string;
  /** 0.3, 1, 3, 10 unless said */
  readonly epsilons?: readonly number[];
  /** runs at each epsilon, 2 to 20; 5 unless said */
  readonly seeds?: number;
  /** what is public, as for a run with a guarantee; left out: clinical ranges and what else is known by names */
  readonly guarantee?: FitRequest["guarantee"];
  /** the run without a guarantee that the stops stand beside, where there is one */
  readonly off?: PlaneRun;
}

export interface SweepOptions extends DeviceOptions {
  readonly metrics?: readonly Metric[];
  readonly onProgress?: (fraction: number) => void;
  readonly cancelled?: () => boolean;
  /** where synthesizers are looked up: the registry unless another place is given */
  readonly find?: (id: string) => Synthesizer;
}

export const SWEEP_EPSILONS: readonly number[] = [0.3, 1, 3, 10];
export const SWEEP_SEEDS = 5;
/** Fewer say nothing of what differs between runs. */
const LEAST_RUNS = 2;
/** Taken in this order where no method is asked for. */
const RECOMMENDED = ["dp-auto", "dp-target", "dp-marginals"] as const;

/**
 * What each epsilon costs: at every stop as many runs as `seeds` on the training rows, each measured by the models and the
 * attacks of the shown run's report. No model is kept, so that nothing is spent. The noise is fresh every time: asked
 * again, figures differ within their intervals. Rejects with FaultError; `guarantee-refused` where no method has one.
 */
export async function epsilonSweep(request: SweepRequest, options: SweepOptions): Promise<Sweep> {
  const { table, holdout, shown, epsilons = SWEEP_EPSILONS, seeds = SWEEP_SEEDS } = request;
  const started = performance.now();
  const declared = request.guarantee?.public ?? NOTHING_PUBLIC;
  const guarantee = { ...request.guarantee, public: publicFacts(table.schema, declared).facts };
  const id = request.synthesizer ?? recommended();
  const use = usedBy(shown.report);
  const find = options.find ?? findSynthesizer;
  const real = realTables(table, runSplit(table, { synthesizer: id, holdout }, find));
  const patients = patientsOf(real.train);
  const stops: SweepStop[] = [];
  for (const [at, epsilon] of epsilons.entries()) {
    const runs: Measured[] = [];
    let refusal: Refusal | undefined;
    for (let seed = 0; seed < seeds; seed++) {
      const one = { id, epsilon, seed: 1 + seed, use, real };
      const run = await measuredRun({ ...request, guarantee }, one, options).catch(refusedHere);
      if ("reason" in run) refusal = run;
      else runs.push(run);
      options.onProgress?.((at * seeds + seed + 1) / (epsilons.length * seeds));
    }
    const enough = runs.length >= LEAST_RUNS ? runs : [];
    stops.push({
      ...stopOf(epsilon, enough, offeredDelta(patients)),
      ...(refusal && enough.length === 0 && { refused: refusal.reason }),
    });
    if (refusal && at === epsilons.length - 1 && stops.every(({ refused }) => refused !== undefined))
      throw new FaultError(refusal);
  }
  const realUse = use && figuresOf(use, shown.report.metrics).real;
  const off = request.off && runPoint(request.off, use);
  return {
    run: shown.id,
    synthesizer: find(id).name,
    seeds,
    seconds: (performance.now() - started) / 1000,
    ...(use && { use }),
    stops,
    limits: limitsOf(epsilons, stops[0]?.delta ?? 0),
    steps: stepsOf(stops),
    ...(realUse && { real: realUse }),
    ...(off && { off }),
    patients,
  };
}

function recommended(): string {
  const known = synthesizers.filter(({ guarantee }) => guarantee === true).map((one) => one.id);
  const id = RECOMMENDED.find((one) => known.includes(one)) ?? known[0];
  if (id !== undefined) return id;
  throw new FaultError({
    code: "guarantee-refused",
    reason: "There is no method with a guarantee here.",
    remedy: "Use a version of Semblance that has one.",
  });
}

const patientsOf = ({ rows, patients }: Table): number =>
  patients === undefined ? rows : new Set(patients).size;

type Refusal = Extract<Fault, { code: "guarantee-refused" }>;

/** What is left of a run that cannot be given a guarantee at its epsilon; throws whatever else went wrong. */
function refusedHere(error: unknown): Refusal {
  if (error instanceof FaultError && error.fault.code === "guarantee-refused") return error.fault;
  throw error;
}

interface Measured {
  readonly use?: number;
  readonly risk?: number;
  readonly delta?: number;
}

interface One {
  readonly id: string;
  readonly epsilon: number;
  readonly seed: number;
  readonly use: PlaneUse | undefined;
  readonly real: { readonly train: Table; readonly holdout: Table };
}

/** One run at one epsilon, trained, sampled, measured and forgotten. */
async function measuredRun(request: SweepRequest, one: One, options: SweepOptions): Promise<Measured> {
  const { table, holdout, shown, guarantee } = request;
  const pulse = async (): Promise<void> => {
    if (options.cancelled?.()) throw new FaultError({ code: "cancelled" });
    await breathe();
  };
  await pulse();
  const asked: FitRequest = {
    synthesizer: one.id,
    params: { epsilon: one.epsilon },
    seed: one.seed,
    device: "wasm",
    holdout,
    ...(guarantee && { guarantee }),
  };
  const fit = startFit(
    table,
    asked,
    { ...options, previewRows: 0 },
    {
      onProgress: () => {
        if (options.cancelled?.()) fit.cancel(false);
      },
    },
  );
  const { model } = await fit.done;
  const synthetic = await sampleLearned(model, evaluatedOf(model, one.real.train), one.seed);
  const judges = (options.metrics ?? allMetrics).filter((metric) =>
    measuredIn(shown.report, metric, one.use),
  );
  const rng = createRng(one.seed).fork("sweep");
  const rows: { info: Metric; result: Measurement }[] = [];
  for (const metric of judges) {
    const { result } = await measureOne(valueOnly(metric), { ...one.real, synthetic }, rng, pulse);
    rows.push({ info: metric, result });
  }
  const use = one.use && figuresOf(one.use, rows).own?.value;
  const risk = largestAdvantage(rows)?.value;
  const delta = model.facts.guarantee?.delta;
  return {
    ...(use !== undefined && { use }),
    ...(risk !== undefined && { risk }),
    ...(delta !== undefined && { delta }),
  };
}

/** Whether the shown run was measured by it, as an attack or for its use. */
const measuredIn = (report: Pick<Report, "metrics">, metric: Metric, use: PlaneUse | undefined): boolean =>
  (isAttack(metric) || metric.id === use?.metric) &&
  report.metrics.some(({ info, result }) => info.id === metric.id && result.status === "ok");

/** Without the resamples, which the seeds take the place of; of attacks by rates the control rate is needed too. */
const valueOnly = (metric: Metric): Metric =>
  metric.attack === true
    ? metric
    : { ...metric, compute: (tables, rng, pulse) => metric.compute(tables, rng, pulse, true) };

function stopOf(epsilon: number, runs: readonly Measured[], offered: number): SweepStop {
  const delta = runs.find((run) => run.delta !== undefined)?.delta ?? offered;
  const [use, risk] = [
    sweepFigure(runs.flatMap((run) => run.use ?? [])),
    sweepFigure(runs.flatMap((run) => run.risk ?? [])),
  ];
  return {
    epsilon,
    delta,
    limit: advantageLimit(epsilon, delta),
    ...(use && { use }),
    ...(risk && { risk: { ...risk, interval: withinShares(risk.interval) } }),
  };
}

/** What epsilon limits an attack to, at 60 places evenly spaced by their logarithm. */
function limitsOf(epsilons: readonly number[], delta: number): Sweep["limits"] {
  const [least, most] = [Math.min(...epsilons) / 1.5, Math.max(...epsilons) * 1.5];
  return Array.from({ length: 60 }, (_, i) => {
    const epsilon = least * (most / least) ** (i / 59);
    return { epsilon, limit: advantageLimit(epsilon, delta) };
  });
}

function stepsOf(stops: readonly SweepStop[]): SweepStep[] {
  return stops.slice(1).flatMap((stop, at) => {
    const before = stops[at] as SweepStop;
    const difference = differenceInterval(stop.use?.values ?? [], before.use?.values ?? []);
    return difference === undefined ? [] : [{ from: before.epsilon, to: stop.epsilon, difference }];
  });
}

const sweepFigure = (values: readonly number[]): SweepFigure | undefined =>
  values.length === 0 ? undefined : { ...meanInterval(values), values };

const withinShares = ({ low, high }: SweepFigure["interval"]): SweepFigure["interval"] => ({
  low: Math.max(0, low),
  high: Math.min(1, high),
});
