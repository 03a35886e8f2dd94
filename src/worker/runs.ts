import {
  FaultError,
  MADE_ELSEWHERE,
  asFault,
  attackModel,
  breathe,
  createTimeLeft,
  evaluateModel,
  exposedRows,
  findSynthesizer,
  saveModelFile,
  shapeOf,
  runSplit,
  startFit,
  type EvaluateOptions,
  type ExposedRow,
  type Fault,
  type Fit,
  type FitProgress,
  type Report,
  type Rule,
  type RunContext,
  type Table,
  type TrainedModel,
  NO_CHANGES,
  type RuleBook,
} from "../core/lab/lab.ts";
import type { Expectations } from "./expectations.ts";
import type { GuaranteeDesk } from "./guarantee-desk.ts";
import { paced } from "./paced.ts";
import type { Keep, KeptRun } from "./keep/keep.ts";
import { sourceFactsOf, type OpenTable } from "./open-table.ts";
import { createStopwatch } from "./stopwatch.ts";
import type { TrainingRules } from "./training-rules.ts";
import { Turns } from "./turns.ts";
import type {
  Event as LabEvent,
  HoldoutChoice,
  RuleChoice,
  RunState,
  RunView,
  TrainRequest,
} from "./protocol.ts";

export interface RunsHost {
  readonly post: (event: LabEvent) => void;
  readonly keep: Keep;
  readonly wasmPaths: string | Record<string, string>;
  readonly expectations: Expectations;
  readonly rules: TrainingRules;
  readonly ledger: Pick<GuaranteeDesk, "enter">;
  /** the clinical rules of a table as they are now; undefined where it is not open any more */
  readonly bookOf: (tableId: string) => RuleBook | undefined;
  readonly metrics?: EvaluateOptions["metrics"];
}

/** A run as the worker has it. */
export interface Run {
  view: RunView;
  model?: TrainedModel;
  /** the table it was, or will be, trained on; let go of once another one is open */
  trainedOn?: OpenTable;
  tableId: string | undefined;
  /** the model it goes on from */
  from?: TrainedModel;
  fit?: Fit;
  /** measures its tables, which were made elsewhere; let go of once it has */
  measure?: Pick<MadeElsewhere, "real" | "measure">;
  /** asks the evaluation under way to stop */
  stop?: boolean;
}

/** A run that has been measured. */
export type MeasuredView = RunView & { readonly report: Report };

/** A comparison of tables that came from files. */
export interface MadeElsewhere {
  readonly name: string;
  readonly table: Table;
  readonly tableId: string;
  readonly holdout: HoldoutChoice;
  readonly seed: number;
  /** the real table, with its file */
  readonly real: OpenTable;
  readonly measure: (options: EvaluateOptions) => Promise<Report>;
}

/** Who asked for an attack: hears the share that is done and the seconds left, and may not want it any more. */
interface AttackListener {
  readonly tell: (fraction: number, secondsLeft: number | undefined) => void;
  readonly cancelled: () => boolean;
}

const PREVIEW_ROWS = 500;
/** Least milliseconds between two reports of progress that bring nothing but the step. */
const REPORT_EVERY = 100;
const REST_CANCELLED =
  "The rest of its measures was cancelled: what had been measured first stays, with every verdict of a side.";
const UNDER_WAY: ReadonlySet<RunState> = new Set(["running", "paused", "evaluating"]);
const SETTLED: ReadonlySet<RunState> = new Set(["done", "failed", "cancelled"]);

function badUse(message: string): FaultError {
  return new FaultError({ code: "bad-use", message });
}

/** Whether a fit can go on from it, by the synthesizer that loads it. */
function canContinue({ artifact }: TrainedModel): boolean {
  return findSynthesizer(artifact.synthesizer).continues === true;
}

/** It can be shown again and put back: it has a model, or a report without one. */
const isFinished = ({ view, model }: Run): boolean =>
  SETTLED.has(view.state) && (model !== undefined || view.report !== undefined);

function tableOf(run: Run, open: OpenTable | undefined): OpenTable | undefined {
  return run.trainedOn ?? (open?.id === run.tableId ? open : undefined);
}

