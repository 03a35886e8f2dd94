/** How messages about runs change what the page knows of them. Pure, as `fold` is. */
import type { Event as LabEvent, RunProgress, RunView } from "../../worker/protocol.ts";
import type { Report } from "../../core/report/report.ts";
import { LOSS_POINTS, type LabState, type LossPoint, type Making, type RunLive } from "./lab-state.ts";

export const underWay = ({ state }: RunView): boolean =>
  state === "running" || state === "paused" || state === "evaluating";

/** It can be shown: it has a model, or a report without one. */
export const leftSomething = ({ hasModel, report }: RunView): boolean => hasModel || report !== undefined;

export function withRun(state: LabState, run: RunView): LabState {
  const known = state.runs.some((r) => r.run === run.run);
  const runs = known
    ? state.runs.map((r) => (r.run === run.run ? run : r))
    : [...state.runs, run].sort((a, b) => a.number - b.number);
  const before = state.live[run.run];
  const live =
    underWay(run) || before === undefined ? state.live : { ...state.live, [run.run]: settled(before) };
  const held = state.stopping?.run === run.run && run.state !== "running" && run.state !== "paused";
  return {
    ...state,
    runs,
    live,
    stopping: held ? undefined : state.stopping,
    selected: state.selected ?? (state.restored && leftSomething(run) ? run.run : undefined),
  };
}

function settled(live: RunLive): RunLive {
  const { evaluating: _over, ...rest } = live;
  return rest;
}

export function withoutRun(state: LabState, run: string): LabState {
  const { [run]: _gone, ...live } = state.live;
  const { [run]: _unasked, ...fields } = state.fields;
  const { [run]: _unseen, ...exposed } = state.exposed;
  const runs = state.runs.filter((r) => r.run !== run);
  const last = (runs.find(underWay) ?? runs.findLast(leftSomething))?.run;
  return {
    ...state,
    runs,
    live,
    fields,
    exposed,
    stopping: state.stopping?.run === run ? undefined : state.stopping,
    selected: state.selected === run ? last : state.selected,
    compared: state.compared.filter((r) => r !== run),
    sample: state.sample?.run === run ? undefined : state.sample,
  };
}

/** Adds a point; when there are too many, every second one goes, so that the curve keeps its shape. */
export function thinned<P extends { readonly validation?: number }>(
  points: readonly P[],
  next: P,
): readonly P[] {
  const all = [...points, next];
  if (all.length <= LOSS_POINTS) return all;
  return all.filter(
    (point, i) => i % 2 === 0 || i === all.length - 1 || (point.validation !== undefined && i % 4 === 1),
  );
}

export function withProgress(state: LabState, run: string, progress: RunProgress): LabState {
  const before: RunLive = state.live[run] ?? { losses: [] };
  const { step, epoch, losses, validation, kept, restart, margins, look } = progress;
  const learned = Object.keys(losses).length > 0 || validation !== undefined;
  const point: LossPoint = { step, epoch, losses, ...(validation === undefined ? {} : { validation }) };
  const next: RunLive = {
    ...before,
    progress,
    losses: learned ? thinned(before.losses, point) : before.losses,
    ...(kept && { kept }),
    ...(restart !== undefined && { restarts: [...(before.restarts ?? []), { step, what: restart }] }),
    ...(look && { looks: thinned(before.looks ?? [], { step, ...look }) }),
    ...(margins === undefined ? {} : { margins }),
  };
  return { ...state, live: { ...state.live, [run]: next } };
}

export function withAttack(
  state: LabState,
  run: string,
  attacking: NonNullable<RunLive["attacking"]>,
): LabState {
  const before: RunLive = state.live[run] ?? { losses: [] };
  return { ...state, live: { ...state.live, [run]: { ...before, attacking } } };
}

/** Without the attack that `job` is; without `job` none is left. */
export function withoutAttack(live: LabState["live"], job?: number): LabState["live"] {
  const ended = Object.entries(live).filter(
    ([, { attacking }]) => attacking !== undefined && (job === undefined || attacking.job === job),
  );
  const over = ended.map(([run, { attacking: _over, ...rest }]): [string, RunLive] => [run, rest]);
  return over.length === 0 ? live : { ...live, ...Object.fromEntries(over) };
}

/** The rows of the file that `job` made, where they are fewer than were asked for. */
export function shortOf({ making }: LabState, job: number): LabState["short"] {
  const made = making.find((m) => m.job === job && m.kind === "csv");
  if (made?.patients !== undefined) {
    const { wanted, made: drawn } = made.patients;
    return drawn >= wanted ? undefined : { run: made.run, asked: wanted, rows: drawn };
  }
  if (made === undefined || made.rows >= made.total) return undefined;
  return { run: made.run, asked: made.total, rows: made.rows };
}

/** A file with one more chunk of it. */
export function withChunk(making: Making, { rows, patients }: Extract<LabEvent, { type: "chunk" }>): Making {
  const counted = making.patients && { ...making.patients, made: patients ?? making.patients.made };
  return { ...making, rows, ...(counted && { patients: counted }) };
}

export function withReport(state: LabState, run: string, report: Report): LabState {
  return { ...state, runs: state.runs.map((r) => (r.run === run ? { ...r, report } : r)) };
}
