import {
  FaultError,
  asFault,
  breathe,
  checkModel,
  cohorts,
  conditionFields,
  filedRules,
  fetchReaders,
  fetchWriters,
  beforeTraining,
  listDevices,
  listSynthesizers,
  openModelFile,
  openOwnModelFile,
  readRuleFile,
  ruleColumns,
  writeRuleFile,
  type EvaluateOptions,
  type Ledger,
  NO_CHANGES,
} from "../core/lab/lab.ts";
import type { planStudy } from "../core/studies/studies.ts";
import { answerAudit } from "./audit-desk.ts";
import { answerClinical, withBook, type ClinicalRequest } from "./clinical-desk.ts";
import { answerCleaning } from "./cleaning-desk.ts";
import { AwayDesk } from "./away-desk.ts";
import { Elsewhere } from "./elsewhere.ts";
import { GuaranteeDesk } from "./guarantee-desk.ts";
import { Expectations } from "./expectations.ts";
import { Job } from "./job.ts";
import { firstRowsSeen, JoinLooks, lookIntoFiles, openJoined } from "./joining.ts";
import type { Keep } from "./keep/keep.ts";
import type { KeepNews } from "./keep/place.ts";
import { newId } from "./new-id.ts";
import { PlaneDesk } from "./plane-desk.ts";
import { SimulatingDesk } from "./simulating-desk.ts";
import { StudyDesk } from "./studies/study-desk.ts";
import {
  openCohort,
  openFile,
  reviseOpen,
  rowsOf,
  viewOf,
  withoutKeep,
  type OpenTable,
} from "./open-table.ts";
import type { Event as LabEvent, Request, TableView } from "./protocol.ts";
import { Runs, type Run } from "./runs.ts";
import { TrainingRules } from "./training-rules.ts";

export interface SessionHost {
  post(event: LabEvent, transfer?: ArrayBuffer[]): void;
  readonly keep: Keep;
  readonly wasmPaths: string | Record<string, string>;
  /** Called once, when everything that will ever be fetched has been. */
  readonly onReady?: () => void;
  /** Which metrics runs are measured by; every one of the lab's unless said. */
  readonly metrics?: EvaluateOptions["metrics"];
  /** How studies are planned; by the lab's own grids unless said. */
  readonly planStudy?: typeof planStudy;
}

type JobRequest = Extract<Request, { job: number }>;
type Of<T extends Request["type"]> = Extract<Request, { type: T }>;

/** Model files larger than this are not read. */
const LARGEST_MODEL = 600 * 1024 * 1024;
/** Milliseconds for which a forgetting can be taken back; until then what was open stays in memory, nowhere else. */
const FORGOTTEN_FOR = 30_000;
/** Least milliseconds between two reports of reading. */
const READING_EVERY = 50;

/** What the worker does with each request. Knows nothing of workers: a test drives it in Node. */
export class Session {
  private readonly host: SessionHost;
  private readonly runs: Runs;
  private readonly away: AwayDesk;
  private readonly expectations = new Expectations();
  private readonly rules = new TrainingRules();
  private readonly guarantee: GuaranteeDesk;
  private readonly plane: PlaneDesk;
  private readonly simulating: SimulatingDesk;
  private readonly studies: StudyDesk;
  private readonly elsewhere = new Elsewhere();
  private readonly joins = new JoinLooks();
  private readonly jobs = new Map<number, Job>();
  private open: OpenTable | undefined;
  private forgotten:
    | {
        readonly runs: readonly Run[];
        readonly open: OpenTable | undefined;
        readonly ledgers: readonly Ledger[];
        readonly studies: ReturnType<StudyDesk["removeAll"]>;
      }
    | undefined;

