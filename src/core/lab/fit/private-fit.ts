import { FaultError } from "../../fault.ts";
import { createRng } from "../../math/rng.ts";
import { currentDevice, openDevice } from "../../nn/device.ts";
import { epsilonOfSpends } from "../../private/accounting/total-spent.ts";
import type { Guarantee } from "../../private/guarantee.ts";
import type { RunFacts } from "../../report/report.ts";
import { offeredDelta, unitsOf } from "../../synthesizers/private/open-private.ts";
import { resolveParams } from "../../synthesizers/registry.ts";
import type { Artifact, FitOptions, Params, Synthesizer } from "../../synthesizers/synthesizer.ts";
import type { Table } from "../../table/table.ts";
import { isPrivate, NOT_PRIVATE } from "../../words/privacy-limit.ts";
import { clinicalFacts } from "../../private/public/known-facts.ts";
import { withWrittenWords } from "../../private/public/written-words.ts";
import { guaranteeIn } from "../guarantee/guarantee-in.ts";
import { fewWords, LEAST_UNITS } from "../guarantee/offer-of.ts";
import { privateTrain } from "../guarantee/private-train.ts";
import { checkPublicFacts } from "../guarantee/public-file.ts";
import { publicSchema } from "../../synthesizers/private/noisy-columns/public-schema.ts";
import { publicFillings } from "../guarantee/public-fillings.ts";
import { LEAST_ROWS, type FitGiven, type FitRequest, type FittedRun } from "./fit-request.ts";
import { learn } from "./learn.ts";

const PREVIEW_EVERY = 1000;
/** What a sum of noise may be off by when it is rounded. */
const ROUNDING = 1e-6;
const MOST_ROWS_PER_PATIENT = 1000;

const refused = (reason: string, remedy: string): FaultError =>
  new FaultError({ code: "guarantee-refused", reason, remedy });

/**
 * Fits a method with a guarantee. The patients are read by the method alone, through its budget: the split is by coins, no
 * preview, live look, rule, level, limit or notice comes from the cells, and what the run says of itself is public or
 * noisy. Rejects with FaultError `guarantee-refused` where none can be given.
 */
export async function fitPrivately(
  source: Table,
  synthesizer: Synthesizer,
  { request, settings, listener, wish }: FitGiven,
): Promise<FittedRun> {
  refuseWhatReads(request);
  const { split, train } = privateTrain(source, request.holdout);
  if (train.columns.length === 0) throw new FaultError({ code: "no-columns-to-learn" });
  const units = unitsOf(train);
  if (units < LEAST_ROWS) throw new FaultError({ code: "too-few-rows", rows: units, needed: LEAST_ROWS });
  const params = withDelta(resolveParams(synthesizer, request.params), units, train);
  const facts = withWrittenWords(request.guarantee?.public ?? clinicalFacts(train.schema), train);
  checkPublicFacts(facts, train.schema);
  const opened = await openDevice(request.device, settings);
  listener.onDevice?.(opened);

  const notices: string[] = [];
  const onNotice = (notice: string): void => {
    notices.push(notice);
    listener.onNotice?.(notice);
  };
  const { rowsPerPatient, noise } = request.guarantee ?? {};
  const options: FitOptions = {
    previewRows: 0,
    previewEvery: PREVIEW_EVERY,
    enough: () => wish.ending === "keep",
    guarantee: { public: facts, ...(rowsPerPatient && { rowsPerPatient }), ...(noise && { noise }) },
  };
  const { name, rows, columns, patients } = train;
  const bare = {
    name,
    rows,
    columns,
    schema: publicSchema(train.schema, facts),
    ...(patients && { patients }),
  };
  const steps = synthesizer.fit(bare, params, createRng(request.seed), options);
  const unwatched = { watch: undefined, stops: false };
  const learned = await learn(synthesizer, steps, bare, { ...listener, onNotice }, wish, unwatched);
  const { artifact, seconds, endedEarly } = learned;
  const guarantee = checkedGuarantee(artifact);
  for (const notice of noticesOf(guarantee, request, synthesizer)) onNotice(notice);
  const device = currentDevice() ?? opened;
  const run: RunFacts = {
    table: source.name,
    synthesizer: synthesizer.id,
    synthesizerName: synthesizer.name,
    params,
    seed: request.seed,
    device: device.got,
    seconds: roundedUp(seconds),
    learned: { rows: guarantee.rows },
    finishedAt: new Date().toISOString(),
    ...(endedEarly && { endedEarly }),
    ...(notices.length > 0 && { notices }),
    guarantee,
  };
  const schema = publicSchema(source.schema, facts);
  return { model: { artifact, schema, filling: publicFillings(source), facts: run }, split, device };
}

