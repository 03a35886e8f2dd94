import { FaultError } from "../../fault.ts";
import { withholding } from "../../codec/columns/withheld.ts";
import { createRng } from "../../math/rng.ts";
import { currentDevice, openDevice } from "../../nn/device.ts";
import { findSynthesizer, resolveParams } from "../../synthesizers/registry.ts";
import type { FitOptions, Synthesizer } from "../../synthesizers/synthesizer.ts";
import { givenAway, givenAwayWords } from "../../table/profile/given-away.ts";
import { withPatients } from "../../table/split.ts";
import { withSharedLabels } from "../../table/shared-labels.ts";
import { withSharedLimits } from "../../table/shared-limits.ts";
import { takeRows, type Table } from "../../table/table.ts";
import type { RunFacts } from "../../report/report.ts";
import { artifactToContinue, continuedNotice } from "./continue-from.ts";
import { readRules, ruleTexts } from "../rules/keep-rules.ts";
import { fillings, leftOutNotice } from "../left-out.ts";
import { courseFacts } from "../course-facts.ts";
import {
  LEAST_ROWS,
  type Fit,
  type FitGiven,
  type FitListener,
  type FitRequest,
  type FitSettings,
  type FittedRun,
  type Wish,
} from "./fit-request.ts";
import { learn } from "./learn.ts";
import { createLiveWatch } from "./live-watch.ts";
import { fitPrivately } from "./private-fit.ts";
import { askedRows, trainingRows } from "./training-rows.ts";

const PREVIEW_EVERY = 1000;

/** Splits `table`, opens the device and fits; the split comes before anything is learned from the table. */
export function startFit(
  table: Table,
  request: FitRequest,
  settings: FitSettings,
  listener: FitListener = {},
): Fit {
  const wish: Wish = { paused: false, ending: "no", wake: () => {} };
  const paused = (on: boolean): void => {
    if (wish.paused === on) return;
    wish.paused = on;
    listener.onPaused?.(on);
    if (!on) wish.wake();
  };
  return {
    done: fit(table, request, settings, listener, wish),
    pause: () => paused(true),
    resume: () => paused(false),
    cancel: (keep) => {
      wish.ending = keep && wish.ending !== "drop" ? "keep" : "drop";
      wish.paused = false;
      wish.wake();
    },
  };
}

/** A fit of a method with a guarantee goes by another way, on which nothing is read from the table but by the method itself. */
async function fit(
  source: Table,
  request: FitRequest,
  settings: FitSettings,
  listener: FitListener,
  wish: Wish,
): Promise<FittedRun> {
  const synthesizer = (settings.find ?? findSynthesizer)(request.synthesizer);
  const given = { request, settings, listener, wish };
  return synthesizer.guarantee === true
    ? fitPrivately(source, synthesizer, given)
    : fitOpenly(source, synthesizer, given);
}

async function fitOpenly(
  source: Table,
  synthesizer: Synthesizer,
  { request, settings, listener, wish }: FitGiven,
): Promise<FittedRun> {
  const table = { ...source, schema: withSharedLabels(withSharedLimits(withPatients(source))).schema };
  const params = resolveParams(synthesizer, request.params);
  if (table.rows < LEAST_ROWS)
    throw new FaultError({ code: "too-few-rows", rows: table.rows, needed: LEAST_ROWS });
  const { learned, split, train } = trainingRows(table, request.holdout);
  if (learned.columns.length === 0) throw new FaultError({ code: "no-columns-to-learn" });
  const from = request.from && artifactToContinue(request.from, synthesizer, learned);
  const asked = request.rules && (await readRules(request.rules, askedRows(table, request.holdout)));
  const opened = await openDevice(request.device, settings);
  listener.onDevice?.(opened);

  const notices: string[] = [];
  const onNotice = (notice: string): void => {
    notices.push(notice);
    listener.onNotice?.(notice);
  };
  if (request.from) onNotice(continuedNotice(request.from));
  const leftOut = leftOutNotice(table);
  if (leftOut !== undefined) onNotice(leftOut);
  const options: FitOptions = {
    previewRows: settings.previewRows,
    previewEvery: PREVIEW_EVERY,
    enough: () => wish.ending === "keep",
    ...(from && { from }),
    ...asked,
  };
  const steps = synthesizer.fit(train, params, createRng(request.seed), options);
  const known = withholding(train);
  const shown = known.apply(train);
  const held = known.apply(takeRows(learned, split.holdout));
  const gives = givenAwayWords(await givenAway(shown));
  if (gives !== undefined) onNotice(gives);
  const watch = createLiveWatch(shown, held, createRng(request.seed).fork("live watch"), settings.lookEvery);
  const watched = { watch, stops: request.stopWhenNearer === true };
  const { artifact, seconds, endedEarly, overTime } = await learn(
    synthesizer,
    steps,
    shown,
    { ...listener, onNotice },
    wish,
    watched,
  );
  const device = currentDevice() ?? opened;
  const kept = ruleTexts(artifact);
  if ((asked?.rules.length ?? 0) > 0 && kept.length === 0)
    onNotice(`${synthesizer.name} keeps no rule: its rows may break those that are on.`);
  const facts: RunFacts = {
    table: table.name,
    synthesizer: synthesizer.id,
    synthesizerName: synthesizer.name,
    params,
    seed: request.seed,
    device: device.got,
    seconds,
    learned: { rows: train.rows, ...(overTime && { patients: patientsIn(train) }) },
    finishedAt: new Date().toISOString(),
    ...(endedEarly && { endedEarly }),
    ...(notices.length > 0 && { notices }),
    ...(kept.length > 0 && { rules: kept }),
  };
  const courses = overTime ? courseFacts(takeRows(withPatients(table), split.train)) : undefined;
  const model = { artifact, schema: table.schema, filling: fillings(table), facts };
  return { model: { ...model, ...(courses && { courses }) }, split, device };
}

const patientsIn = ({ patients, rows }: Table): number =>
  patients === undefined ? rows : new Set(patients).size;