  constructor(host: SessionHost) {
    this.host = host;
    this.guarantee = new GuaranteeDesk((event) => host.post(event), host.keep);
    this.runs = new Runs({
      keep: host.keep,
      wasmPaths: host.wasmPaths,
      post: (event) => host.post(event),
      expectations: this.expectations,
      rules: this.rules,
      ledger: this.guarantee,
      bookOf: (table) => (this.open?.id === table ? (this.open.book ?? NO_CHANGES) : undefined),
      ...(host.metrics && { metrics: host.metrics }),
    });
    this.plane = new PlaneDesk((event, transfer) => host.post(event, transfer), this.runs, {
      wasmPaths: host.wasmPaths,
      ...(host.metrics && { metrics: host.metrics }),
    });
    this.simulating = new SimulatingDesk((event, transfer) => host.post(event, transfer));
    this.studies = new StudyDesk((event, transfer) => host.post(event, transfer), this.runs, {
      keep: host.keep,
      wasmPaths: host.wasmPaths,
      ...(host.planStudy && { plan: host.planStudy }),
    });
    this.away = new AwayDesk((event, transfer) => host.post(event, transfer), this.runs, this.guarantee);
    host.keep.follow(
      () => this.tellKept(),
      (news) => this.hear(news),
    );
  }

  /** Never rejects: what goes wrong is told as `fault`, and everything else stays as it was. */
  async handle(request: Request): Promise<void> {
    const job = "job" in request ? request.job : undefined;
    const run = "run" in request ? request.run : undefined;
    try {
      if (request.type === "train") this.train(request);
      else if ("job" in request && request.type !== "cancel" && request.type !== "chunk-written")
        await this.asJob(request);
      else await this.command(request);
    } catch (error) {
      const fault = asFault(error);
      const about = { ...(job === undefined ? {} : { job }), ...(run === undefined ? {} : { run }) };
      this.host.post({ type: "fault", ...about, fault });
    }
  }

  /** Requests that are answered by their effects. */
  private async command(
    request: Exclude<Request, JobRequest> | Of<"cancel" | "chunk-written">,
  ): Promise<void> {
    switch (request.type) {
      case "hello":
        return this.hello();
      case "ping":
        return this.host.post({ type: "pong" });
      case "keep-runs":
        await this.runs.setKeeping(request.on);
        await this.studies.setKeeping(request.on);
        return this.guarantee.setKeeping(request.on);
      case "cancel":
        return this.jobs.get(request.job)?.cancel();
      case "chunk-written":
        return this.jobs.get(request.job)?.written();
      case "close-table":
        return this.closeOpen();
      case "pause":
        return this.runs.pause(request.run);
      case "resume":
        return this.runs.resume(request.run);
      case "run-next":
        return this.runs.next(request.run);
      case "cancel-run":
        return this.runs.cancel(request.run, request.keep);
      case "rename-run":
        return this.runs.rename(request.run, request.name);
      case "delete-run":
        return this.runs.remove(request.run);
      case "pause-studies":
      case "resume-studies":
      case "cancel-study":
      case "continue-study":
      case "study-next":
      case "remove-study":
        return this.studies.command(request);
    }
  }

  /** Requests that end in `done` or `fault`. */
  private async asJob(request: Exclude<JobRequest, Of<"cancel" | "chunk-written" | "train">>): Promise<void> {
    const job = new Job();
    this.jobs.set(request.job, job);
    try {
      await this.work(request, job);
    } finally {
      this.jobs.delete(request.job);
    }
    this.host.post({ type: "done", job: request.job });
  }