/** The list of runs and the queue they are worked off in, one after another. Every change is told to the page. */
export class Runs {
  private readonly host: RunsHost;
  private readonly runs = new Map<string, Run>();
  /** the runs that wait, the next one first */
  private queue: readonly string[] = [];
  /** trainings, comparisons and attacks, one after another */
  private turn: Promise<void> = Promise.resolve();
  /** how many of them are under way or wait */
  private working = 0;
  private readonly turns = new Turns(() => this.working > 0);
  /** an attack or a test of a guarantee is under way */
  private occupied = false;
  /** whether finished runs are kept in this browser */
  private keeping = false;
  /** runs that another tab has removed from what is kept: they are not written back */
  private readonly unkept = new Set<string>();

  constructor(host: RunsHost) {
    this.host = host;
  }

  /** Puts a run on `open` at the end of the queue. */
  train(id: string, asked: TrainRequest, open: OpenTable): void {
    const { name, schema } = open.table;
    const from = asked.from === undefined ? undefined : this.modelOf(asked.from);
    const request =
      from === undefined
        ? asked
        : { ...asked, synthesizer: from.artifact.synthesizer, params: from.artifact.params };
    const run: Run = {
      view: this.newView({
        run: id,
        state: "queued",
        request,
        table: name,
        schema,
        hasModel: false,
        fromFile: false,
        tableId: open.id,
      }),
      trainedOn: open,
      tableId: open.id,
      ...(from && { from }),
    };
    this.runs.set(id, run);
    this.change(run, {});
    this.setQueue([...this.queue, id]);
    void this.workOff();
  }

  /** Puts the comparison of tables made elsewhere at the end of the queue. */
  compare(id: string, { name, table, tableId, holdout, seed, real, measure }: MadeElsewhere): void {
    const request = { synthesizer: MADE_ELSEWHERE, params: {}, seed, device: "auto", holdout } as const;
    const view = { run: id, state: "queued", request, table: table.name, schema: table.schema } as const;
    const told = { ...view, name, hasModel: false, fromFile: false, madeElsewhere: true, tableId };
    const run: Run = {
      view: { ...told, number: this.nextNumber(), notices: [] },
      measure: { real, measure },
      tableId,
    };
    this.runs.set(id, run);
    this.change(run, {});
    this.setQueue([...this.queue, id]);
    void this.workOff();
  }

  /** A run that waits becomes the next. */
  next(id: string): void {
    if (this.queue.includes(id)) this.setQueue([id, ...this.queue.filter((other) => other !== id)]);
  }

  private setQueue(runs: readonly string[]): void {
    this.queue = runs;
    this.host.post({ type: "queue", runs });
  }

  pause(id: string): void {
    this.find(id).fit?.pause();
  }

  resume(id: string): void {
    this.find(id).fit?.resume();
  }

  /** keep: the model as it is now becomes the run's. Of a run that is being evaluated only the evaluation ends, and what its first pass found stays. */
  cancel(id: string, keep: boolean): void {
    const run = this.find(id);
    run.stop = true;
    this.turns.look();
    if (run.view.state === "queued") {
      this.setQueue(this.queue.filter((other) => other !== id));
      this.change(run, { state: "cancelled", fault: { code: "cancelled" } });
    }
    run.fit?.cancel(keep);
  }

  async rename(id: string, name: string): Promise<void> {
    const run = this.find(id);
    this.change(run, { name });
    if (run.view.state === "done") await this.keepRun(run);
  }

  async remove(id: string): Promise<void> {
    this.drop(id);
    await this.host.keep.dropRun(id);
  }

  /** Takes every run out of the list and keeps none from here on; returns those that can be put back. */
  removeAll(): readonly Run[] {
    this.keeping = false;
    const held = [...this.runs.values()].filter(isFinished);
    for (const id of this.runs.keys()) this.drop(id);
    return held;
  }

  /** What `removeAll` returned is in the list again. */
  putBack(runs: readonly Run[]): void {
    for (const run of runs) {
      this.runs.set(run.view.run, run);
      this.change(run, {});
    }
  }

  /** On: finished runs are kept in this browser, those that are here too. Off: those kept are removed from it. */
  async setKeeping(on: boolean): Promise<void> {
    this.keeping = on;
    if (!on) return this.host.keep.dropRuns();
    this.unkept.clear();
    for (const run of this.runs.values()) if (isFinished(run)) await this.keepRun(run);
  }

  /** None is kept from here on; what is kept stays. */
  stopKeeping(): void {
    this.keeping = false;
  }

  /** Another tab has removed it: it stays here, and is not written back. */
  dontKeep(id: string): void {
    this.unkept.add(id);
  }

  private drop(id: string): void {
    this.cancel(id, false);
    this.runs.delete(id);
    this.host.post({ type: "run-deleted", run: id });
  }

