import { FaultError } from "../../core/lab/lab.ts";
import { findStudy, planStudy, secondsLeft, studies, type StudySource } from "../../core/studies/studies.ts";
import type { Job } from "../job.ts";
import type { Keep } from "../keep/keep.ts";
import type { OpenTable } from "../open-table.ts";
import type { Event as LabEvent } from "../protocol.ts";
import type { StudiesRequest, StudyOffer } from "../protocol-studies.ts";
import type { Runs } from "../runs.ts";

type Asking = Extract<StudiesRequest, { job: number }>;
type Command = Exclude<StudiesRequest, { job: number }>;

interface StudyHost {
  readonly keep: Keep;
  readonly wasmPaths: string | Record<string, string>;
}

/** Studies of the open table: what can be asked, the queue, and their files. */
export class StudyDesk {
  private readonly post: (event: LabEvent, transfer?: ArrayBuffer[]) => void;

  constructor(post: StudyDesk["post"], _runs: Runs, _host: StudyHost) {
    this.post = post;
  }

  /** Rejects with FaultError. */
  answer(request: Asking, open: OpenTable | undefined, _job: Job): Promise<void> {
    if (open === undefined) throw new FaultError({ code: "bad-use", message: "No table is open." });
    if (request.type === "offer-studies")
      this.post({
        type: "studies-offered",
        job: request.job,
        offers: studies.map(({ id }) => offerOf(id, { table: open.table })),
      });
    return Promise.resolve();
  }

  command(_request: Command): void {
    this.post({ type: "studies", studies: [], paused: false });
  }
}

function offerOf(id: StudyOffer["id"], source: StudySource): StudyOffer {
  const { name, question, fields } = findStudy(id);
  try {
    const plan = planStudy({ study: id, settings: {}, seed: 1 }, source);
    return {
      id,
      name,
      question,
      fields: fields(source),
      cells: plan.grid.cells.length,
      seconds: secondsLeft(plan, [], 1),
    };
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    return { id, name, question, fields: [], refused: error.fault };
  }
}
