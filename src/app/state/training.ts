/** Settings, and runs started, held, stopped, measured, named and chosen. */
import type { RunView, TrainRequest } from "../../worker/protocol.ts";
import { lab, tell } from "./lab.ts";
import { defaultSettings, type TrainSettings } from "./lab-state.ts";
import { goTo } from "./route.ts";
import { chosenSynthesizer, paramsOf, runUnderWay, seedsFrom } from "./runs.ts";
import { guaranteeFor, limited, whatToConfirm } from "./guarantee/guarantee.ts";
import { chosenRules, showTab, whatToSettle } from "./rules/rules.ts";
import { keepSettings, largestSeed } from "./settings.ts";
import { nextJob, send } from "./worker-link.ts";

export function setSettings(settings: Partial<TrainSettings>): void {
  tell({ type: "page-settings", settings });
  keepSettings(lab.getState().settings);
}

export function setParam(synthesizer: string, name: string, value: number | string | boolean): void {
  const { params } = lab.getState().settings;
  setSettings({ params: { ...params, [synthesizer]: { ...params[synthesizer], [name]: value } } });
}

/** Back to the recommended parameters, seed and device. */
export function resetAdvanced(): void {
  const { params, epsilon } = lab.getState().settings;
  const { [chosenSynthesizer(lab.getState())?.id ?? ""]: _own, ...others } = params;
  setSettings({
    params: others,
    seed: defaultSettings.seed,
    device: defaultSettings.device,
    stopWhenNearer: defaultSettings.stopWhenNearer,
    delta: epsilon === null ? lab.getState().settings.delta : defaultSettings.delta,
    rowsPerPatient: defaultSettings.rowsPerPatient,
  });
}

/** What a run of `synthesizer` starts with: the settings shown, its parameters as the person left them. */
function requestOf(synthesizer: string, seed: number): TrainRequest {
  const { synthesizers, settings } = lab.getState();
  const info = synthesizers.find(({ id }) => id === synthesizer);
  const { device, holdout, stopWhenNearer } = settings;
  const params = info ? paramsOf(info, settings) : {};
  const asked = { synthesizer, params, seed, device, holdout };
  // Rules and an early end would be read from the patients beside the budget.
  if (info?.guarantee === true) return { ...asked, ...guaranteeFor(info) };
  return {
    ...asked,
    ...(stopWhenNearer && { stopWhenNearer }),
    ...chosenRules(lab.getState()),
  };
}

function startRun(request: TrainRequest): string {
  const job = nextJob();
  const run = `run-${Date.now().toString(36)}-${job}`;
  send({ type: "train", job, run, request });
  return run;
}

/** Starts a run with the settings shown, selects it and goes to Train; behind one that is under way it only waits. Returns
 *  its id. One that was told to stop, with the question of keeping it still open, gives way. Rules that cannot all be
 *  kept are shown instead. */
export function train(again?: TrainRequest): string | undefined {
  if (again === undefined && (mustSettle() || mustConfirm())) return undefined;
  const { settings, stopping } = lab.getState();
  const chosen = chosenSynthesizer(lab.getState())?.id ?? settings.synthesizer;
  const request = again ?? requestOf(chosen, settings.seed);
  if (stopping?.answered === false) cancelRun(stopping.run, false);
  const waits = stopping === undefined && runUnderWay(lab.getState()) !== undefined;
  const run = startRun(request);
  if (!waits) tell({ type: "page-select", run });
  goTo("train");
  return run;
}

/**
 * Once more what a closed page has lost, with the rules of the table that is open now: none were written down. One with a
 * guarantee needs what is public to be confirmed anew.
 */
export function trainLost(request: TrainRequest): string | undefined {
  const { synthesizers } = lab.getState();
  const info = synthesizers.find(({ id }) => id === request.synthesizer);
  if (info?.guarantee !== true) return train({ ...request, ...chosenRules(lab.getState()) });
  const { epsilon, delta } = request.params;
  setSettings({
    epsilon: typeof epsilon === "number" ? epsilon : 1,
    delta: typeof delta === "number" ? delta : 0,
    privateSynthesizer: info.id,
    seed: request.seed,
    holdout: request.holdout,
  });
  goTo("train");
  return whatToConfirm(lab.getState()) === undefined ? train() : undefined;
}

