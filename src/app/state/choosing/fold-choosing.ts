/** How messages change what the page knows of files that are being chosen from. Pure, as `fold` is. */
import type { Fault } from "../../../core/fault.ts";
import type { Event, PairSeen } from "../../../worker/protocol.ts";
import {
  keyOf,
  purposesOf,
  sameSheet,
  sheetAt,
  tablesOf,
  type ChoosingEvent,
  type ChoosingState,
  type OfferedName,
  type Purpose,
  type SheetAt,
  type SheetRows,
} from "./choosing-state.ts";

type Message =
  | ChoosingEvent
  | Extract<Event, { type: "files-seen" | "sheet-rows" | "join-seen" | "worker-ended" }>
  | { readonly type: "fault"; readonly job: number; readonly fault: Fault };

const nothing: ChoosingState = {
  job: undefined,
  files: [],
  pair: undefined,
  fault: undefined,
  purpose: "one",
  ticked: [],
  shown: undefined,
  headers: {},
  views: {},
  rows: {},
  joinChoice: undefined,
  join: undefined,
};

/** The choosing after one more message that is about it; undefined where nothing is chosen from. */
export function foldChoosing(state: ChoosingState | undefined, message: Message): ChoosingState | undefined {
  if (message.type === "page-choosing-closed" || message.type === "worker-ended") return undefined;
  if (message.type === "page-choosing")
    return { ...(state ?? nothing), job: message.job, files: message.files, fault: undefined };
  if (state === undefined) return undefined;
  switch (message.type) {
    case "files-seen":
      return message.job === state.job ? withFiles(state, message) : state;
    case "page-choosing-purpose":
      return withPurpose(state, message.purpose);
    case "page-choosing-tick":
      return withTick(state, message.at, message.on);
    case "page-choosing-first": {
      const rest = state.ticked.filter((at) => !sameSheet(at, message.at));
      return { ...state, ticked: [message.at, ...rest], joinChoice: undefined };
    }
    case "page-choosing-shown":
      return { ...state, shown: message.at };
    case "page-choosing-header":
      return withHeader(state, message.at, message.row);
    case "page-choosing-view":
      return withView(state, message.at, message.view);
    case "page-choosing-rows-asked": {
      const key = keyOf(message.at);
      const { [key]: asked } = state.headers;
      const { [key]: view } = state.views;
      const { fault: _over, asked: _row, view: _view, ...before } = state.rows[key] ?? {};
      const rows = {
        ...before,
        job: message.job,
        ...(asked !== undefined && { asked }),
        ...(view !== undefined && { view }),
      };
      return { ...state, rows: { ...state.rows, [key]: rows } };
    }
    case "sheet-rows": {
      const { job, cells, first, header } = message;
      return withRows(state, job, (rows) => ({ ...rows, cells, first, header }));
    }
    case "page-choosing-join":
      return { ...state, joinChoice: message.choice };
    case "page-choosing-join-asked": {
      const { job, question } = message;
      const { fault: _over, ...before } = state.join ?? {};
      return { ...state, join: { ...before, job, question, answered: false } };
    }
    case "join-seen": {
      if (state.join?.job !== message.job) return state;
      const { look, cells } = message;
      return { ...state, join: { ...state.join, answered: true, look, cells } };
    }
    case "fault":
      return withFault(state, message.job, message.fault);
  }
}

/** Whether `job` is a question of the choosing, whose fault is told in it. */
export const asksChoosing = (state: ChoosingState | undefined, job: number | undefined): boolean =>
  state !== undefined &&
  job !== undefined &&
  (state.job === job ||
    state.join?.job === job ||
    Object.values(state.rows).some((rows) => rows.job === job));

function withFiles(
  state: ChoosingState,
  { files: seen, pair }: Extract<Event, { type: "files-seen" }>,
): ChoosingState {
  const files = state.files.map((file, i) => {
    const known = seen[i];
    return known === undefined ? file : { name: file.name, bytes: file.bytes, seen: known };
  });
  const next = { ...state, job: undefined, files, pair };
  const tables = tablesOf(files);
  const ticked = state.ticked.filter((at) => tables.some((table) => sameSheet(table, at)));
  if (ticked.length > 0) return { ...next, ticked };
  const purpose = likelyPurpose(files, pair);
  return withPurpose({ ...next, purpose }, purpose);
}

const soundsSynthetic = /synth|fake|generat|artific/i;
const soundsHeldOut = /hold.?out|held.?out|test|valid/i;