  private async work(
    request: Exclude<JobRequest, Of<"cancel" | "chunk-written" | "train">>,
    job: Job,
  ): Promise<void> {
    switch (request.type) {
      case "open":
        return this.openFile(request, job);
      case "open-cohort": {
        const from = performance.now();
        const open = await openCohort(request.simulation, this.readingListener(request.job, 0, job));
        await this.replaceTable(open, request.job, job);
        const seconds = (performance.now() - from) / 1000;
        return this.simulating.measured(request.simulation, open.table.rows, seconds);
      }
      case "draw-cohorts":
      case "climb":
      case "list-numbers":
      case "save-numbers":
      case "open-numbers":
      case "export-simulated":
        return this.simulating.answer(request, job, this.open);
      case "revise":
        return this.revise(request, job);
      case "preview-rows": {
        const cells = rowsOf(this.openTable(), request.from, request.count);
        return this.host.post({ type: "rows", job: request.job, from: request.from, cells });
      }
      case "look-into":
        return this.host.post({
          type: "files-seen",
          job: request.job,
          ...(await lookIntoFiles(request.files)),
        });
      case "sheet-rows":
        return this.host.post({ type: "sheet-rows", job: request.job, ...(await firstRowsSeen(request)) });
      case "look-at-join":
        return this.lookAtJoin(request, job);
      case "offer-studies":
      case "estimate-study":
      case "add-study":
      case "open-second":
      case "match-second":
      case "export-study":
      case "prompt-pack":
      case "read-replies":
      case "drop-reply":
        return this.studies.answer(request, this.open, job);
      case "suggest-steps":
      case "preview-step":
      case "save-steps":
      case "open-steps": {
        const open = this.openTable();
        const listener = this.readingListener(request.job, open.bytes, job);
        return this.host.post(await answerCleaning(request, open, listener));
      }
      case "list-clinical":
      case "check-clinical":
      case "open-book":
      case "save-book":
        return this.clinical(request);
      case "list-rules":
        return this.listRules(request, job);
      case "check-rule": {
        const check = this.rules.check(this.openTable().table, request.holdout, request.rule);
        return this.host.post({ type: "rule-checked", job: request.job, check });
      }
      case "open-rules":
        return this.openRules(request);
      case "save-rules":
        return this.host.post({
          type: "rules-file",
          job: request.job,
          text: writeRuleFile(filedRules(request)),
        });
      case "offer-guarantee":
        return this.offerGuarantee(request);
      case "strike-entry":
      case "clear-ledger":
      case "save-ledger":
      case "open-ledger":
        return this.guarantee.answer(request, this.openTable());
      case "estimate":
        return this.estimate(request);
      case "evaluate":
        return this.runs.evaluate(request.run, this.open);
      case "elsewhere-file":
        return this.chooseElsewhere(request, job);
      case "elsewhere-target":
        await this.elsewhere.setTarget(request.column);
        return this.lookElsewhere();
      case "evaluate-elsewhere":
        return this.runs.compare(request.run, this.elsewhere.comparison(request.seen, request.seed));
      case "condition-fields":
        return this.conditionFields(request);
      case "exposed-rows":
        return this.exposedRows(request, job);
      case "attack":
        return this.attack(request, job);
      case "plane":
      case "sweep":
      case "look-coarsened":
      case "export-coarsened":
        return this.plane.answer(request, this.open, job);
      case "audit": {
        const open = this.openTable();
        return this.runs.alone(() => answerAudit(request, open, job, (event) => this.host.post(event)));
      }
      case "sample-preview":
      case "export-csv":
      case "export-model":
      case "export-report":
      case "preview-futures":
      case "export-futures":
        return this.away.take(request, this.open, job);
      case "read-given": {
        const listener = this.readingListener(request.job, 0, job);
        return this.away.readGiven(request, this.open, listener);
      }
      case "complete-csv":
        return this.complete(request, job);
      case "open-model":
        return this.openModel(request);
      case "remember-table":
        return this.remember(request);
      case "restore":
        return this.restore(request.job);
      case "forget":
        return this.forget(request.job);
      case "undo-forget":
        return this.undoForget(request.job);
    }
  }

  /** Opens every device once, so that what each needs is here before `ready`. */
  private async hello(): Promise<void> {
    const [devices] = await Promise.all([
      listDevices({ wasmPaths: this.host.wasmPaths }),
      // One that does not come is asked for again by the first file that needs it.
      fetchReaders().catch(() => undefined),
      fetchWriters().catch(() => undefined),
    ]);
    this.expectations.devices = devices;
    this.host.onReady?.();
    this.host.post({ type: "ready", synthesizers: listSynthesizers(), cohorts: [...cohorts], devices });
  }

  private openTable(): OpenTable {
    if (this.open === undefined) throw new FaultError({ code: "bad-use", message: "No table is open." });
    return this.open;
  }

