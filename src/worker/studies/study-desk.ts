import { FaultError, breathe, measurePace } from "../../core/lab/lab.ts";
import {
  findStudy,
  planStudy,
  secondsLeft,
  studies,
  studyMark,
  type PlannedStudy,
  type StudyRequest,
  type StudySource,
} from "../../core/studies/studies.ts";
import type { Table } from "../../core/table/table.ts";
import type { Job } from "../job.ts";
import type { Keep } from "../keep/keep.ts";
import type { StudyTables } from "../keep/study-drawer.ts";
import type { OpenTable } from "../open-table.ts";
import type { Event as LabEvent, Request } from "../protocol.ts";
import type { StudiesRequest, StudyOffer } from "../protocol-studies.ts";
import type { Runs } from "../runs.ts";
import { LanguageDesk } from "./language-desk.ts";
import type { QueuedStudy } from "./queued-study.ts";
import { SecondTables } from "./second-tables.ts";
import { studyFile } from "./study-files.ts";
import { StudyKeeping } from "./study-keeping.ts";
import { StudyQueue } from "./study-queue.ts";

type Of<T extends Request["type"]> = Extract<Request, { type: T }>;
type Asking = Extract<StudiesRequest, { job: number }>;
type Command = Exclude<StudiesRequest, { job: number }>;

interface StudyHost {
  readonly keep: Keep;
  readonly wasmPaths: string | Record<string, string>;
  /** plans a study: the lab's own unless said */
  readonly plan?: typeof planStudy;
}

/** Bytes of a chunk of a file on its way to the page. */
const CHUNK = 1 << 20;

/** Looking at every cell of a table is done once per table. */
const marks = new WeakMap<Table, string>();

function markOf(table: Table): string {
  const mark = marks.get(table) ?? studyMark(table);
  marks.set(table, mark);
  return mark;
}

/** Studies of the open table: what can be asked, the queue, and their files. */
export class StudyDesk {
  private readonly post: (event: LabEvent, transfer?: ArrayBuffer[]) => void;
  private readonly keeping: StudyKeeping;
  private readonly queue: StudyQueue;
  private readonly seconds: SecondTables;
  private readonly language: LanguageDesk;
  private readonly plan: typeof planStudy;
  private measured: Promise<number> | undefined;

  constructor(post: StudyDesk["post"], runs: Runs, { keep, wasmPaths, plan = planStudy }: StudyHost) {
    this.post = post;
    this.plan = plan;
    this.keeping = new StudyKeeping(keep);
    this.seconds = new SecondTables(post);
    this.language = new LanguageDesk(post);
    const { keeping } = this;
    this.queue = new StudyQueue({ post, runs, keeping, wasmPaths, plan, pace: () => this.pace() });
  }

  /** Rejects with FaultError. */
  async answer(request: Asking, open: OpenTable | undefined, job: Job): Promise<void> {
    if (request.type === "export-study") return this.export(request, job);
    if (open === undefined) throw new FaultError({ code: "bad-use", message: "No table is open." });
    const { table } = open;
    switch (request.type) {
      case "offer-studies":
        return this.offer(request, table, job);
      case "estimate-study": {
        const plan = this.planOf(request.request, table, request.second);
        const { length: cells } = plan.grid.cells;
        const seconds = secondsLeft(plan, [], await this.pace());
        return this.post({ type: "study-estimated", job: request.job, cells, seconds });
      }
      case "add-study":
        return this.add(request, table);
      case "open-second":
        return this.seconds.open(request, table, job);
      case "match-second":
        return this.seconds.match(request, table);
      case "prompt-pack":
      case "read-replies":
      case "drop-reply":
        return this.language.answer(request, table);
    }
  }

  /** Rejects with FaultError. */
  command(request: Command): Promise<void> {
    switch (request.type) {
      case "pause-studies":
        return this.queue.pause();
      case "resume-studies":
        return this.queue.resume();
      case "cancel-study":
        return this.queue.cancel(request.study);
      case "continue-study":
        return this.queue.continue(request.study);
      case "study-next":
        return this.queue.first(request.study);
      case "remove-study":
        return this.queue.remove(request.study);
    }
  }

