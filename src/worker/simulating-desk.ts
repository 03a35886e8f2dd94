import {
  FaultError,
  askedBy,
  breathe,
  climbOf,
  everyCohort,
  findCohort,
  listNumbers,
  pictureOf,
  publishedAges,
  readNumbersFile,
  sampleOf,
  simulatedFile,
  writeNumbersFile,
  type CohortSample,
  type Simulation,
} from "../core/lab/lab.ts";
import type { Job } from "./job.ts";
import { openCohort, viewOf, type OpenTable } from "./open-table.ts";
import type { Event as LabEvent, Request, SimulatingPace } from "./protocol.ts";
import { sendChunks } from "./send-chunks.ts";

type Of<T extends Request["type"]> = Extract<Request, { type: T }>;
export type SimulatingRequest = Of<
  "draw-cohorts" | "climb" | "list-numbers" | "save-numbers" | "open-numbers" | "export-simulated"
>;

/** The seed of the patients that are shown before anybody asks for some: those one click opens. */
const SEED = 1;
/** How the page makes a file of numbers to be edited. */
const SAVED_HERE = "with “Save as a file”";
/** About as many rows tell the pace before anything was simulated. */
const PACED = 4000;

/** What the first screen shows of simulated cohorts, without opening one. */
export class SimulatingDesk {
  private readonly post: (event: LabEvent, transfer?: ArrayBuffer[]) => void;
  private readonly samples = new Map<string, CohortSample>();
  private readonly paces = new Map<string, SimulatingPace>();

  constructor(post: SimulatingDesk["post"]) {
    this.post = post;
  }

  /** Rejects with FaultError `cancelled`, `numbers-file-unreadable`, or `bad-use` for a cohort that is not there. */
  async answer(request: SimulatingRequest, job: Job, open?: OpenTable): Promise<void> {
    switch (request.type) {
      case "draw-cohorts":
        return this.draw(request, job);
      case "climb":
        return this.climb(request);
      case "list-numbers":
        return this.post({ type: "simulator-numbers", job: request.job, numbers: listNumbers() });
      case "save-numbers":
        return this.post({ type: "numbers-file", job: request.job, text: writeNumbersFile(request.values) });
      case "export-simulated":
        return this.save(request, open, job);
      case "open-numbers": {
        const { job: id, source, name } = request;
        const file = readNumbersFile(await source.text(), name, SAVED_HERE);
        return this.post({ type: "numbers-opened", job: id, name, file });
      }
    }
  }

  /** The open table as it was simulated, whatever became of its columns since. */
  private save(
    { job: id, as }: Of<"export-simulated">,
    open: OpenTable | undefined,
    job: Job,
  ): Promise<void> {
    if (open?.simulation === undefined)
      throw new FaultError({ code: "bad-use", message: "No simulated table is open." });
    const pulse = async (): Promise<void> => {
      await breathe();
      if (job.cancelled) throw new FaultError({ code: "cancelled" });
    };
    return sendChunks(this.post, simulatedFile(as, open.simulation, { pulse }), id, job);
  }

  /** One that cannot be drawn does not keep the others from it. */
  private async draw({ job: id }: Of<"draw-cohorts">, job: Job): Promise<void> {
    const failed: unknown[] = [];
    for (const { id: cohort } of everyCohort) {
      await breathe();
      if (job.cancelled) throw new FaultError({ code: "cancelled" });
      try {
        this.post({ type: "cohort-picture", job: id, cohort, picture: pictureOf(this.sample(cohort)) });
      } catch (error) {
        failed.push(error);
      }
    }
    if (failed.length > 0) throw failed[0];
  }

  /** A simulation took `seconds` for `rows`, until the page could show them. */
  measured({ cohort, level }: Simulation, rows: number, seconds: number): void {
    const pace = rows / Math.max(seconds, Number.EPSILON);
    const before = this.paces.get(cohort) ?? { patients: pace, visits: pace };
    this.tell(cohort, { ...before, [level < 4 ? "patients" : "visits"]: pace });
  }

  private async climb({ job, cohort }: Of<"climb">): Promise<void> {
    const sample = this.sample(cohort);
    const view = {
      climb: climbOf(sample),
      ages: publishedAges(cohort),
      numbers: askedBy(findCohort(cohort)).size,
    };
    this.post({ type: "climb", job, view });
    const known = this.paces.get(cohort);
    this.tell(cohort, known ?? (await measurePace(cohort)));
  }

  private tell(cohort: string, pace: SimulatingPace): void {
    this.paces.set(cohort, pace);
    this.post({ type: "simulating-pace", cohort, pace });
  }

  private sample(id: string): CohortSample {
    const known = this.samples.get(id) ?? sampleOf(findCohort(id), SEED);
    this.samples.set(id, known);
    return known;
  }
}

/** Of a simulation that nobody sees, from its beginning until a page could show its table. */
async function measurePace(cohort: string): Promise<SimulatingPace> {
  const quiet = { onProgress: () => {}, cancelled: () => false };
  const { rowsPerPatient } = findCohort(cohort);
  const paceAt = async (level: 3 | 4, patients: number): Promise<number> => {
    await breathe();
    const from = performance.now();
    const open = await openCohort({ cohort, level, patients, seed: SEED }, quiet);
    await viewOf(open);
    return open.table.rows / Math.max(1e-6, (performance.now() - from) / 1000);
  };
  const visits = await paceAt(4, Math.max(100, Math.round(PACED / rowsPerPatient)));
  return { patients: await paceAt(3, PACED), visits };
}