  private useTable(open: OpenTable | undefined): void {
    this.open = open;
    this.runs.letGo(open);
    this.studies.follow(open);
    void this.elsewhere.follow(open).then((did) => (did ? this.lookElsewhere() : undefined));
  }

  private lookElsewhere(): void {
    this.host.post({ type: "elsewhere", look: this.elsewhere.look() });
  }

  private async chooseElsewhere(
    { job: id, slot, source, name, repair }: Of<"elsewhere-file">,
    job: Job,
  ): Promise<void> {
    if (source === null) await this.elsewhere.empty(slot);
    else if (source === "open-table") {
      await this.elsewhere.choose(slot, this.openTable(), name, this.readingListener(id, 0, job));
    } else {
      const blob = source instanceof Blob ? source : new Blob([source]);
      await this.elsewhere.choose(slot, blob, name, this.readingListener(id, blob.size, job), repair);
    }
    this.lookElsewhere();
  }

  private setTable(open: OpenTable, view: TableView, job: number): void {
    this.useTable(open);
    this.host.post({ type: "table", job, table: view });
    void this.tellLedger(open);
  }

  /** A file that is gone by now cannot be told by its digest: its ledger is not shown. */
  private tellLedger(open: OpenTable): Promise<void> {
    return this.guarantee.tell(open).catch((error: unknown) => {
      this.host.post({ type: "fault", fault: asFault(error) });
    });
  }

  private async offerGuarantee(request: Of<"offer-guarantee">): Promise<void> {
    const open = this.openTable();
    const { choices } = request;
    if (JSON.stringify(open.public ?? { declared: { columns: [] } }) !== JSON.stringify(choices)) {
      this.open = { ...open, public: choices };
      if (open.remembered) await this.host.keep.keepTable(this.open);
    }
    await this.guarantee.offer(request, open);
  }

  private closeTable(job: number): void {
    this.useTable(undefined);
    this.host.post({ type: "table", job, table: null });
  }

  /** Another table takes the place of the open one, whose kept copy goes: the person agreed for that one only. */
  private async replaceTable(open: OpenTable, id: number, job: Job): Promise<void> {
    const { rows } = open.table;
    const told = { type: "reading", job: id, bytes: open.bytes, total: open.bytes, rows } as const;
    const tell = (looked: number): void => this.host.post({ ...told, looked });
    const view = await viewOf(open, () => job.cancelled, tell);
    const wasRemembered = this.open?.remembered === true;
    this.setTable(open, view, id);
    if (wasRemembered) await this.host.keep.dropTable();
  }

  private async openFile(request: Of<"open">, job: Job): Promise<void> {
    const { job: id, source, name, repair, choice, join } = request;
    const blob = source instanceof Blob ? source : new Blob([source]);
    const listener = this.readingListener(id, blob.size, job);
    const open =
      join === undefined
        ? await openFile(blob, name, { repair, choice }, listener)
        : await openJoined(request, join, listener);
    this.joins.forget();
    await this.replaceTable(open, id, job);
  }

  private async lookAtJoin(request: Of<"look-at-join">, job: Job): Promise<void> {
    const seen = await this.joins.look(request, { onProgress: () => {}, cancelled: () => job.cancelled });
    this.host.post({ type: "join-seen", job: request.job, ...seen });
  }

  private readingListener(job: number, total: number, state: Job): Parameters<typeof openFile>[3] {
    let told = -Infinity;
    return {
      cancelled: () => state.cancelled,
      onProgress: ({ bytes, rows }) => {
        if (performance.now() - told < READING_EVERY && bytes < total) return;
        told = performance.now();
        this.host.post({ type: "reading", job, bytes, total, rows });
      },
    };
  }

  private async revise({ job: id, changes }: Of<"revise">, job: Job): Promise<void> {
    const before = this.openTable();
    const revised = await reviseOpen(before, changes, this.readingListener(id, before.bytes, job));
    if (this.open?.id !== before.id) throw new FaultError({ code: "cancelled" });
    this.useTable(revised);
    const view = await viewOf(revised);
    if (this.open?.id !== revised.id) return;
    this.host.post({ type: "table", job: id, table: view });
    if (this.open.remembered) await this.host.keep.keepTable(this.open);
  }

