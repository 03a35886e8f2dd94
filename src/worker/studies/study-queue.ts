import { asFault, FaultError } from "../../core/lab/lab.ts";
import {
  planStudy,
  runWatched,
  type CellDone,
  type PlannedStudy,
  type StudyCell,
} from "../../core/studies/studies.ts";
import type { Table } from "../../core/table/table.ts";
import type { KeptStudy } from "../keep/study-drawer.ts";
import type { Event as LabEvent } from "../protocol.ts";
import type { StudyView } from "../protocol-studies.ts";
import type { Runs } from "../runs.ts";
import { QueuedStudy, type AskedStudy } from "./queued-study.ts";
import type { StudyKeeping } from "./study-keeping.ts";

export interface QueueHost {
  readonly post: (event: LabEvent) => void;
  readonly runs: Runs;
  readonly keeping: StudyKeeping;
  readonly wasmPaths: string | Record<string, string>;
  /** how many times slower this machine is than that of METHODS.md's figures */
  readonly pace: () => Promise<number>;
  /** plans a study: the lab's own unless said */
  readonly plan?: typeof planStudy;
}

/** The table that studies can go on with. */
export interface OpenForStudies {
  readonly table: Table;
  readonly mark: string;
}

/** Least milliseconds between two results of a study that runs. */
const RESULT_EVERY = 3000;
/** Milliseconds without a cell under way after which that is told. */
const STILL_MS = 300;
const WHO = "studies";

/** The list of studies and the queue they are worked off in, a cell at a time, behind everything else. Every change is told to the page. */
export class StudyQueue {
  private readonly host: QueueHost;
  /** in the order they are worked off; settled ones keep their place */
  private studies: QueuedStudy[] = [];
  private look: (() => OpenForStudies) | undefined;
  private open: OpenForStudies | undefined;
  private held = false;
  private working = false;
  /** the cell under way; `stop`: it is no longer wanted */
  private under: { readonly study: QueuedStudy; stop: boolean } | undefined;
  private resultTold = -Infinity;
  private pace: number | undefined;

  constructor(host: QueueHost) {
    this.host = host;
  }

  /** Puts a study of the open table at the end of the queue; throws FaultError `study-refused` or `parameter-invalid`. */
  async add(asked: AskedStudy, plan: PlannedStudy): Promise<void> {
    const study = new QueuedStudy(asked);
    study.plan = plan;
    this.studies.push(study);
    this.open = this.look?.();
    this.tell();
    await this.keep(study);
    void this.workOff();
  }

  /** Studies of an earlier visit, behind those that are here. */
  restore(kept: readonly KeptStudy[]): void {
    const here = new Set(this.studies.map(({ id }) => id));
    const back = kept.filter(({ study }) => !here.has(study));
    if (back.length === 0) return;
    this.studies.push(...back.map((one) => QueuedStudy.restored(one)));
    this.held ||= back.some(({ paused }) => paused);
    this.follow(this.look);
  }

  /** What is open now: its studies go on, others wait. The table is looked at only where there are studies. */
  follow(look: (() => OpenForStudies) | undefined): void {
    this.look = look;
    this.open = this.studies.length === 0 ? undefined : look?.();
    if (this.studies.length === 0) return;
    for (const study of this.studies) this.fit(study);
    this.tell();
    for (const study of this.studies) if (study.hasNews) this.tellResult(study);
    void this.workOff();
  }

  /** Gives a study its plan where its table is open and it needs one, and takes it where it is not. */
  private fit(study: QueuedStudy): void {
    const { open } = this;
    if (open !== undefined && open.mark === study.mark) {
      study.apart = undefined;
      if (study.plan?.source.table === open.table || !study.needsPlan) return;
      study.plan = undefined;
      try {
        study.plan = this.planOf(study, open.table);
      } catch (error) {
        if (study.active) study.settle("failed", asFault(error));
      }
    } else {
      study.plan = undefined;
      study.apart = open !== undefined && open.table.name === study.table ? "changed" : "other-table";
    }
    this.dropCell((other) => other === study);
    if (study.state === "running") study.settle("waiting");
  }