/** What two files most likely are: tables of the same columns are no parts of one. */
function likelyPurpose(files: readonly OfferedName[], pair: PairSeen | undefined): Purpose {
  const names = files.map(({ name }) => name);
  if (files.length < 2) return "one";
  if (pair?.alike !== true) return pair === undefined || pair.shared.length > 0 ? "parts" : "one";
  if (names.some((name) => soundsSynthetic.test(name))) return "elsewhere";
  return names.some((name) => soundsHeldOut.test(name)) ? "held-out" : "one";
}

const cellsOf = (state: ChoosingState, at: SheetAt): number => {
  const { rows = 1, columns = 1 } = sheetAt(state, at) ?? {};
  return rows * columns;
};

/** The largest table of a file, by what is known of it; the first of equals. */
function largest(state: ChoosingState, tables: readonly SheetAt[]): SheetAt | undefined {
  return tables.reduce<SheetAt | undefined>(
    (best, at) => (best === undefined || cellsOf(state, at) > cellsOf(state, best) ? at : best),
    undefined,
  );
}

/** With the tables ticked that the purpose asks for: those ticked before as far as they fit it. */
function withPurpose(state: ChoosingState, purpose: Purpose): ChoosingState {
  const allowed = purposesOf(state).some((one) => one.purpose === purpose && one.off === undefined);
  const chosen = allowed ? purpose : "one";
  const tables = tablesOf(state.files);
  const byFile = state.files.flatMap(
    (_, file) =>
      largest(
        state,
        tables.filter((at) => at.file === file),
      ) ?? [],
  );
  const likely = [...state.ticked, ...byFile, ...tables].filter(
    (at, i, all) => all.findIndex((other) => sameSheet(other, at)) === i,
  );
  const ticked = chosen === "one" ? likely.slice(0, 1) : ordered(state, chosen, likely.slice(0, 2));
  return { ...state, purpose: chosen, ticked, shown: ticked[0], joinChoice: undefined };
}

/** Real before synthetic, training before held out, as the names sound; else as they came. */
function ordered(state: ChoosingState, purpose: Purpose, two: readonly SheetAt[]): readonly SheetAt[] {
  const sounds =
    purpose === "elsewhere" ? soundsSynthetic : purpose === "held-out" ? soundsHeldOut : undefined;
  const [first] = two;
  if (sounds === undefined || first === undefined) return two;
  return sounds.test(state.files[first.file]?.name ?? "") ? two.toReversed() : two;
}

/** A table more or less; of those chosen before the last makes room. */
function withTick(state: ChoosingState, at: SheetAt, on: boolean): ChoosingState {
  const rest = state.ticked.filter((other) => !sameSheet(other, at));
  const most = state.purpose === "one" ? 1 : 2;
  const ticked = on ? [...rest.slice(0, most - 1), at] : rest;
  return { ...state, ticked, shown: on ? at : (state.shown ?? ticked[0]), joinChoice: undefined };
}

function withHeader(state: ChoosingState, at: SheetAt, row: number | undefined): ChoosingState {
  const { [keyOf(at)]: _before, ...headers } = state.headers;
  return {
    ...state,
    headers: row === undefined ? headers : { ...headers, [keyOf(at)]: row },
    joinChoice: undefined,
  };
}

function withView(state: ChoosingState, at: SheetAt, view: string | undefined): ChoosingState {
  const { [keyOf(at)]: _before, ...views } = state.views;
  return {
    ...state,
    views: view === undefined ? views : { ...views, [keyOf(at)]: view },
    joinChoice: undefined,
  };
}

function withRows(state: ChoosingState, job: number, change: (rows: SheetRows) => SheetRows): ChoosingState {
  const found = Object.entries(state.rows).find(([, rows]) => rows.job === job);
  if (found === undefined) return state;
  return { ...state, rows: { ...state.rows, [found[0]]: change(found[1]) } };
}

function withFault(state: ChoosingState, job: number, fault: Fault): ChoosingState {
  if (state.job === job) return { ...state, job: undefined, fault };
  if (state.join?.job === job && fault.code !== "cancelled") {
    const { look: _look, cells: _cells, ...rest } = state.join;
    return { ...state, join: { ...rest, answered: true, fault } };
  }
  if (fault.code === "cancelled") return state;
  return withRows(state, job, (rows) => ({ ...rows, fault }));
}