/** Throws FaultError `guarantee-refused` for what would read patients outside the budget. */
function refuseWhatReads({ from, stopWhenNearer, guarantee }: FitRequest): void {
  if (from !== undefined)
    throw refused(
      "Training cannot go on from a saved model under a guarantee: what that model knows was not paid for from this budget.",
      "Train a new model.",
    );
  if (stopWhenNearer === true)
    throw refused(
      "Stopping when rows come too close looks at real patients during training, which the guarantee does not cover.",
      "Switch it off: under a guarantee it is not needed.",
    );
  const rows = guarantee?.rowsPerPatient ?? 1;
  if (!Number.isInteger(rows) || rows < 1 || rows > MOST_ROWS_PER_PATIENT)
    throw refused(
      `${rows} rows of each patient cannot count.`,
      `Give a whole number from 1 to ${MOST_ROWS_PER_PATIENT}; 1 needs the least noise.`,
    );
}

/** The settings with a delta: the one that is offered where a person set none. Throws FaultError `guarantee-refused` above 1/n. */
function withDelta(params: Params, units: number, { patients }: Table): Params {
  const own = Number(params["delta"] ?? 0);
  if (own > 1 / units)
    throw refused(
      `Delta ${own} is more than 1 in ${units}: with so large a probability a method may give away one ${patients ? "patient" : "row"} whole and still keep its promise.`,
      `Take ${offeredDelta(units)}, which is offered, or less; 0 takes it.`,
    );
  return { ...params, delta: own === 0 ? offeredDelta(units) : own };
}

/** What the model says of its guarantee. Throws where it does not add up: a mistake in a method, never a person's. */
function checkedGuarantee(artifact: Artifact): Guarantee {
  const guarantee = guaranteeIn(artifact);
  if (guarantee === undefined) throw new Error(`${artifact.synthesizer} does not say what it guarantees.`);
  const { spent, epsilon, delta } = guarantee;
  const came = epsilonOfSpends(spent, delta);
  if (!(came <= epsilon * (1 + ROUNDING)))
    throw new Error(`${artifact.synthesizer} spent epsilon ${came} of ${epsilon}.`);
  return guarantee;
}

/** What stays with the run; each from the guarantee, which is noisy, or from the request. */
function noticesOf(guarantee: Guarantee, { rules = [] }: FitRequest, { name }: Synthesizer): string[] {
  const own = rules.some(({ on, by }) => on && by === "person");
  return [
    ...(isPrivate(guarantee) ? [] : [NOT_PRIVATE]),
    ...(guarantee.rows < LEAST_UNITS && guarantee.epsilon <= 1
      ? [fewWords(guarantee.rows, guarantee.unit)]
      : []),
    ...(own ? [`${name} keeps no rule: its rows may break those that are on.`] : []),
  ];
}

const NICE = [1, 2, 5];

/** Seconds rounded up to 1, 2, 5, 10, 20, 50 ...: how long a fit took depends on the patients, and must tell little of them. */
export function roundedUp(seconds: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, seconds)));
  return power * (NICE.find((nice) => seconds <= nice * power) ?? 10);
}