  /** Evaluates again. Throws FaultError when the table it was trained on is not open any more. */
  async evaluate(id: string, open: OpenTable | undefined): Promise<void> {
    const run = this.find(id);
    if (run.view.state !== "done") throw badUse(`${run.view.name} is not done yet.`);
    if (run.view.measuring === true) throw badUse(`${run.view.name} is being measured.`);
    const table = tableOf(run, open);
    if (table === undefined)
      throw badUse(`${run.view.name} was trained on a table that is not open any more.`);
    await this.evaluateOne(run, table);
  }

  /** A model that came from a file, as a run of its own: there is no table to compare it with. */
  async adopt(id: string, model: TrainedModel): Promise<void> {
    const { facts, schema, report, refused } = model;
    const { synthesizer, params, seed, table } = facts;
    const { train, holdout } = report?.shape ?? { train: 1, holdout: 0 };
    const share = holdout / (train + holdout);
    const request: TrainRequest = { synthesizer, params, seed, device: "auto", holdout: { share, seed } };
    const view = {
      run: id,
      state: "done",
      request,
      table,
      schema,
      facts,
      hasModel: true,
      fromFile: true,
      continues: canContinue(model),
    } as const;
    const notices = [...(facts.notices ?? []), ...(refused === undefined ? [] : [refused])];
    const told = { ...this.newView({ ...view, ...(report && { report }) }), notices };
    const run: Run = { view: told, model, tableId: undefined };
    this.runs.set(id, run);
    this.change(run, {});
    await this.keepRun(run);
  }

  /** A run of an earlier visit, or of another tab; one that is here only takes its name. */
  restore({ view, tableId }: KeptRun, model: TrainedModel | undefined): void {
    const here = this.runs.get(view.run);
    if (here !== undefined) return this.change(here, { name: view.name });
    const known = tableId === undefined ? {} : { tableId };
    const told = { ...this.numbered(view), ...known, measuring: false };
    const run: Run = {
      view: { ...told, ...(model && { continues: canContinue(model) }) },
      ...(model && { model }),
      tableId,
    };
    this.runs.set(view.run, run);
    this.change(run, {});
  }

  /** Settled runs on other tables than `open` let go of theirs. */
  letGo(open: OpenTable | undefined): void {
    for (const run of this.runs.values()) {
      if (SETTLED.has(run.view.state) && run.trainedOn?.id !== open?.id) delete run.trainedOn;
    }
  }

  /** Throws FaultError when the run is unknown or has no model. */
  modelOf(id: string): TrainedModel {
    const { model, view } = this.find(id);
    if (model === undefined) throw badUse(`${view.name} has no model yet.`);
    return model;
  }

  viewOf(id: string): RunView {
    return this.find(id).view;
  }

  /** Throws FaultError when the run has not been measured. */
  reportOf(id: string): Report {
    const { report, name } = this.find(id).view;
    if (report === undefined)
      throw badUse(`${name} has not been compared with held-out rows, so there is no evaluation to save.`);
    return report;
  }

  /** What files say of the run beside its report. */
  contextOf(id: string): RunContext {
    const { source, fromFile, request } = this.find(id).view;
    return { ...(source && { source }), ...(fromFile ? {} : { holdout: request.holdout }) };
  }

  /** The rows that the run exposes most. Throws FaultError when its table is not open any more. */
  exposedRows(id: string, open: OpenTable | undefined, pulse: () => Promise<void>): Promise<ExposedRow[]> {
    const run = this.find(id);
    const source = tableOf(run, open);
    if (source === undefined || run.view.fromFile)
      throw badUse(`${run.view.name} was trained on a table that is not open any more.`);
    const split = runSplit(source.table, run.view.request);
    return exposedRows(source.table, split, this.modelOf(id), pulse);
  }

  /**
   * Trains `shadows` models as the run was, attacks it with them and puts what came of it into its report. Nothing else is
   * trained meanwhile. Throws FaultError when its table is not open any more, or another run is under way.
   */
  async attack(
    id: string,
    open: OpenTable | undefined,
    shadows: number,
    { tell, cancelled }: AttackListener,
  ): Promise<void> {
    const run = this.find(id);
    const source = tableOf(run, open);
    if (source === undefined || run.view.fromFile)
      throw badUse(`${run.view.name} was trained on a table that is not open any more.`);
    const [model, report] = [this.modelOf(id), this.reportOf(id)];
    const split = runSplit(source.table, run.view.request);
    const { wasmPaths } = this.host;
    const options = {
      shadows,
      wasmPaths,
      onProgress: paced(tell),
      cancelled: () => cancelled() || !this.runs.has(id),
    };
    await this.alone(async () => {
      const attacked = await attackModel(source.table, split, model, report, options);
      run.model = { ...model, report: attacked };
      this.change(run, { report: attacked });
      this.host.post({ type: "report", run: id, report: attacked });
      await this.keepRun(run);
    });
  }

