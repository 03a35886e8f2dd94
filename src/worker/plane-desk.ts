import {
  coarsenedCsv,
  coarsenTable,
  epsilonSweep,
  FaultError,
  findSynthesizer,
  fittingFacts,
  pulseUntil,
  riskAndUse,
  runSplit,
  type EvaluateOptions,
  type PlaneRun,
} from "../core/lab/lab.ts";
import type { CoarsenedTable } from "../core/lab/lab.ts";
import type { Job } from "./job.ts";
import type { OpenTable } from "./open-table.ts";
import type { CoarsenedLook, Event as LabEvent, Request, TrainRequest } from "./protocol.ts";
import { paced } from "./paced.ts";
import type { MeasuredView, Runs } from "./runs.ts";

type Of<T extends Request["type"]> = Extract<Request, { type: T }>;
export type PlaneRequest = Of<"plane" | "sweep" | "look-coarsened" | "export-coarsened">;

interface PlaneHost {
  readonly wasmPaths: string | Record<string, string>;
  readonly metrics?: EvaluateOptions["metrics"];
}

/** Bytes of a chunk of a file on its way to the page. */
const CHUNK = 1 << 20;

/** Risk against use, for the asking: the plane, the sweep of epsilon, and the real table coarsened. Nothing of it is kept. */
export class PlaneDesk {
  private readonly post: (event: LabEvent, transfer?: ArrayBuffer[]) => void;
  private readonly runs: Runs;
  private readonly host: PlaneHost;

  constructor(post: PlaneDesk["post"], runs: Runs, host: PlaneHost) {
    this.post = post;
    this.runs = runs;
    this.host = host;
  }

  /** Rejects with FaultError. */
  answer(request: PlaneRequest, open: OpenTable | undefined, job: Job): Promise<void> {
    switch (request.type) {
      case "plane":
        return this.plane(request, open, job);
      case "sweep":
        return this.sweep(request, open, job);
      case "look-coarsened":
        return this.look(request, open, job);
      case "export-coarsened":
        return this.export(request, open, job);
    }
  }

  private async plane({ job: id, run }: Of<"plane">, open: OpenTable | undefined, job: Job): Promise<void> {
    const { source, shown, beside } = this.runs.comparable(run, open);
    const { metrics } = this.host;
    const plane = await this.runs.alone(() =>
      riskAndUse(
        {
          table: source.table,
          split: runSplit(source.table, shown.request),
          shown: asPlaneRun(shown),
          beside: beside.map(asPlaneRun),
        },
        {
          pulse: pulseUntil(() => job.cancelled),
          onProgress: this.progress("plane", id, run),
          ...(metrics && { metrics }),
        },
      ),
    );
    this.post({ type: "plane", job: id, run, plane });
  }

  private async sweep(
    { job: id, run, seeds }: Of<"sweep">,
    open: OpenTable | undefined,
    job: Job,
  ): Promise<void> {
    const { source, shown, beside } = this.runs.comparable(run, open);
    const off = [shown, ...beside].find(({ report }) => report.run.guarantee === undefined);
    const guarantee = guaranteeOf([shown, ...beside], source);
    const { wasmPaths, metrics } = this.host;
    const sweep = await this.runs.alone(() =>
      epsilonSweep(
        {
          table: source.table,
          holdout: shown.request.holdout,
          shown: { id: run, report: shown.report },
          ...(guarantee && { guarantee }),
          ...(limitedMethod(shown) && { synthesizer: shown.request.synthesizer }),
          ...(off && { off: asPlaneRun(off) }),
          ...(seeds !== undefined && { seeds: seedsWithin(seeds) }),
        },
        {
          wasmPaths,
          cancelled: () => job.cancelled,
          onProgress: this.progress("sweep", id, run),
          ...(metrics && { metrics }),
        },
      ),
    );
    this.post({ type: "sweep", job: id, run, sweep });
  }

  private progress(what: "plane" | "sweep", job: number, run: string): (fraction: number) => void {
    const tell = paced((fraction, secondsLeft) =>
      this.post({
        type: "plane-working",
        job,
        run,
        what,
        fraction,
        ...(secondsLeft !== undefined && { secondsLeft }),
      }),
    );
    tell(0);
    return tell;
  }

  private async look(request: Of<"look-coarsened">, open: OpenTable | undefined, job: Job): Promise<void> {
    const { source } = this.runs.comparable(request.run, open);
    const made = await coarsenTable(
      source.table,
      request.k,
      request.by,
      pulseUntil(() => job.cancelled),
    );
    this.post({ type: "coarsened", job: request.job, run: request.run, look: lookOf(made, request.by) });
  }

  private async export(
    request: Of<"export-coarsened">,
    open: OpenTable | undefined,
    job: Job,
  ): Promise<void> {
    const { source } = this.runs.comparable(request.run, open);
    const made = await coarsenTable(
      source.table,
      request.k,
      request.by,
      pulseUntil(() => job.cancelled),
    );
    const bytes = coarsenedCsv(made, source.table);
    for (let from = 0; from < bytes.length; from += CHUNK) {
      if (job.cancelled) throw new FaultError({ code: "cancelled" });
      const part = bytes.slice(from, from + CHUNK);
      const rows = Math.round((made.texts.rows * Math.min(bytes.length, from + CHUNK)) / bytes.length);
      this.post({ type: "chunk", job: request.job, bytes: part, rows }, [part.buffer]);
      await job.sent();
    }
  }
}

const asPlaneRun = ({ run, name, report }: MeasuredView): PlaneRun => ({ id: run, name, report });

const limitedMethod = ({ request }: MeasuredView): boolean =>
  findSynthesizer(request.synthesizer).guarantee === true;

/** What the person confirmed as public: for the shown run, else for one beside it, else what is declared of the table. */
function guaranteeOf(views: readonly MeasuredView[], source: OpenTable): TrainRequest["guarantee"] {
  const confirmed = views.find(({ request }) => request.guarantee !== undefined)?.request.guarantee;
  if (confirmed !== undefined || source.public === undefined) return confirmed;
  return { public: fittingFacts(source.table.schema, source.public.declared) };
}

const seedsWithin = (seeds: number): number => Math.max(2, Math.min(20, Math.round(seeds)));

function lookOf(made: CoarsenedTable, by: CoarsenedLook["by"]): CoarsenedLook {
  const { k, known, untouched, withoutColumns, of, rows, leftOut, detailLost, variety, smallest, found } =
    made;
  return {
    k,
    by,
    known,
    untouched,
    withoutColumns,
    of,
    rows: rows.length,
    leftOut,
    detailLost,
    smallest,
    found,
    ...(variety !== undefined && { variety }),
  };
}