  private planOf({ request, tables }: QueuedStudy, table: Table): PlannedStudy {
    return (this.host.plan ?? planStudy)(request, { table, ...tables });
  }

  async pause(): Promise<void> {
    this.held = true;
    this.dropCell(() => true);
    this.tell();
    await this.keepActive();
  }

  async resume(): Promise<void> {
    this.held = false;
    this.tell();
    void this.workOff();
    await this.keepActive();
  }

  async cancel(id: string): Promise<void> {
    const study = this.find(id);
    if (!study.active) return;
    this.dropCell((other) => other === study);
    study.settle("cancelled");
    this.tell();
    this.tellResult(study);
    await this.keep(study);
  }

  /** Throws FaultError where the table that it would begin anew with has no such grid. */
  async continue(id: string): Promise<void> {
    const study = this.find(id);
    if (study.apart === "changed" && this.open !== undefined) {
      const plan = this.planOf(study, this.open.table);
      study.beginAnew(this.open.mark);
      study.plan = plan;
    } else if (study.state === "done") return;
    study.settle("waiting");
    this.fit(study);
    this.tell();
    await this.keep(study);
    void this.workOff();
  }

  /** One that waits becomes the next after the one that runs. */
  async first(id: string): Promise<void> {
    const study = this.find(id);
    const others = this.studies.filter((one) => one !== study);
    const at = others.findIndex((one) => one.state === "running");
    this.studies = others.toSpliced(study.state === "running" ? 0 : at + 1, 0, study);
    this.tell();
    await this.keepActive();
  }

  async remove(id: string): Promise<void> {
    const study = this.find(id);
    this.leave([study]);
    await this.host.keeping.drop(id);
  }

  /** Takes every study out of the list and returns them as they were. */
  removeAll(): readonly QueuedStudy[] {
    const held = this.studies;
    this.leave(held);
    return held;
  }

  /** What `removeAll` returned is in the list again. */
  putBack(studies: readonly QueuedStudy[]): void {
    this.studies.push(...studies);
    this.follow(this.look);
  }

  private leave(studies: readonly QueuedStudy[]): void {
    this.studies = this.studies.filter((study) => !studies.includes(study));
    this.dropCell((study) => studies.includes(study));
    for (const study of studies) if (study.state === "running") study.settle("waiting");
    this.tell();
  }

  /** Throws FaultError where there is none. */
  find(id: string): QueuedStudy {
    const study = this.studies.find((one) => one.id === id);
    if (study === undefined) throw new FaultError({ code: "bad-use", message: `There is no study ${id}.` });
    return study;
  }

  /** All of them, where they are to be kept from here on. */
  async keepAll(): Promise<void> {
    for (const study of this.studies) await this.keep(study);
  }

  private async keepActive(): Promise<void> {
    for (const study of this.studies) if (study.active) await this.keep(study);
  }

  private dropCell(of: (study: QueuedStudy) => boolean): void {
    if (this.under === undefined || !of(this.under.study)) return;
    this.under.stop = true;
    this.host.runs.look();
  }

  private async workOff(): Promise<void> {
    if (this.working) return;
    this.working = true;
    try {
      for (let next = this.nextCell(); next !== undefined; next = this.nextCell())
        await this.step(next.study, next.plan, next.cell);
    } finally {
      this.working = false;
    }
  }

  /** The next cell of the first study that can go on; those that have all their cells are done. */
  private nextCell():
    { readonly study: QueuedStudy; readonly plan: PlannedStudy; readonly cell: StudyCell } | undefined {
    if (this.held) return undefined;
    for (const study of this.studies) {
      const { plan } = study;
      if (!study.active || plan === undefined) continue;
      const cell = study.next();
      if (cell !== undefined) return { study, plan, cell };
      this.finish(study);
    }
    return undefined;
  }

  private finish(study: QueuedStudy): void {
    study.settle("done");
    this.tell();
    this.tellResult(study);
    void this.keep(study);
  }

