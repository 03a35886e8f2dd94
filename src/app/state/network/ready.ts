/** The page is ready when nothing more will ever be fetched; from then on every request is counted. */
import type { LabState } from "../lab-state.ts";
import { lab, tell } from "../lab.ts";
import { countRequests } from "./requests.ts";

function until(holds: (state: LabState) => boolean): Promise<void> {
  return new Promise((resolve) => {
    if (holds(lab.getState())) resolve();
    const stop = lab.subscribe((state) => {
      if (!holds(state)) return;
      stop();
      resolve();
    });
  });
}

const loaded = (): Promise<void> =>
  document.readyState === "complete"
    ? Promise.resolve()
    : new Promise((resolve) => addEventListener("load", () => resolve(), { once: true }));

/** The service worker has everything it keeps for working offline; at once where there is none to wait for. */
async function offlineReady(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const registration = await navigator.serviceWorker.getRegistration();
  if (registration !== undefined) await navigator.serviceWorker.ready;
}

/** Waits for `views`, the worker, the page and the service worker, then marks the page ready and counts. */
export async function whenReady(views: Promise<unknown>): Promise<void> {
  await Promise.all([views, until((state) => state.connected && state.restored), loaded()]);
  await offlineReady();
  countRequests();
  tell({ type: "page-ready" });
  document.documentElement.dataset["ready"] = "true";
}
