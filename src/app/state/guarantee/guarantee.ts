/** The switch, what is public, the ledger: asked for, declared, confirmed, saved, struck. */
import type { PublicColumn, PublicFacts } from "../../../core/private/public/public-facts.ts";
import type { SynthesizerInfo } from "../../../core/synthesizers/synthesizer.ts";
import type { Event, PublicChoices, RunView, TrainRequest } from "../../../worker/protocol.ts";
import type { Guarantee } from "../../../core/private/guarantee.ts";
import { fileStem, saveFile } from "../files/save-file.ts";
import { lab, tell } from "../lab.ts";
import type { LabState } from "../lab-state.ts";
import { chosenSynthesizer } from "../runs.ts";
import { finished, nextJob, send } from "../worker-link.ts";
import { publicList, withColumn, withoutDeclared } from "./declarations.ts";

/** The stops of the switch beside Off, the weakest limit first. */
export const STOPS: readonly number[] = [10, 3, 1, 0.3];

/** Whether the next run is to keep a limit. */
export const limited = ({ settings }: LabState): boolean => settings.epsilon !== null;

/** What a run with a guarantee states; undefined for one without. */
export const guaranteeOfRun = ({ facts, report }: RunView): Guarantee | undefined =>
  (facts ?? report?.run)?.guarantee;

/** Asks what can be guaranteed with the settings shown; a question before that is dropped. */
export function askGuarantee(): void {
  const { table, guarantee, settings } = lab.getState();
  if (guarantee.job !== undefined) send({ type: "cancel", job: guarantee.job });
  if (table === null) return;
  const job = nextJob();
  const { epsilon, delta, holdout, rowsPerPatient } = settings;
  tell({ type: "page-guarantee-asked", job });
  send({
    type: "offer-guarantee",
    job,
    holdout,
    choices: choicesOf(lab.getState()),
    rowsPerPatient,
    ...(epsilon !== null && {
      next: { synthesizer: chosenSynthesizer(lab.getState())?.id ?? "", epsilon, delta },
    }),
  });
}

const choicesOf = ({ guarantee: { declared, confirmed } }: LabState): PublicChoices => ({
  declared,
  ...(confirmed !== undefined && { confirmed }),
});

/** Whether the person has confirmed what is listed as public now. */
export function isConfirmed({ guarantee: { offer, confirmed } }: LabState): boolean {
  return offer !== undefined && confirmed === publicList(offer);
}

/** What stands between the person and a run with a guarantee, as the Train button says it; undefined: nothing. */
export function whatToConfirm(state: LabState): string | undefined {
  const { guarantee } = state;
  if (!limited(state)) return undefined;
  if (guarantee.fault !== undefined) return "no guarantee can be given here";
  if (guarantee.offer === undefined) return "a moment";
  return isConfirmed(state) ? undefined : "confirm what is public first";
}

/** What a run of `info` is told beside its parameters. */
export function guaranteeFor(info: SynthesizerInfo | undefined): Pick<TrainRequest, "guarantee"> {
  const { guarantee, settings } = lab.getState();
  if (info?.guarantee !== true || guarantee.offer === undefined) return {};
  const { rowsPerPatient } = settings;
  return {
    guarantee: { public: guarantee.offer.facts, ...(rowsPerPatient > 1 && { rowsPerPatient }) },
  };
}

/** The person says that what is listed as public is known without the patients, or takes that back. */
export function confirmPublic(on: boolean): void {
  const { offer } = lab.getState().guarantee;
  tell({ type: "page-guarantee-confirmed", list: on && offer ? publicList(offer) : undefined });
}

function declare(declared: PublicFacts): void {
  const { history, declared: before } = lab.getState().guarantee;
  tell({
    type: "page-guarantee-declared",
    declared,
    history: { past: [...history.past, before], future: [] },
  });
}

export const declareColumn = (column: PublicColumn): void =>
  declare(withColumn(lab.getState().guarantee.declared, column));

/** Several at once, undone at once. */
export const declareColumns = (columns: readonly PublicColumn[]): void =>
  declare(columns.reduce(withColumn, lab.getState().guarantee.declared));

/** What was declared of a column is so no more. */
export const takeBack = (name: string, what: "range" | "levels" | "missing"): void =>
  declare(withoutDeclared(lab.getState().guarantee.declared, name, what));

export function undoDeclared(): void {
  const { declared, history } = lab.getState().guarantee;
  const before = history.past.at(-1);
  if (before === undefined) return;
  const next = { past: history.past.slice(0, -1), future: [declared, ...history.future] };
  tell({ type: "page-guarantee-declared", declared: before, history: next });
}

export function redoDeclared(): void {
  const { declared, history } = lab.getState().guarantee;
  const [next, ...future] = history.future;
  if (next === undefined) return;
  tell({
    type: "page-guarantee-declared",
    declared: next,
    history: { past: [...history.past, declared], future },
  });
}

/** The person says that nothing of this run has left the computer: its line of the ledger goes. */
export const strikeEntry = (run: string): void => send({ type: "strike-entry", job: nextJob(), run });

/** Nothing of any run has. */
export const clearLedger = (): void => send({ type: "clear-ledger", job: nextJob() });

export async function saveLedger(): Promise<void> {
  const job = nextJob();
  let file: Extract<Event, { type: "ledger-file" }> | undefined;
  const done = finished(job, (event) => (file = event.type === "ledger-file" ? event : file));
  send({ type: "save-ledger", job });
  await done;
  const name = `${fileStem(lab.getState().table?.name ?? "table")}-ledger.json`;
  if (file !== undefined) saveFile([file.text], name, "application/json");
}

/** The entries of a saved ledger join those here; one of another table changes nothing, and is said. */
export async function openLedger(source: File): Promise<void> {
  const job = nextJob();
  tell({ type: "page-ledger-file", job });
  const done = finished(job);
  send({ type: "open-ledger", job, source, name: source.name });
  await done.catch(() => undefined);
}

/** Nothing is said any more of a file that could not be used. */
export const dismissLedgerFile = (): void => tell({ type: "page-ledger-file", job: undefined });
