import {
  cellsLeft,
  findStudy,
  fractionOf,
  resultOf,
  secondsLeft,
  secondsOf,
  type CellDone,
  type PlannedStudy,
  type StudyCell,
  type StudyRequest,
} from "../../core/studies/studies.ts";
import type { Fault } from "../../core/fault.ts";
import type { StudyResult } from "../../core/report/study.ts";
import type { KeptStudy, StudyTables } from "../keep/study-drawer.ts";
import type { StudyView } from "../protocol-studies.ts";

export interface AskedStudy {
  readonly study: string;
  readonly request: StudyRequest;
  readonly table: string;
  readonly mark: string;
  readonly tables: StudyTables | undefined;
}

type State = "waiting" | "running" | "cancelled" | "failed" | "done";

/** A study of the list: what was asked, and the cells it has. With a plan, of the open table, it can go on. */
export class QueuedStudy {
  readonly id: string;
  readonly request: StudyRequest;
  readonly table: string;
  readonly tables: StudyTables | undefined;
  mark: string;
  state: State = "waiting";
  apart: StudyView["apart"];
  fault: Fault | undefined;
  unkept: Fault | undefined;
  finishedAt: string | undefined;
  private grid: PlannedStudy | undefined;
  /** of its grid, as it was last seen */
  private all = 0;
  private seen: CellDone[] = [];
  private found: StudyResult | undefined;
  /** the cells of the grid that `found` is of */
  private cellsOf: readonly StudyCell[] = [];

  constructor({ study, request, table, mark, tables }: AskedStudy) {
    this.id = study;
    this.request = request;
    this.table = table;
    this.mark = mark;
    this.tables = tables;
  }

  static restored(kept: KeptStudy): QueuedStudy {
    const study = new QueuedStudy({ ...kept, tables: kept.tables });
    study.state = kept.state;
    study.fault = kept.fault;
    study.finishedAt = kept.finishedAt;
    study.all = kept.cells;
    study.seen = [...kept.done];
    return study;
  }

  get plan(): PlannedStudy | undefined {
    return this.grid;
  }

  /** What it runs on; undefined: its table is not open. */
  set plan(plan: PlannedStudy | undefined) {
    this.grid = plan;
    if (plan !== undefined) {
      this.all = plan.grid.cells.length;
      this.cellsOf = plan.grid.cells;
    }
  }

  get done(): readonly CellDone[] {
    return this.seen;
  }

  get cells(): readonly StudyCell[] {
    return this.cellsOf;
  }

  /** It waits or runs. */
  get active(): boolean {
    return this.state === "waiting" || this.state === "running";
  }

  /** It has something to run, or to say that is not yet known. */
  get needsPlan(): boolean {
    return this.active || this.hasNews;
  }

  /** It has cells of which nothing has been said. */
  get hasNews(): boolean {
    return this.seen.length > 0 && this.found === undefined;
  }

  /** The next cell to run, where it can go on. */
  next(): StudyCell | undefined {
    return this.active && this.grid !== undefined ? cellsLeft(this.grid, this.seen)[0] : undefined;
  }

  add(cell: CellDone): void {
    this.seen = [...this.seen.filter(({ key }) => key !== cell.key), cell];
  }

  /** Its cells go: they belong to another table than the one it is asked of now. */
  beginAnew(mark: string): void {
    this.mark = mark;
    this.seen = [];
    this.found = undefined;
    this.settle("waiting");
  }

  settle(state: State, fault?: Fault): void {
    this.state = state;
    this.fault = fault;
    this.finishedAt = this.active ? undefined : new Date().toISOString();
  }

  /** What its cells say; undefined while there are none, or its table has not been open. */
  result(): StudyResult | undefined {
    if (this.grid !== undefined && this.seen.length > 0) this.found = resultOf(this.grid, this.seen);
    return this.found;
  }

  /** Seconds that its cells left take, the one under way in full; `pace` counts until one has been run. */
  secondsLeft(pace: number): number | undefined {
    return this.grid && secondsLeft(this.grid, this.seen, pace);
  }

  /** Seconds that `cell` takes, judged by those that have been run. */
  secondsOf(cell: StudyCell, pace: number): number {
    return this.grid ? secondsOf(this.grid, this.seen, cell, pace) : 0;
  }

  /** Share of its work that is done, with `under` of the cell under way. */
  fraction(cell?: StudyCell, under = 0): number {
    if (this.grid !== undefined) return fractionOf(this.grid, this.seen, cell, under);
    return this.all === 0 ? 0 : Math.min(1, this.seen.length / this.all);
  }

  view(paused: boolean): StudyView {
    const { name, question } = findStudy(this.request.study);
    const known = new Set(this.cellsOf.map(({ key }) => key));
    const done = this.grid === undefined ? this.seen : this.seen.filter(({ key }) => known.has(key));
    return {
      study: this.id,
      request: this.request,
      name,
      question,
      table: this.table,
      state: this.active && paused ? "paused" : this.state,
      cells: this.all,
      done: done.length,
      failed: done.filter(({ failed }) => failed !== undefined).length,
      fraction: this.state === "done" ? 1 : this.fraction(),
      seconds: done.reduce((sum, { seconds }) => sum + seconds, 0),
      ...(this.fault && { fault: this.fault }),
      ...(this.finishedAt !== undefined && { finishedAt: this.finishedAt }),
      ...(this.active && this.apart && { apart: this.apart }),
      ...(this.unkept && { unkept: this.unkept }),
    };
  }

  /** As it is kept, at `place` of the list. */
  kept(place: number, paused: boolean): KeptStudy {
    const { id, request, table, mark, state } = this;
    return {
      study: id,
      request,
      table,
      mark,
      cells: this.all,
      done: this.seen,
      state: state === "running" ? "waiting" : state,
      place,
      paused,
      ...(this.finishedAt !== undefined && { finishedAt: this.finishedAt }),
      ...(this.fault && { fault: this.fault }),
      ...(this.tables && { tables: this.tables }),
    };
  }
}
