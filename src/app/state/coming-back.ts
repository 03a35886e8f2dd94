/** What is kept in this browser: kept, brought back, forgotten. */
import { tell } from "./lab.ts";
import { cancelReading, dropSource } from "./opening.ts";
import { goTo } from "./route.ts";
import { forgetSettings } from "./settings.ts";
import { finished, nextJob, send } from "./worker-link.ts";

export function remember(on: boolean): void {
  send({ type: "remember-table", job: nextJob(), on });
}

/** Asks for what was kept in this browser. */
export function restore(): void {
  const job = nextJob();
  finished(job).then(
    () => tell({ type: "page-restored" }),
    () => tell({ type: "page-restored" }),
  );
  send({ type: "restore", job });
}

/** Removes everything this lab has kept in this browser: tables, models, runs, settings. */
export async function forgetEverything(): Promise<void> {
  const job = nextJob();
  const done = finished(job);
  cancelReading();
  send({ type: "forget", job });
  await done;
  forgetSettings();
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
}
