/** What a person can do with files that are chosen from, as functions for the views. */
import type { SheetChoice } from "../../../core/intake/file.ts";
import type { JoinChoice } from "../../../core/intake/join/join.ts";
import type { JoinedSource, OfferedFile } from "../../../worker/protocol.ts";
import { chooseElsewhere } from "../elsewhere.ts";
import { cancelReading, isModelFile, openedLast, openFile, openSource } from "../files/opening.ts";
import { lab, tell } from "../lab.ts";
import type { LabState } from "../lab-state.ts";
import { goTo } from "../route.ts";
import { nextJob, send } from "../worker-link.ts";
import { keyOf, sheetAt, type ChoosingState, type Purpose, type SheetAt } from "./choosing-state.ts";

/** The files themselves, in the order of `ChoosingState.files`. */
let sources: readonly OfferedFile[] = [];

const sizeOf = ({ source }: OfferedFile): number =>
  source instanceof ArrayBuffer ? source.byteLength : source.size;

/** Looks into files, beside those that are chosen from already. */
export function chooseFrom(files: readonly OfferedFile[]): void {
  const { choosing } = lab.getState();
  const before = choosing?.files ?? [];
  cancelReading();
  if (choosing?.job !== undefined) send({ type: "cancel", job: choosing.job });
  sources = choosing === undefined ? files : [...sources, ...files];
  const job = nextJob();
  const added = files.map((file) => ({ name: file.name, bytes: sizeOf(file) }));
  tell({ type: "page-choosing", job, files: [...before, ...added] });
  send({ type: "look-into", job, files: sources });
  goTo("data");
}

/** The tables of the file that is open, to choose another of them. */
export function chooseAgain(): void {
  const last = openedLast();
  if (last !== undefined) chooseFrom([{ source: last.source, name: last.name }]);
}

/** Files that came in at once, or while others are chosen from: one is opened, several are asked about. */
export async function openFiles(files: readonly File[]): Promise<void> {
  const [only] = files;
  const choosing = lab.getState().choosing !== undefined;
  if (only === undefined) return;
  if (files.length === 1 && (!choosing || (await isModelFile(only)))) return openFile(only);
  chooseFrom(files.map((source) => ({ source, name: source.name })));
}

export const setPurpose = (purpose: Purpose): void => tell({ type: "page-choosing-purpose", purpose });
export const tickSheet = (at: SheetAt, on: boolean): void => tell({ type: "page-choosing-tick", at, on });
export const putFirst = (at: SheetAt): void => tell({ type: "page-choosing-first", at });
export const showSheet = (at: SheetAt): void => tell({ type: "page-choosing-shown", at });
export const setHeader = (at: SheetAt, row: number | undefined): void =>
  tell({ type: "page-choosing-header", at, row });
/** Resources are taken by this ViewDefinition; undefined: by the one that comes with the file. */
export const setView = (at: SheetAt, view: string | undefined): void =>
  tell({ type: "page-choosing-view", at, view });
export const setJoin = (choice: JoinChoice | undefined): void => tell({ type: "page-choosing-join", choice });

/** Nothing is opened; what was open before stays. */
export function leaveChoosing(): void {
  const { choosing } = lab.getState();
  const rows = Object.values(choosing?.rows ?? {}).filter(({ cells, fault }) => !cells && !fault);
  const jobs = [choosing?.job, choosing?.join?.job, ...rows.map(({ job }) => job)];
  for (const job of jobs) if (job !== undefined) send({ type: "cancel", job });
  tell({ type: "page-choosing-closed" });
}

/** How a table is to be read: which sheet, where there are several, and the row of its names. */
function choiceOf(state: ChoosingState, at: SheetAt): SheetChoice {
  const sheets = state.files[at.file]?.seen?.sheets ?? [];
  const name = sheetAt(state, at)?.name;
  const headerRow = state.headers[keyOf(at)];
  const view = state.views[keyOf(at)];
  return {
    ...(sheets.length > 1 && name !== undefined && { sheet: name }),
    ...(headerRow !== undefined && { headerRow }),
    ...(view !== undefined && { view }),
  };
}