  /** Does `work` while nothing is trained or measured; runs that are started meanwhile wait. Throws FaultError where one is under way. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    if (this.occupied || this.queue.length > 0 || this.anyUnderWay())
      throw badUse("Something is under way. Start this once it is done.");
    this.occupied = true;
    try {
      return await this.inTurn(work);
    } finally {
      this.occupied = false;
    }
  }

  /**
   * Does `work` of `who` once nothing that a person waits for is under way, and not at all where it is `stopped` by then. Runs
   * that are started meanwhile wait for no more than this work. Resolves with undefined where it was not done.
   */
  async behind<T>(who: string, work: () => Promise<T>, stopped: () => boolean): Promise<T | undefined> {
    try {
      this.turns.join(who, true);
      await this.turns.wait(who, stopped);
      if (stopped()) return undefined;
      return await this.inTurn(async () => (stopped() ? undefined : await work()));
    } finally {
      this.turns.leave(who);
    }
  }

  /** Who waits behind others looks whether it is still wanted. */
  look(): void {
    this.turns.look();
  }

  /**
   * The run with those on the same table and the same held-out share, for what compares them: all have been measured. Throws
   * FaultError when its table is not open any more.
   */
  comparable(
    id: string,
    open: OpenTable | undefined,
  ): { readonly source: OpenTable; readonly shown: MeasuredView; readonly beside: readonly MeasuredView[] } {
    const run = this.find(id);
    const report = this.reportOf(id);
    const source = tableOf(run, open);
    if (source === undefined || run.view.fromFile || run.view.madeElsewhere === true)
      throw badUse(`${run.view.name} was trained on a table that is not open any more.`);
    const measured = [...this.runs.values()].flatMap(({ view, tableId }) =>
      view.report !== undefined && tableId === run.tableId && !view.fromFile && view.madeElsewhere !== true
        ? [{ ...view, report: view.report }]
        : [],
    );
    const { holdout } = run.view.request;
    const alike = measured.filter(
      ({ request }) => request.holdout.share === holdout.share && request.holdout.seed === holdout.seed,
    );
    return {
      source,
      shown: { ...run.view, report },
      beside: alike.filter((view) => view.run !== id),
    };
  }

  /** The table that the run was trained on, if it is at hand. */
  sourceOf(id: string, open: OpenTable | undefined): Table | undefined {
    return tableOf(this.find(id), open)?.table;
  }

  private find(id: string): Run {
    const run = this.runs.get(id);
    if (run === undefined) throw badUse(`There is no run ${id}.`);
    return run;
  }

  private newView(view: Omit<RunView, "number" | "name" | "notices">): RunView {
    const number = this.nextNumber();
    const { name } = findSynthesizer(view.request.synthesizer);
    return { ...view, number, name: `${name} ${number}`, notices: [] };
  }

  /** Two tabs count on their own: a number that is taken here gives way to the next one. */
  private numbered(view: RunView): RunView {
    if (![...this.runs.values()].some((run) => run.view.number === view.number)) return view;
    const number = this.nextNumber();
    const own = ` ${view.number}`;
    const name = view.name.endsWith(own) ? `${view.name.slice(0, -own.length)} ${number}` : view.name;
    return { ...view, number, name };
  }

  private nextNumber(): number {
    return Math.max(0, ...[...this.runs.values()].map((run) => run.view.number)) + 1;
  }

  private change(run: Run, changes: Partial<RunView>): void {
    run.view = { ...run.view, ...changes };
    if (this.runs.get(run.view.run) === run) this.host.post({ type: "run", run: run.view });
  }

  private notice(run: Run, text: string): void {
    this.change(run, { notices: [...run.view.notices, text] });
  }

  private anyUnderWay(): boolean {
    return [...this.runs.values()].some(({ view }) => UNDER_WAY.has(view.state));
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.working++;
    const mine = this.turn.then(work).finally(() => {
      this.working--;
      this.turns.look();
    });
    this.turn = mine.then(
      () => undefined,
      () => undefined,
    );
    return mine;
  }