  private async step(study: QueuedStudy, plan: PlannedStudy, cell: StudyCell): Promise<void> {
    const under = { study, stop: false };
    this.under = under;
    const waits = setTimeout(() => this.tellMoving(study), STILL_MS);
    try {
      const done = await this.host.runs.behind(
        WHO,
        () => {
          clearTimeout(waits);
          return this.run(study, plan, cell, () => under.stop);
        },
        () => under.stop,
      );
      if (done === undefined || under.stop) return;
      study.add(done);
      if (performance.now() - this.resultTold >= RESULT_EVERY) this.tellResult(study);
      if (study.next() !== undefined) await this.keep(study);
    } catch (error) {
      const fault = asFault(error);
      if (fault.code === "cancelled" || under.stop) return;
      study.settle("failed", fault);
      this.tell();
      await this.keep(study);
    } finally {
      clearTimeout(waits);
      if (this.under === under) this.under = undefined;
    }
  }

  private async run(
    study: QueuedStudy,
    plan: PlannedStudy,
    cell: StudyCell,
    stopped: () => boolean,
  ): Promise<CellDone> {
    this.pace ??= await this.host.pace();
    const expected = study.secondsOf(cell, this.pace);
    const tell = (fraction: number, seconds: number): void => {
      if (!stopped()) this.tellMoving(study, { cell, fraction, seconds: Math.min(seconds, expected) });
    };
    if (study.state !== "running") {
      study.settle("running");
      this.tell();
    }
    tell(0, 0);
    return runWatched(plan, cell, this.host.wasmPaths, { stopped, expected, tell });
  }

  /** How far it is, and what is under way of it, if anything: a training may go first. */
  private tellMoving(
    study: QueuedStudy,
    under?: { readonly cell: StudyCell; readonly fraction: number; readonly seconds: number },
  ): void {
    const left = study.secondsLeft(this.pace ?? 1);
    this.host.post({
      type: "study",
      study: {
        ...this.viewOf(study),
        ...(under && { fraction: study.fraction(under.cell, under.fraction), now: under.cell.words }),
        ...(left !== undefined && { secondsLeft: Math.max(0, left - (under?.seconds ?? 0)) }),
      },
    });
  }

  /** What it has found, where that is known. A reduction that fails is told as the study's fault and stops nothing else. */
  private tellResult(study: QueuedStudy): void {
    this.resultTold = performance.now();
    try {
      const result = study.result();
      if (!study.active) study.plan = undefined;
      if (result === undefined) return;
      const left = study.state === "running" ? study.secondsLeft(this.pace ?? 1) : undefined;
      this.host.post({
        type: "study",
        study: { ...this.viewOf(study), result, ...(left !== undefined && { secondsLeft: left }) },
      });
    } catch (error) {
      study.settle("failed", asFault(error));
      this.tell();
    }
  }

  private tell(): void {
    this.host.post({ type: "studies", studies: this.views(), paused: this.held });
  }

  /** While studies are held the first of them is what is paused. */
  private viewOf(study: QueuedStudy): StudyView {
    return study.view(this.held && study === this.studies.find(({ active }) => active));
  }

  /** Those that run or wait in their order, then the others, the newest first. */
  private views(): StudyView[] {
    const views = this.studies.map((study) => this.viewOf(study));
    const settled = views.filter(({ finishedAt }) => finishedAt !== undefined);
    return [
      ...views.filter(({ finishedAt }) => finishedAt === undefined),
      ...settled.toSorted((a, b) => (b.finishedAt ?? "").localeCompare(a.finishedAt ?? "")),
    ];
  }

  /** One that cannot be kept goes on and says so. */
  private async keep(study: QueuedStudy): Promise<void> {
    const before = study.unkept;
    if (!this.studies.includes(study)) return;
    study.unkept = await this.host.keeping.keep(study.kept(this.studies.indexOf(study), this.held));
    if (study.unkept?.code !== before?.code) this.tell();
  }
}
