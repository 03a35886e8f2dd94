/**
 * Runs that were under way when the page was closed, told when it comes back. Of each its number, method, settings and
 * seeds are written down while it lasts, nothing of the table and not the name that a person gave it.
 */
import type { RunView, TrainRequest } from "../../../worker/protocol.ts";
import { lab, tell } from "../lab.ts";
import type { LostRun } from "../lab-state.ts";
import { isUnderWay } from "../runs.ts";
import { parseRequest } from "../settings.ts";

const PREFIX = "semblance.under-way.";
/** A page that is being closed may hold its lock a moment longer. */
const ONCE_MORE_MS = 1500;

const newTab = (): string => [...crypto.getRandomValues(new Uint32Array(2))].join("-");

/** Tabs are told apart by the locks they hold; without locks only this tab knows what was lost in it. */
const hasLocks = (): boolean => "locks" in navigator;
const shelf = (): Storage => (hasLocks() ? localStorage : sessionStorage);

const wordOf = ({ state }: RunView): LostRun["was"] =>
  state === "queued" ? "waiting" : state === "evaluating" ? "measured" : "training";

const lastingRuns = (runs: readonly RunView[]): LostRun[] =>
  runs
    .filter((run) => (isUnderWay(run) || run.state === "queued") && run.madeElsewhere !== true)
    .map((run) => ({ number: run.number, request: withoutTable(run.request), was: wordOf(run) }));

/** Rules and what is public name columns and levels of the table. */
const withoutTable = ({ rules: _rules, guarantee: _public, ...request }: TrainRequest): TrainRequest =>
  request;

/** From the stored text; what cannot be read is left out. */
export function parseLost(text: string | null): LostRun[] {
  try {
    const given: unknown = JSON.parse(text ?? "[]");
    if (!Array.isArray(given)) return [];
    return given.flatMap((one: Partial<Record<keyof LostRun, unknown>> | null) => {
      const request = parseRequest(one?.request);
      const was = (["training", "measured", "waiting"] as const).find((word) => word === one?.was);
      if (request === undefined || was === undefined || typeof one?.number !== "number") return [];
      return [{ number: one.number, request, was }];
    });
  } catch {
    return [];
  }
}

/** Writes down which runs last, and tells of those that a page before this one has lost. */
export async function followLostRuns(): Promise<void> {
  const own = PREFIX + newTab();
  try {
    if (hasLocks()) void navigator.locks.request(own, () => new Promise(() => {}));
    writeDown(own);
    await tellLost(own);
    if (hasLocks() && names(own).length > 0) {
      await new Promise((resolve) => setTimeout(resolve, ONCE_MORE_MS));
      await tellLost(own);
    }
  } catch {
    // Without storage there is nothing to come back to.
  }
}

const names = (own: string): string[] =>
  Object.keys(shelf()).filter((name) => name.startsWith(PREFIX) && name !== own);

async function tellLost(own: string): Promise<void> {
  const { held = [] } = hasLocks() ? await navigator.locks.query() : {};
  const open = new Set(held.map(({ name }) => name));
  const closed = names(own).filter((name) => !open.has(name));
  const lost = closed.flatMap((name) => parseLost(shelf().getItem(name)));
  for (const name of closed) shelf().removeItem(name);
  if (lost.length > 0) tell({ type: "page-lost", runs: [...lab.getState().lost, ...lost] });
}

function writeDown(own: string): void {
  let written = "[]";
  lab.subscribe(({ runs, trouble }) => {
    // What a worker took with it is told at once.
    const now = JSON.stringify(trouble === "ended" ? [] : lastingRuns(runs));
    if (now === written) return;
    written = now;
    try {
      if (now === "[]") shelf().removeItem(own);
      else shelf().setItem(own, now);
    } catch {
      // A full storage must not stop the run.
    }
  });
}