  private workOff(): Promise<void> {
    return this.inTurn(() => this.workQueue());
  }

  private async workQueue(): Promise<void> {
    for (let [id] = this.queue; id !== undefined; [id] = this.queue) {
      this.setQueue(this.queue.slice(1));
      const run = this.runs.get(id);
      if (run?.view.state !== "queued") continue;
      if (run.measure !== undefined) await this.measureOne(run, run.measure);
      else if (run.trainedOn !== undefined) await this.workOn(run, run.trainedOn);
    }
  }

  private async workOn(run: Run, open: OpenTable): Promise<void> {
    try {
      await this.fitOne(run, open);
    } catch (error) {
      const fault = asFault(error);
      this.change(run, { state: fault.code === "cancelled" ? "cancelled" : "failed", fault });
      if (fault.code !== "cancelled") this.host.post({ type: "fault", run: run.view.run, fault });
      return;
    } finally {
      delete run.fit;
    }
    await this.evaluateOne(run, open);
  }

  private async fitOne(run: Run, open: OpenTable): Promise<void> {
    const { from: _id, rules: choices, ...request } = run.view.request;
    this.change(run, { state: "running" });
    const rules = choices && (await this.rulesOf(run, open.table, choices));
    run.fit = startFit(
      open.table,
      { ...request, ...(run.from && { from: run.from }), ...(rules && { rules }) },
      { wasmPaths: this.host.wasmPaths, previewRows: PREVIEW_ROWS },
      {
        onProgress: this.reporterOf(run),
        onDevice: (device) => this.change(run, { device }),
        onNotice: (text) => this.notice(run, text),
        onPaused: (paused) => this.change(run, { state: paused ? "paused" : "running" }),
      },
    );
    const { model, device } = await run.fit.done;
    await this.release(run, model, open);
    run.model = model;
    this.change(run, { hasModel: true, facts: model.facts, device, continues: canContinue(model) });
    if (run.stop === true || run.from !== undefined || request.stopWhenNearer === true) return;
    const { synthesizer, params, seconds } = model.facts;
    const shape = shapeOf(open.table, run.view.request.holdout.share);
    await this.host.expectations.learn({ synthesizer, params, shape, device: device.got }, seconds);
  }

  /** A model with a guarantee is entered in the ledger of its table before anything of it can leave. */
  private async release(run: Run, { facts }: TrainedModel, open: OpenTable): Promise<void> {
    try {
      await this.host.ledger.enter(open, run.view.run, facts);
    } catch (error) {
      this.notice(run, `Its entry in the ledger is not kept: ${new FaultError(asFault(error)).message}`);
    }
  }

  /** What the run keeps, of the rows that it trains on. Rejects with `cancelled` once it is told to stop. */
  private rulesOf(run: Run, table: Table, choices: readonly RuleChoice[]): Promise<readonly Rule[]> {
    const pulse = async (): Promise<void> => {
      await breathe();
      if (run.stop === true) throw new FaultError({ code: "cancelled" });
    };
    return this.host.rules.keep(table, run.view.request.holdout, choices, pulse);
  }

  private reporterOf(run: Run): (progress: FitProgress) => void {
    let shown = -Infinity;
    let kept: number | undefined;
    return (progress) => {
      const now = performance.now();
      const news =
        progress.margins !== undefined ||
        progress.validation !== undefined ||
        progress.look !== undefined ||
        progress.restart !== undefined ||
        (progress.kept !== undefined && progress.kept.to !== kept) ||
        progress.fraction >= 1;
      if (!news && now - shown < REPORT_EVERY) return;
      shown = now;
      kept = progress.kept?.to ?? kept;
      if (this.runs.has(run.view.run)) this.host.post({ type: "run-progress", run: run.view.run, progress });
    };
  }

  /** Resolves when its first report is there, or when it has come to its end without one. */
  private measureOne(run: Run, { real, measure }: NonNullable<Run["measure"]>): Promise<void> {
    run.stop = false;
    return this.inTwoPasses(run, real, measure, (fault) => {
      this.change(run, { state: fault.code === "cancelled" ? "cancelled" : "failed", fault });
      if (fault.code !== "cancelled") this.host.post({ type: "fault", run: run.view.run, fault });
    });
  }