  private train({ run, request }: Of<"train">): void {
    this.runs.train(run, request, this.openTable());
  }

  private async estimate({ job, device, share, params }: Of<"estimate">): Promise<void> {
    const { table } = this.openTable();
    const of = await this.expectations.all(table, device, share, params);
    const { first, all } = await this.expectations.measuring(table, share);
    const few = beforeTraining(table, share);
    this.host.post({ type: "estimates", job, of, first, measuring: all, ...(few !== undefined && { few }) });
  }

  private async conditionFields({ job, run }: Of<"condition-fields">): Promise<void> {
    const fields = await conditionFields(this.runs.modelOf(run));
    this.host.post({ type: "condition-fields", job, run, fields });
  }

  private async exposedRows({ job: id, run }: Of<"exposed-rows">, job: Job): Promise<void> {
    const rows = await this.runs.exposedRows(run, this.open, pulseOf(job));
    this.host.post({ type: "exposed-rows", job: id, run, rows });
  }

  private async clinical(request: ClinicalRequest): Promise<void> {
    const open = this.openTable();
    this.host.post(await answerClinical(request, open));
    const now = this.open;
    if (request.type !== "list-clinical" || now?.table !== open.table) return;
    this.open = withBook(now, request.book);
    if (this.open !== now && now.remembered) await this.host.keep.keepTable(this.open);
  }

  private async listRules({ job: id, holdout, choices }: Of<"list-rules">, job: Job): Promise<void> {
    const open = this.openTable();
    const list = await this.rules.list(open.table, holdout, choices, pulseOf(job));
    this.host.post({ type: "rules", job: id, list });
    const now = this.open;
    if (now?.table !== open.table || JSON.stringify(now.rules ?? []) === JSON.stringify(choices)) return;
    this.open = { ...now, rules: choices };
    if (now.remembered) await this.host.keep.keepTable(this.open);
  }

  private async openRules({ job, source, name }: Of<"open-rules">): Promise<void> {
    const choices = readRuleFile(await source.text(), ruleColumns(this.openTable().table));
    this.host.post({ type: "rules-opened", job, opened: { name, choices } });
  }

  private attack({ job: id, run, shadows }: Of<"attack">, job: Job): Promise<void> {
    const tell = (fraction: number, secondsLeft: number | undefined): void =>
      this.host.post({
        type: "attacking",
        job: id,
        run,
        fraction,
        ...(secondsLeft !== undefined && { secondsLeft }),
      });
    return this.runs.attack(run, this.open, shadows, { tell, cancelled: () => job.cancelled });
  }

  private complete(request: Of<"complete-csv">, job: Job): Promise<void> {
    const open = this.openTable();
    const listener = this.readingListener(request.job, open.bytes, job);
    return this.away.complete(request, open, { job, listener });
  }

  private async openModel({ job, source, name }: Of<"open-model">): Promise<void> {
    const blob = source instanceof Blob ? source : new Blob([source]);
    if (blob.size > LARGEST_MODEL) {
      throw new FaultError({
        code: "model-damaged",
        reason: `${name} has ${blob.size} bytes; no model is that large.`,
      });
    }
    const model = openModelFile(new Uint8Array(await blob.arrayBuffer()));
    await checkModel(model);
    await this.runs.adopt(`file-${newId()}-${job}`, model);
  }

  private async remember({ job, on }: Of<"remember-table">): Promise<void> {
    const open = this.openTable();
    const next = { ...open, remembered: on };
    const stays = on ? next : await withoutKeep(next);
    if (on) await this.host.keep.keepTable(next);
    else await this.host.keep.dropTable();
    const view = await viewOf(stays);
    if (this.open?.id === open.id) this.setTable(stays, view, job);
  }

  /** The open table goes, and the copy of it that is kept; one that another tab keeps stays. */
  private async closeOpen(): Promise<void> {
    const kept = this.open?.remembered === true;
    this.closeTable(0);
    if (kept) await this.host.keep.dropTable();
  }

