/** Questions about runs that more than one view asks. */
import type { RunView } from "../../worker/protocol.ts";
import type { ColumnSchema, Schema } from "../../core/table/table.ts";
import { lowestScore } from "./axes.ts";
import type { LabState, TrainSettings } from "./lab-state.ts";
import type { Params, SynthesizerInfo } from "../../core/synthesizers/synthesizer.ts";

/** It was stopped, by the person or because privacy got worse, and what it had learned was kept. */
export const wasStopped = ({ facts, report }: RunView): boolean =>
  (facts ?? report?.run)?.endedEarly !== undefined;

/** "3 · VAE", or the name the person gave it; that it was stopped early goes wherever its name does. */
export function runTitle(run: RunView): string {
  const own = run.name.endsWith(` ${run.number}`) ? run.name.slice(0, -` ${run.number}`.length) : run.name;
  return `${run.number} · ${own}${wasStopped(run) ? ", stopped early" : ""}`;
}

export const isUnderWay = (run: RunView): boolean =>
  run.state === "running" || run.state === "paused" || run.state === "evaluating";

/** The run that is training, paused or being measured now, if there is one. */
export function runUnderWay(state: LabState): RunView | undefined {
  return state.runs.find(isUnderWay);
}

/** The run that Train, Compare and Take away show. */
export function selectedRun(state: LabState): RunView | undefined {
  return state.runs.find((run) => run.run === state.selected);
}

/** The selected run first, then those shown beside it. */
export function shownRuns(state: LabState): RunView[] {
  return [state.selected, ...state.compared].flatMap((id) => state.runs.find((run) => run.run === id) ?? []);
}

/** The synthesizer the next run uses: the one chosen, or the first, which is the recommended one. */
export function chosenSynthesizer(state: LabState): SynthesizerInfo | undefined {
  const choosable = synthesizersNow(state);
  const { settings } = state;
  const chosen = settings.epsilon === null ? settings.synthesizer : settings.privateSynthesizer;
  return choosable.find((info) => info.id === chosen) ?? choosable[0];
}

/** The method that chooses another by what is published, not by looking at patients. */
const CHOOSES = "dp-auto";

/** Those that the next run can use: with a limit the methods that keep one, the one that chooses first; else the others. */
export function synthesizersNow({
  synthesizers,
  settings,
}: Pick<LabState, "synthesizers" | "settings">): readonly SynthesizerInfo[] {
  const limited = settings.epsilon !== null;
  const can = synthesizers.filter(({ guarantee }) => (guarantee === true) === limited);
  return limited ? can.toSorted((a, b) => Number(b.id === CHOOSES) - Number(a.id === CHOOSES)) : can;
}

/** Every parameter of a synthesizer: its default, or what the person set. */
export function paramsOf(info: SynthesizerInfo, settings: TrainSettings): Params {
  const own = settings.params[info.id] ?? {};
  const params = Object.fromEntries(
    Object.entries(info.params).map(([name, spec]) => [name, own[name] ?? spec.default]),
  );
  if (info.guarantee !== true) return params;
  return { ...params, epsilon: settings.epsilon ?? params["epsilon"] ?? 1, delta: settings.delta };
}

/** `count` seeds: the one given and those after it. */
export const seedsFrom = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => (first + i) % 2 ** 31);

/** 1 = the next one; undefined for a run that does not wait. */
export function placeInQueue(state: LabState, run: string): number | undefined {
  const at = state.queue.indexOf(run);
  return at < 0 ? undefined : at + 1;
}

const isLearned = ({ kind, role }: ColumnSchema): boolean =>
  role !== "identifier" && role !== "omit" && kind !== "identifier" && kind !== "text";

/** Why a model of a table with the columns of `model` cannot go on training on one with those of `table`; "" if it can. */
export function whyNotContinue(model: Schema, table: Schema): string {
  const [from, to] = [model.columns.filter(isLearned), table.columns.filter(isLearned)];
  const kindIn = (columns: readonly ColumnSchema[], name: string) =>
    columns.find((column) => column.name === name)?.kind;
  const missing = from.filter(({ name }) => kindIn(to, name) === undefined);
  const extra = to.filter(({ name }) => kindIn(from, name) === undefined);
  const other = from.filter(({ name, kind }) => ![undefined, kind].includes(kindIn(to, name)));
  const said = [
    missing.length > 0 ? `the table lacks ${listed(missing)}` : "",
    extra.length > 0 ? `the model does not know ${listed(extra)}` : "",
    other.length > 0 ? `of another type: ${listed(other)}` : "",
  ].filter(Boolean);
  if (said.length > 0) return said.join("; ");
  return from.every(({ name }, i) => to[i]?.name === name) ? "" : "the columns stand in another order";
}

function listed(columns: readonly ColumnSchema[]): string {
  const names = columns.slice(0, 4).map(({ name }) => name);
  const more = columns.length - names.length;
  return more > 0 ? `${names.join(", ")} and ${more} more` : names.join(", ");
}

/** Those under way first, then those waiting in their order, then the best score first, then the newest. */
export function bestFirst(runs: readonly RunView[], queue: readonly string[] = []): RunView[] {
  const rank = (run: RunView): number => (isUnderWay(run) ? 0 : run.state === "queued" ? 1 : 2);
  return runs.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      queue.indexOf(a.run) - queue.indexOf(b.run) ||
      (lowestScore(b.report) ?? -1) - (lowestScore(a.report) ?? -1) ||
      b.number - a.number,
  );
}
