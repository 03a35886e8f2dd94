/**
 * The page's keys. A view offers one by marking its control: `data-key="v"` on a button is pressed by V, and
 * `data-worst` on an element is a stop of J and K, in document order (worst first); what is marked `data-worst-focus` in it
 * takes the focus.
 */
import { useEffect } from "react";
import { redoDeclared, undoDeclared } from "../state/guarantee/guarantee.ts";
import { redoRules, undoRules } from "../state/rules/rules.ts";
import { applyPreviewed, previewNext } from "../state/cleaning/cleaning.ts";
import { redo, undo } from "../state/schema-changes.ts";
import { toggleStudies } from "../state/studies/toggle-studies.ts";
import { togglePause, train } from "../state/training.ts";
import { lab } from "../state/lab.ts";
import { goTo, rooms, steps } from "../state/route.ts";
import { runUnderWay } from "../state/runs.ts";
import { letterKeysOn } from "../state/settings.ts";
import { browse } from "./file-doors.tsx";
import { isTyping } from "./is-typing.ts";

export const keyHelp: readonly (readonly [string, string])[] = [
  ["1 – 4", "Go to a step"],
  ["5", "Studies"],
  ["O", "Open a file"],
  ["T", "Train"],
  ["Space", "Pause or resume training, studies"],
  ["D", "Download the synthetic CSV"],
  ["/", "Find a measure or column"],
  ["J  K", "Next, previous worst or study"],
  ["Enter", "Expand what has the focus"],
  ["E", "Open or close all measures"],
  ["V", "Chart as a table"],
  ["S", "Sort"],
  ["P  A", "Preview the next suggestion, apply it"],
  ["Shift ↑ ↓", "Tick further columns"],
  ["B", "Change the ticked columns at once"],
  ["G", "Guarantee, then ← →"],
  ["R", "Runs"],
  ["Q", "Queue of studies"],
  ["Ctrl Z", "Undo a change to the columns or rules"],
  ["?", "All keys"],
  ["Esc", "Close"],
];

const visible = (element: Element): boolean => element.getClientRects().length > 0;

/** Presses the control marked with `key`: the one in the focused frame, else the first on the page. */
function press(key: string): boolean {
  const within = document.activeElement?.closest("[data-worst]");
  const mark = `[data-key="${key}"]`;
  const marked = [...(within?.querySelectorAll(mark) ?? []), ...document.querySelectorAll(mark)];
  const control = marked.find((element) => element instanceof HTMLElement && visible(element));
  if (!(control instanceof HTMLElement)) return false;
  control.focus();
  if (control instanceof HTMLButtonElement || control instanceof HTMLAnchorElement) control.click();
  else if (control instanceof HTMLInputElement) control.select();
  return true;
}

function moveWorst(by: 1 | -1): boolean {
  const stops = [...document.querySelectorAll<HTMLElement>("[data-worst]")].filter(visible);
  if (stops.length === 0) return false;
  const at = stops.findIndex((stop) => stop.contains(document.activeElement));
  const next = at < 0 ? (by > 0 ? 0 : stops.length - 1) : Math.min(stops.length - 1, Math.max(0, at + by));
  (stops[next]?.querySelector<HTMLElement>("[data-worst-focus]") ?? stops[next])?.focus();
  stops[next]?.scrollIntoView({ block: "nearest" });
  return true;
}

function download(): boolean {
  if (press("d")) return true;
  const button = document.querySelector<HTMLButtonElement>('[data-testid="download-csv"]');
  if (button !== null && visible(button)) button.click();
  else goTo("take-away");
  return true;
}

function startTraining(): boolean {
  if (lab.getState().table === null || runUnderWay(lab.getState()) !== undefined) return false;
  train();
  return true;
}

/** The stops of the switch, on Train. */
function guarantee(): boolean {
  if (lab.getState().table === null) return false;
  goTo("train");
  return press("g") || (setTimeout(() => press("g"), 60), true);
}

/** The columns of the open table are shown, so that its cells can be cleaned. */
function cleans(): boolean {
  const { view, dataTab, table, choosing } = lab.getState();
  return view === "data" && dataTab === "columns" && table !== null && choosing === undefined;
}

const letters: Readonly<Record<string, () => boolean>> = {
  o: () => (browse("open-file"), true),
  t: startTraining,
  d: download,
  j: () => moveWorst(1),
  k: () => moveWorst(-1),
  e: () => press("e"),
  p: () => cleans() && previewNext(),
  a: () => cleans() && applyPreviewed(),
  b: () => press("b"),
  v: () => press("v"),
  s: () => press("s"),
  g: guarantee,
  q: () => press("q"),
  r: () => press("r") || (goTo("train"), true),
  "/": () => press("/"),
  "?": () => press("?"),
};

function onLetter(key: string): boolean {
  const step = [...steps, ...rooms][Number(key) - 1];
  if (step !== undefined) {
    goTo(step.view);
    return true;
  }
  return letters[key.toLowerCase()]?.() ?? false;
}

function onSpace(event: KeyboardEvent): boolean {
  const run = runUnderWay(lab.getState());
  const target = event.target;
  const usesSpace =
    target instanceof HTMLElement &&
    target.closest(
      "button, a, input, select, textarea, summary, [role=radio], [role=slider], [tabindex='0']",
    ) !== null;
  if (usesSpace) return false;
  if (lab.getState().view === "studies" && toggleStudies()) return true;
  if (run === undefined) return false;
  togglePause();
  return true;
}

/** What Ctrl Z takes back: what was done to the rules while they are shown, else to the columns. */
function changes(): { readonly undo: () => void; readonly redo: () => void } {
  const { view, dataTab, guarantee: of } = lab.getState();
  const declared = of.history.past.length + of.history.future.length > 0;
  if (view === "train" && declared) return { undo: undoDeclared, redo: redoDeclared };
  return view === "data" && dataTab === "rules" ? { undo: undoRules, redo: redoRules } : { undo, redo };
}

export function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || isTyping(event.target)) return;
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key.toLowerCase() === "z") {
    event.preventDefault();
    changes()[event.shiftKey ? "redo" : "undo"]();
    return;
  }
  if (command && event.key.toLowerCase() === "y") {
    event.preventDefault();
    changes().redo();
    return;
  }
  if (command || event.altKey) return;
  const handled =
    event.key === " " ? onSpace(event) : (letterKeysOn() || event.key === "?") && onLetter(event.key);
  if (handled) event.preventDefault();
}

export function useKeys(): void {
  useEffect(() => {
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}