  private async tellKept(): Promise<void> {
    this.host.post({ type: "kept", kept: await this.host.keep.kept() });
  }

  /** What another tab has kept, dropped or forgotten. */
  private async hear(news: KeepNews): Promise<void> {
    switch (news.type) {
      case "run": {
        const kept = await this.host.keep.run(news.run).catch(() => undefined);
        if (kept !== undefined) this.runs.restore(kept, kept.file && openOwnModelFile(kept.file));
        return;
      }
      case "run-dropped":
        return this.runs.dontKeep(news.run);
      case "runs-dropped":
      case "studies":
        return;
      case "ledgers":
        return this.guarantee.restore(this.open);
      case "table":
        return news.table === this.open?.id ? undefined : this.tableIsKeptNoMore();
      case "forgotten":
        this.runs.stopKeeping();
        this.guarantee.stopKeeping();
        this.studies.stopKeeping();
        await this.tableIsKeptNoMore();
        this.host.post({ type: "forgotten-elsewhere" });
    }
  }

  /** Another table has taken its place, or none; a source that lay there is gone with it. */
  private async tableIsKeptNoMore(): Promise<void> {
    const { open } = this;
    if (open?.remembered !== true) return;
    const source = open.source instanceof Blob ? open.source : undefined;
    const next = { ...open, source, remembered: false };
    const view = await viewOf(next);
    if (this.open?.id === open.id) this.setTable(next, view, 0);
  }

  /** What an earlier visit left here. A run that cannot be opened any more is dropped, the others stay. */
  private async restore(job: number): Promise<void> {
    const { runs: kept, damaged } = await this.host.keep.runs();
    const unreadable = damaged > 0 ? [damaged === 1 ? "a run" : `${damaged} runs`] : [];
    for (const run of kept.sort((a, b) => a.view.number - b.view.number)) {
      try {
        this.runs.restore(run, run.file && openOwnModelFile(run.file));
      } catch {
        unreadable.push(run.view.name);
        await this.host.keep.dropRun(run.view.run);
      }
    }
    await this.guarantee.restore(this.open);
    const table = await this.host.keep.table();
    if (table !== undefined) {
      const open = { ...table, remembered: true };
      const view = await viewOf(open);
      if (this.open === undefined) this.setTable(open, view, job);
    }
    // Not waited for: another tab may have them.
    void this.studies.restore().catch(() => undefined);
    await this.tellKept();
    if (unreadable.length > 0) {
      const reason = `Kept in this browser, but damaged and removed: ${unreadable.join(", ")}.`;
      throw new FaultError({ code: "model-damaged", reason });
    }
  }

  private async forget(job: number): Promise<void> {
    for (const other of this.jobs.values()) other.cancel();
    const open = this.open && (await withoutKeep(this.open).catch(() => this.open));
    const held = {
      runs: this.runs.removeAll(),
      open,
      ledgers: this.guarantee.forget(),
      studies: this.studies.removeAll(),
    };
    this.forgotten = held;
    setTimeout(() => {
      if (this.forgotten === held) this.forgotten = undefined;
    }, FORGOTTEN_FOR);
    this.closeTable(job);
    await this.elsewhere.emptyAll();
    this.lookElsewhere();
    await this.host.keep.forget();
  }

  private async undoForget(job: number): Promise<void> {
    const { runs = [], open, ledgers = [], studies = [] } = this.forgotten ?? {};
    this.forgotten = undefined;
    this.runs.putBack(runs);
    this.guarantee.putBack(ledgers);
    this.studies.putBack(studies);
    if (open === undefined || this.open !== undefined) return;
    if (open.remembered) await this.host.keep.keepTable(open);
    this.setTable(open, await viewOf(open), job);
  }
}

/** Lets others have their turn, and rejects once `job` is cancelled. */
const pulseOf = (job: Job) => async (): Promise<void> => {
  if (job.cancelled) throw new FaultError({ code: "cancelled" });
  await breathe();
};
