/** What is kept in this browser: kept, brought back, forgotten. */
import { lab, tell } from "../lab.ts";
import { cancelReading, dropSource } from "../files/opening.ts";
import { goTo } from "../route.ts";
import { forgetSettings, keepRunsChoice, setKeepRunsChoice } from "../settings.ts";
import { showKeptTheme } from "../theme.ts";
import { finished, nextJob, send } from "../worker-link.ts";

export function remember(on: boolean): void {
  send({ type: "remember-table", job: nextJob(), on });
}

/** Whether finished runs are kept in this browser from now on, those that are here too. */
export function keepRuns(on: boolean): void {
  setKeepRunsChoice(on);
  tell({ type: "page-keep-runs", on });
  send({ type: "keep-runs", on });
}

/** The choice that was made here before, and from now on the one that is made in another tab. */
export function followKeepRuns(): void {
  const follow = (): void => {
    const on = keepRunsChoice();
    if (on === lab.getState().keepRuns) return;
    tell({ type: "page-keep-runs", on });
    send({ type: "keep-runs", on: on === true });
  };
  follow();
  addEventListener("storage", follow);
}

/** Asks for what was kept in this browser. */
export async function restore(): Promise<void> {
  const job = nextJob();
  const done = finished(job);
  send({ type: "restore", job });
  await done.catch(() => undefined);
  tell({ type: "page-restored" });
}

/** Whether finished runs were kept before the last forgetting. */
let keptRuns = false;

/** Removes everything this lab has kept in this browser: tables, models, runs, settings. */
export async function forgetEverything(): Promise<void> {
  const job = nextJob();
  const done = finished(job);
  cancelReading();
  send({ type: "forget", job });
  await done;
  keptRuns = lab.getState().keepRuns === true;
  forgetSettings();
  showKeptTheme();
  dropSource();
  tell({ type: "page-forgotten" });
  goTo("data");
}

/** Brings the table and the finished runs back that were just forgotten; settings stay at their defaults. */
export async function undoForgetting(): Promise<void> {
  const job = nextJob();
  const done = finished(job);
  send({ type: "undo-forget", job });
  await done;
  if (keptRuns) keepRuns(true);
}
