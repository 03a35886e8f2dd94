/** What a person can do with a table made elsewhere, as functions for the views. */
import type { Fault } from "../../core/fault.ts";
import type { ElsewhereSlot, ElsewhereSource, Repair, Seen } from "../../worker/protocol.ts";
import { finished, JobFault, nextJob, send } from "./worker-link.ts";
import { lab, tell } from "./lab.ts";

const faultOf = (error: unknown): Fault =>
  error instanceof JobFault
    ? error.fault
    : { code: "unexpected", message: error instanceof Error ? error.message : String(error) };

interface Chosen {
  readonly source: ElsewhereSource;
  readonly name: string;
  readonly repair: Repair;
}

/** What was chosen last for each place, to read it again with a repair. */
const chosen = new Map<ElsewhereSlot, Chosen>();

/**
 * Reads a file into its place; one that cannot be read is told beside it, and what was there stays. A file of held-out rows
 * says that the tool had not seen all.
 */
export function chooseElsewhere(
  slot: ElsewhereSlot,
  source: ElsewhereSource,
  name: string,
  repair: Repair = {},
): void {
  cancelElsewhereReading(slot);
  chosen.set(slot, { source, name, repair });
  if (slot === "holdout") tell({ type: "page-elsewhere-seen", seen: "some" });
  const job = nextJob();
  tell({ type: "page-elsewhere-reading", slot, job, name });
  finished(job).then(
    () => tell({ type: "page-elsewhere-read", slot, job }),
    (error: unknown) => tell({ type: "page-elsewhere-read", slot, job, fault: faultOf(error) }),
  );
  send({ type: "elsewhere-file", job, slot, source, name, repair });
}

/** The file that was chosen last for this place once more, with a repair beside those that it had. */
export function chooseElsewhereAgain(slot: ElsewhereSlot, repair: Repair): void {
  const last = chosen.get(slot);
  if (last !== undefined) chooseElsewhere(slot, last.source, last.name, { ...last.repair, ...repair });
}

/** What is open on Data as the real table. */
export function chooseOpenTable(): void {
  const { table } = lab.getState();
  if (table !== null) chooseElsewhere("real", "open-table", table.name);
}

export function emptyElsewhere(slot: ElsewhereSlot): void {
  cancelElsewhereReading(slot);
  chosen.delete(slot);
  const { readings } = lab.getState().elsewhere;
  const job = readings[slot]?.job;
  if (job !== undefined) tell({ type: "page-elsewhere-read", slot, job });
  send({ type: "elsewhere-file", job: nextJob(), slot, source: null, name: "" });
}

export function cancelElsewhereReading(slot: ElsewhereSlot): void {
  const reading = lab.getState().elsewhere.readings[slot];
  if (reading !== undefined && reading.fault === undefined) send({ type: "cancel", job: reading.job });
}

export const setElsewhereTarget = (column: string | null): void =>
  send({ type: "elsewhere-target", job: nextJob(), column });

/**
 * Which of the real patients the tool had seen. Where it had seen all or none there are no held-out rows, so a file of them
 * is let go; what was measured by another answer is measured again.
 */
export function answerSeen(seen: Seen): void {
  const { elsewhere, runs } = lab.getState();
  tell({ type: "page-elsewhere-seen", seen });
  if (seen === "some") return;
  if (elsewhere.look.holdout !== undefined) emptyElsewhere("holdout");
  const { look, readings } = elsewhere;
  const ready = look.real && look.synthetic && look.synthetic.fault === undefined;
  const reading = Object.values(readings).some(({ fault }) => fault === undefined);
  const measured = runs.find(({ run }) => run === elsewhere.run)?.state === "done";
  if (measured && ready && !reading) evaluateElsewhere();
}

/** Measures what is chosen, as a run of its own; behind one that is under way it waits. */
export function evaluateElsewhere(): void {
  const { settings, elsewhere } = lab.getState();
  const job = nextJob();
  const run = `elsewhere-${Date.now().toString(36)}-${job}`;
  tell({ type: "page-elsewhere-started", run });
  send({ type: "evaluate-elsewhere", job, run, seen: elsewhere.seen, seed: settings.seed });
}