/** Shows what must be confirmed before a run with a guarantee, where that is so. */
function mustConfirm(): boolean {
  if (whatToConfirm(lab.getState()) === undefined) return false;
  goTo("train");
  setTimeout(() => document.querySelector<HTMLElement>("[data-confirm-public]")?.focus(), 60);
  return true;
}

/** Shows the rules that must be settled before training, where there are any; a run with a guarantee keeps none. */
function mustSettle(): boolean {
  if (limited(lab.getState()) || whatToSettle(lab.getState()) === undefined) return false;
  goTo("data");
  showTab("rules");
  return true;
}

/** Queues a run of each synthesizer with each of `seeds` seeds, seed after seed, so that all have one first. */
export function trainAll(synthesizers: readonly string[], seeds: number): void {
  if (mustSettle()) return;
  const { settings, stopping } = lab.getState();
  if (stopping?.answered === false) cancelRun(stopping.run, false);
  for (const seed of seedsFrom(settings.seed, seeds)) {
    for (const synthesizer of synthesizers) startRun(requestOf(synthesizer, seed));
  }
  goTo("leaderboard");
}

/** Goes on training from the model of `run` on the open table. */
export function goOnFrom({ run, request }: RunView): void {
  const { seed, device, holdout } = lab.getState().settings;
  const { synthesizer, params } = request;
  train({ synthesizer, params, seed, device, holdout, from: run, ...chosenRules(lab.getState()) });
}

/** A run that waits becomes the next. */
export const trainNext = (run: string): void => send({ type: "run-next", run });

/** A run that waits leaves the queue and the list. */
export const takeOut = (run: string): void => deleteRun(run);

export function emptyQueue(): void {
  for (const run of lab.getState().queue) takeOut(run);
}

/** Asks what runs would take with the settings shown. */
export function askEstimates(): void {
  const { table, synthesizers, settings } = lab.getState();
  if (table === null) return;
  const params = Object.fromEntries(synthesizers.map((info) => [info.id, paramsOf(info, settings)]));
  const { device, holdout } = settings;
  send({ type: "estimate", job: nextJob(), device, share: holdout.share, params });
}

export function newSeed(): number {
  return ((lab.getState().settings.seed * 48_271) % largestSeed) + 1;
}

export const pause = (run: string): void => send({ type: "pause", run });

/** Goes on with a paused run, also with one that was told to stop. */
export function resume(run: string): void {
  tell({ type: "page-stopping", stopping: undefined });
  send({ type: "resume", run });
}

export function togglePause(): void {
  const run = runUnderWay(lab.getState());
  if (run?.state === "running") pause(run.run);
  else if (run?.state === "paused") resume(run.run);
}

/** Training holds still at once; whether to keep what is learned is asked beside it. Measuring just ends. */
export function stopRun(run: string): void {
  if (lab.getState().runs.find((r) => r.run === run)?.state === "evaluating") cancelRun(run, true);
  else {
    pause(run);
    tell({ type: "page-stopping", stopping: { run, answered: false } });
  }
}

/** keep: the model as it is now becomes the run's, and is measured. */
export function cancelRun(run: string, keep: boolean): void {
  const { stopping } = lab.getState();
  if (stopping?.run === run) tell({ type: "page-stopping", stopping: { run, answered: true } });
  send({ type: "cancel-run", run, keep });
}

export const renameRun = (run: string, name: string): void => send({ type: "rename-run", run, name });
export const deleteRun = (run: string): void => send({ type: "delete-run", run });

export function evaluate(run: string): void {
  send({ type: "evaluate", job: nextJob(), run });
}

export const selectRun = (run: string): void => tell({ type: "page-select", run });

export function toggleCompared(run: string): void {
  const { compared, selected } = lab.getState();
  if (selected === run) return;
  const runs = compared.includes(run) ? compared.filter((r) => r !== run) : [...compared, run];
  tell({ type: "page-compare", runs });
}