  /** Resolves when its first report is there, or when it has come to its end without one. */
  private async evaluateOne(run: Run, open: OpenTable): Promise<void> {
    const { model, view } = run;
    if (model === undefined || !this.runs.has(view.run)) return;
    run.stop = false;
    const split = runSplit(open.table, view.request);
    // As it is now, which may not be as it was when the run was asked for.
    const book = this.host.bookOf(open.id) ?? open.book ?? NO_CHANGES;
    const measure = async (options: EvaluateOptions): Promise<Report> => {
      const working = createStopwatch();
      const turn = (): Promise<void> => working.apart(options.turn?.() ?? Promise.resolve());
      const report = await evaluateModel(open.table, split, model, {
        ...options,
        turn,
        book,
      });
      await this.host.expectations.learnMeasuring(open.table, view.request.holdout.share, working.seconds());
      return report;
    };
    await this.inTwoPasses(run, { ...open, book }, measure, (fault) => {
      this.change(run, { state: "done" });
      this.notice(
        run,
        fault.code === "cancelled" ? "It was not evaluated to the end." : new FaultError(fault).message,
      );
    });
  }

  /**
   * Measures, and tells the page what the first pass found as soon as it has; the rest is measured when nothing else is
   * to be done. `fails`: there is no report at all.
   */
  private inTwoPasses(
    run: Run,
    table: OpenTable,
    measure: (options: EvaluateOptions) => Promise<Report>,
    fails: (fault: Fault) => void,
  ): Promise<void> {
    this.change(run, { state: "evaluating" });
    return new Promise((resolve) => {
      let first: Report | undefined;
      const told = async (report: Report, measuring: boolean): Promise<void> => {
        if (run.model) run.model = { ...run.model, report };
        this.change(run, { state: "done", report, measuring, book: table.book ?? NO_CHANGES });
        this.host.post({ type: "report", run: run.view.run, report });
        const source = measuring ? await this.sourceFacts(run, table) : undefined;
        if (source) this.change(run, { source });
        await this.keepRun(run);
      };
      const onFirst = async (report: Report): Promise<void> => {
        await told(report, true);
        first = report;
        // Before anybody else hears that it is done: what waits behind all must not slip in.
        this.turns.join(run.view.run);
        resolve();
      };
      const work = async (): Promise<void> => {
        try {
          await told(await measure({ ...this.evaluationOf(run), onFirst }), false);
        } catch (error) {
          const fault = asFault(error);
          if (first === undefined) fails(fault);
          else {
            this.change(run, { measuring: false });
            this.notice(run, fault.code === "cancelled" ? REST_CANCELLED : new FaultError(fault).message);
          }
          await this.keepRun(run);
        }
        delete run.measure;
        this.turns.leave(run.view.run);
        resolve();
      };
      void work();
    });
  }

  /** Tells the page how far the evaluation of `run` is, and it when to stop and when to wait. */
  private evaluationOf(run: Run): EvaluateOptions {
    const { metrics } = this.host;
    const { run: id } = run.view;
    const working = createStopwatch();
    const timeLeft = createTimeLeft();
    return {
      onProgress: (metric, fraction) => {
        const secondsLeft = timeLeft(working.seconds(), fraction);
        const left = secondsLeft === undefined ? {} : { secondsLeft };
        this.host.post({ type: "evaluating", run: id, metric, fraction, ...left });
      },
      cancelled: () => run.stop === true,
      turn: () => working.apart(this.turns.wait(id, () => run.stop === true)),
      ...(metrics && { metrics }),
    };
  }

  /** A file that is gone by now leaves the evaluation without its digest, and says so. */
  private async sourceFacts(run: Run, open: OpenTable): Promise<RunView["source"]> {
    try {
      return await sourceFactsOf(open, async () => {
        if (!this.runs.has(run.view.run)) throw new FaultError({ code: "cancelled" });
        await breathe();
      });
    } catch (error) {
      const { message } = new FaultError(asFault(error));
      if (this.runs.has(run.view.run)) this.notice(run, `The SHA-256 of its table is not known: ${message}`);
      return undefined;
    }
  }

  private async keepRun(run: Run): Promise<void> {
    const { view, model, tableId } = run;
    if (!this.keeping || !this.runs.has(view.run) || this.unkept.has(view.run)) return;
    if (model === undefined && view.madeElsewhere !== true) return;
    try {
      await this.host.keep.keepRun({ view, ...(model && { file: saveModelFile(model) }), tableId });
    } catch (error) {
      this.notice(run, new FaultError(asFault(error)).message);
    }
  }
}