type Offered = OfferedFile & { readonly choice: SheetChoice };

function offeredAt(state: ChoosingState, at: SheetAt | undefined): Offered | undefined {
  const file = at && sources[at.file];
  return file && { ...file, choice: choiceOf(state, at) };
}

function joinedAt(state: ChoosingState, at: SheetAt | undefined): JoinedSource | undefined {
  const offered = offeredAt(state, at);
  return offered && { ...offered, ...(state.joinChoice && { join: state.joinChoice }) };
}

/** Opens what is chosen, or puts it into its places of the comparison with a table made elsewhere. */
export function openChosen(): void {
  const { choosing } = lab.getState();
  if (choosing === undefined) return;
  const [first, second] = choosing.ticked;
  const left = offeredAt(choosing, first);
  if (left === undefined) return;
  const right = joinedAt(choosing, second);
  if (choosing.purpose === "parts" && right !== undefined) {
    const { look } = choosing.join ?? {};
    openSource({ ...left, join: { ...right, ...(look && { join: look.choice }) } });
  } else if (right !== undefined && (choosing.purpose === "held-out" || choosing.purpose === "elsewhere")) {
    fillElsewhere(left, right, choosing.purpose === "held-out" ? "holdout" : "synthetic");
  } else openSource(left);
}

function fillElsewhere(left: OfferedFile, right: OfferedFile, slot: "holdout" | "synthetic"): void {
  leaveChoosing();
  chooseElsewhere("real", left.source, left.name);
  chooseElsewhere(slot, right.source, right.name);
  goTo("elsewhere");
}

/** Asks for the rows of a table that is ticked or shown and has none, or none below the header that is chosen now. */
function askRows(state: ChoosingState): void {
  const wanted = [...state.ticked, ...(state.shown ? [state.shown] : [])];
  for (const at of wanted) {
    const key = keyOf(at);
    const known = lab.getState().choosing?.rows[key];
    if (known !== undefined && known.asked === state.headers[key] && known.view === state.views[key])
      continue;
    const offered = offeredAt(state, at);
    if (offered === undefined) continue;
    const job = nextJob();
    tell({ type: "page-choosing-rows-asked", at, job });
    send({ type: "sheet-rows", job, ...offered });
  }
}

/** What the join is asked, as a text that is another for each other question. */
export const joinQuestion = (state: ChoosingState): string | undefined =>
  state.purpose !== "parts" || state.ticked.length < 2
    ? undefined
    : JSON.stringify([state.ticked.map((at) => [at, choiceOf(state, at)]), state.joinChoice]);

function askJoin(state: ChoosingState): void {
  const question = joinQuestion(state);
  if (question === undefined || question === state.join?.question) return;
  const left = offeredAt(state, state.ticked[0]);
  const right = joinedAt(state, state.ticked[1]);
  if (left === undefined || right === undefined) return;
  if (state.join !== undefined && !state.join.answered) send({ type: "cancel", job: state.join.job });
  const job = nextJob();
  tell({ type: "page-choosing-join-asked", job, question });
  send({ type: "look-at-join", job, ...left, join: right });
}

/** A file in which several tables were found is chosen from, with the tables it holds. */
function askWhichTable({ fileFault }: LabState, before: LabState): void {
  if (fileFault === before.fileFault || fileFault?.fault.code !== "several-sheets") return;
  const last = openedLast();
  if (last === undefined || fileFault.kind !== "table") return;
  tell({ type: "page-choosing-closed" });
  chooseFrom([{ source: last.source, name: last.name }]);
}

/** Asks for what the choosing shows whenever that changes; returns how to stop. */
export function followChoosing(): () => void {
  return lab.subscribe((state, before) => {
    askWhichTable(state, before);
    const { choosing } = state;
    if (choosing === before.choosing) return;
    if (choosing === undefined) sources = [];
    else if (choosing.job === undefined) {
      askRows(choosing);
      askJoin(choosing);
    }
  });
}
