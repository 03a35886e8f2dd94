import { FaultError } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import { createRng } from "../../math/rng.ts";
import type { DeviceOptions } from "../../nn/device.ts";
import type { Params } from "../../synthesizers/synthesizer.ts";
import { findSynthesizer } from "../../synthesizers/registry.ts";
import { columnNames } from "../../metrics/measuring/bounds.ts";
import { withPatients, type Split } from "../../table/split.ts";
import { selectColumns, takeRows, type Table } from "../../table/table.ts";
import type { Report } from "../../report/report.ts";
import { evaluatedOf } from "../evaluate/evaluate-model.ts";
import type { FitRequest } from "../fit/fit-request.ts";
import { startFit } from "../fit/fit-run.ts";
import { learnedTable } from "../left-out.ts";
import type { TrainedModel } from "../model-file/model-file.ts";
import { sampleLearned } from "../sample/sample.ts";
import {
  LEAST_SHADOWS,
  MOST_SHADOWS,
  shadowAttack,
  type ShadowAttack,
  type Trained,
} from "./shadow-attack.ts";
import { withAttacks } from "./with-attacks.ts";

export interface AttackOptions extends DeviceOptions {
  /** how many models are trained: an even number from 6 to 64 */
  readonly shadows: number;
  readonly onProgress?: (fraction: number) => void;
  readonly cancelled?: () => boolean;
}

/**
 * `report` with the shadow-model attack on `model` beside its measures. `split` is that of the run. Same model and number of
 * shadows, same figures on one device. Rejects with FaultError; with `cancelled` when it is no longer wanted.
 */
export async function attackModel(
  table: Table,
  split: Split,
  model: TrainedModel,
  report: Report,
  options: AttackOptions,
): Promise<Report> {
  const learned = learnedTable(table);
  const [train, holdout] = [takeRows(learned, split.train), takeRows(learned, split.holdout)];
  const wanted = evaluatedOf(model, train);
  const { artifact, facts } = model;
  const own = facts.guarantee && {
    public: facts.guarantee.public,
    rowsPerPatient: facts.guarantee.rowsPerPatient,
  };
  const { synthesizer, params } = artifact;
  const method = { synthesizer, params, name: facts.synthesizerName, ...(own && { guarantee: own }) };
  const tables = { train, holdout, synthetic: await sampleLearned(model, wanted, facts.seed) };
  return attacked(tables, trainedOf(model, tables.synthetic), method, facts.seed, report, options);
}

/**
 * As `attackModel` for a synthetic table that was made elsewhere: the shadow models are of a method of the lab, since that of
 * the table is not known. Tables as `evaluateTables` takes them.
 */
export function attackTable(
  { train, holdout, synthetic }: { train: Table; holdout: Table; synthetic: Table },
  synthesizer: string,
  seed: number,
  report: Report,
  options: AttackOptions,
): Promise<Report> {
  const { name } = findSynthesizer(synthesizer);
  const learned = learnedTable(train);
  const shared = columnNames(learned).filter((name) =>
    [holdout, synthetic].every((table) => columnNames(table).includes(name)),
  );
  const pick = (table: Table): Table =>
    selectColumns(
      withPatients(table),
      shared.map((name) => columnNames(table).indexOf(name)),
    );
  const tables = { train: pick(learned), holdout: pick(holdout), synthetic: pick(synthetic) };
  return attacked(tables, {}, { synthesizer, params: {}, name }, seed, report, options);
}

interface Method {
  readonly synthesizer: string;
  readonly params: Partial<Params>;
  readonly name: string;
  readonly guarantee?: FitRequest["guarantee"];
}

async function attacked(
  tables: { train: Table; holdout: Table; synthetic: Table },
  target: Pick<Trained, "logLikelihoods">,
  method: Method,
  seed: number,
  report: Report,
  options: AttackOptions,
): Promise<Report> {
  const { shadows } = options;
  if (!(shadows >= LEAST_SHADOWS && shadows <= MOST_SHADOWS && shadows % 2 === 0)) {
    const message = `An even number of shadow models is needed, ${LEAST_SHADOWS} to ${MOST_SHADOWS}, not ${shadows}.`;
    throw new FaultError({ code: "bad-use", message });
  }
  const started = performance.now();
  const pulse = async (): Promise<void> => {
    if (options.cancelled?.()) throw new FaultError({ code: "cancelled" });
    await breathe();
  };
  const attack: ShadowAttack = {
    shadows,
    method: method.name,
    train: (half, shadow, told) =>
      trainShadow(half, { ...method, seed: seed + 1 + shadow }, tables.synthetic.rows, told, options),
    ...(options.onProgress && { onProgress: options.onProgress }),
  };
  const found = await shadowAttack(tables, target, attack, createRng(seed).fork("attack"), pulse);
  return withAttacks(report, found, (performance.now() - started) / 1000);
}

async function trainShadow(
  half: Table,
  { synthesizer, params, seed, guarantee }: Method & { readonly seed: number },
  rows: number,
  told: (fraction: number) => void,
  options: AttackOptions,
): Promise<Trained> {
  const settings = { ...options, previewRows: 0 };
  const fit = startFit(
    half,
    { synthesizer, params, seed, device: "wasm", ...(guarantee && { guarantee }) },
    settings,
    {
      onProgress: ({ fraction }) => {
        if (options.cancelled?.()) fit.cancel(false);
        told(fraction);
      },
    },
  );
  const { model } = await fit.done;
  return trainedOf(model, await sampleLearned(model, rows, seed));
}

function trainedOf({ artifact }: TrainedModel, synthetic: Table): Trained {
  const { logLikelihoods } = findSynthesizer(artifact.synthesizer);
  return {
    synthetic,
    ...(logLikelihoods && { logLikelihoods: (rows: Table) => logLikelihoods(artifact, rows) }),
  };
}