  /** What is open now: its studies go on, those of other tables wait. */
  follow(open: OpenTable | undefined): void {
    this.language.follow(open?.table);
    if (open === undefined) this.seconds.forget();
    this.queue.follow(open && (() => ({ table: open.table, mark: markOf(open.table) })));
  }

  /** Studies are kept where finished runs are. Off: those kept are removed, those of this session stay in it. */
  async setKeeping(on: boolean): Promise<void> {
    await this.keeping.set(on);
    if (on) await this.queue.keepAll();
  }

  /** None is kept from here on; what is kept stays. */
  stopKeeping(): void {
    this.keeping.stop();
  }

  /** What an earlier visit left here goes on. */
  async restore(): Promise<void> {
    this.queue.restore(await this.keeping.restored());
  }

  /** Takes every study out of the list and keeps none from here on; returns them. */
  removeAll(): readonly QueuedStudy[] {
    this.keeping.stop();
    return this.queue.removeAll();
  }

  putBack(held: readonly QueuedStudy[]): void {
    this.queue.putBack(held);
  }

  private async offer({ job: id, second }: Of<"offer-studies">, table: Table, job: Job): Promise<void> {
    const pace = await this.pace();
    const offers: StudyOffer[] = [];
    for (const study of studies) {
      await breathe();
      if (job.cancelled) throw new FaultError({ code: "cancelled" });
      offers.push(this.offerOf(study.id, { table, ...this.tablesOf(study.id, second) }, pace));
    }
    this.post({ type: "studies-offered", job: id, offers });
  }

  private offerOf(id: StudyOffer["id"], source: StudySource, pace: number): StudyOffer {
    const { name, question, fields } = findStudy(id);
    try {
      const plan = this.plan({ study: id, settings: {}, seed: 1 }, source);
      const { length: cells } = plan.grid.cells;
      return { id, name, question, fields: fields(source), cells, seconds: secondsLeft(plan, [], pace) };
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      return { id, name, question, fields: fieldsIn(() => fields(source)), refused: error.fault };
    }
  }

  private planOf(request: StudyRequest, table: Table, second: string | undefined): PlannedStudy {
    return this.plan(request, { table, ...this.tablesOf(request.study, second) });
  }

  /** What a study is asked of beside the open table; nothing where that is all. */
  private tablesOf(study: StudyRequest["study"], second: string | undefined): StudyTables | undefined {
    const made = study === "language" ? this.language.tables : [];
    const beside = second === undefined ? undefined : this.seconds.tableOf(second);
    if (made.length === 0 && beside === undefined) return undefined;
    return { ...(beside && { second: beside }), ...(made.length > 0 && { made }) };
  }

  private async add({ study, request, second }: Of<"add-study">, table: Table): Promise<void> {
    const tables = this.tablesOf(request.study, second);
    const plan = this.plan(request, { table, ...tables });
    const asked = { study, request: plan.request, table: table.name, mark: markOf(table), tables };
    await this.queue.add(asked, plan);
  }

  private async export({ job: id, study, as }: Of<"export-study">, job: Job): Promise<void> {
    const bytes = new TextEncoder().encode(studyFile(this.queue.find(study), as));
    for (let from = 0; from < bytes.length; from += CHUNK) {
      if (job.cancelled) throw new FaultError({ code: "cancelled" });
      const part = bytes.slice(from, from + CHUNK);
      this.post({ type: "chunk", job: id, bytes: part, rows: 0 }, [part.buffer]);
      await job.sent();
    }
  }

  /** Measured once, when first asked. */
  private pace(): Promise<number> {
    this.measured ??= measurePace();
    return this.measured;
  }
}

/** The fields of a study that its defaults do not fit; none where there is no grid at all. */
function fieldsIn(fields: () => StudyOffer["fields"]): StudyOffer["fields"] {
  try {
    return fields();
  } catch (error) {
    if (error instanceof FaultError) return [];
    throw error;
  }
}
