/** The test of the guarantee: started, ended, put away. */
import { lab, tell } from "../lab.ts";
import type { LabState } from "../lab-state.ts";
import { chosenSynthesizer, paramsOf } from "../runs.ts";
import { nextJob, send } from "../worker-link.ts";
import { guaranteeFor } from "./guarantee.ts";

/** Runs with the canary, and as many without. */
export const AUDIT_RUNS = 1000;
/** A run of a test leaves out the start and the measuring: the time of a run of its own is an upper end. */
const RUNS_PER = 2.1;

/** Puts the method and limit that are chosen now to the test, on made-up patients of the same shape. */
export function startAudit(runs = AUDIT_RUNS): void {
  const { settings } = lab.getState();
  const info = chosenSynthesizer(lab.getState());
  const { guarantee } = guaranteeFor(info);
  if (info === undefined || guarantee === undefined) return;
  const job = nextJob();
  const { seed, holdout } = settings;
  const params = paramsOf(info, settings);
  const request = {
    synthesizer: info.id,
    params,
    ...guarantee,
    runs,
    seed,
    holdout,
    on: "stand-in",
  } as const;
  tell({ type: "page-auditing", job, request });
  send({ type: "audit", job, request });
}

export function cancelAudit(): void {
  const job = lab.getState().audit?.job;
  if (job !== undefined) send({ type: "cancel", job });
}

/** Its card goes. */
export const closeAudit = (): void => tell({ type: "page-audit-closed" });

/** A run with a guarantee says its time rounded up to this at least, which tells nothing of one that takes hundredths. */
const ROUNDED_UP = 1;

/** Seconds a test is expected to take, from a run of the same method before; undefined where there was none that says. */
export function auditSeconds(state: LabState): number | undefined {
  const id = chosenSynthesizer(state)?.id;
  const earlier = state.runs.findLast(
    ({ request, facts }) => request.synthesizer === id && facts !== undefined,
  );
  const seconds = earlier?.facts?.seconds ?? 0;
  return seconds > ROUNDED_UP ? seconds * RUNS_PER * AUDIT_RUNS : undefined;
}
