import { LEAST_SHARED } from "../../../codec/columns/column-code.ts";
import { FaultError } from "../../../fault.ts";
import { breathe, breathing } from "../../../math/breathe.ts";
import type { Rng } from "../../../math/rng.ts";
import { coursePlanInSteps } from "../../../visits/course-plan.ts";
import type { CoursePlan } from "../../../visits/course-plan.ts";
import type { Table } from "../../../table/table.ts";
import type { Progress } from "../../synthesizer.ts";
import { start } from "../../training/reported.ts";
import { learnCategory } from "./category-part.ts";
import { learnGate } from "./gate.ts";
import { gapsOf, learnClock, rounded } from "./clock.ts";
import type { VisitParts } from "../network/course-state.ts";
import type { Seen } from "../network/encode.ts";
import { elapsedOf, isDated, learnNumber } from "./number-part.ts";
import type { VisitPlan } from "../pace.ts";
import { staticParts, staticTable } from "./statics.ts";
import type { VisitColumns } from "../drawing/to-visits.ts";
import { cellsOfVisits, changingColumns, onlyPatients, schemaOf, visitRowsOf } from "./visit-rows.ts";
import type { VisitRows } from "./visit-rows.ts";

/** What one table of visits comes to before networks learn from it. */
export interface LearnedVisits {
  readonly visits: VisitRows;
  readonly like: VisitColumns;
  readonly parts: VisitParts;
  readonly seen: Seen;
  /** one row a patient */
  readonly patients: Table;
  /** cells whose levels too few patients share */
  readonly withheld: number;
}

/** The courses of a table. Throws FaultError `no-columns-to-learn` and `no-courses`. */
export async function coursesToLearn(
  train: Table,
): Promise<{ readonly visits: VisitRows; readonly plan: CoursePlan }> {
  if (train.columns.length === 0) throw new FaultError({ code: "no-columns-to-learn" });
  const plan = await breathing(coursePlanInSteps(train));
  const visits = plan && visitRowsOf(train);
  if (plan === undefined || visits === undefined) throw noCourses(lacking(train));
  const patients = visits.starts.length - 1;
  if (patients < LEAST_SHARED)
    throw noCourses(`There are ${patients} patients with a time; at least ${LEAST_SHARED} are needed.`);
  if (visits.rows.length === patients) throw noCourses("No patient has two visits with a time.");
  return { visits, plan };
}

const noCourses = (reason: string): FaultError => new FaultError({ code: "no-courses", reason });

function lacking({ patients, schema }: Table): string {
  if (patients === undefined) return "No column says whose row it is.";
  if (!schema.columns.some(({ course }) => course === "time")) return "No column says when a visit was.";
  return "No patient has two visits with a time.";
}

/** Learns the columns one by one. */
export async function* learnVisits(
  train: Table,
  visits: VisitRows,
  plan: CoursePlan,
  { bins }: VisitPlan,
): AsyncGenerator<Progress, LearnedVisits, void> {
  const note = "Reading the columns";
  const clock = learnClock(visits, plan, bins);
  const gaps = gapsOf(visits, clock.tick);
  const elapsed = elapsedOf(visits.starts, gaps);
  const columns = changingColumns(visits, plan);
  const count = visits.rows.length;
  const values = new Float64Array(count * columns.numbers.length);
  const tokens = new Int32Array(count * columns.categories.length);
  const numbers: VisitParts["numbers"][number][] = [];
  const categories: VisitParts["categories"][number][] = [];
  let withheld = 0;
  for (const [j, column] of columns.numbers.entries()) {
    const schema = schemaOf(train, column);
    const cells = cellsOfVisits(visits, column);
    const own = isDated(schema, column, plan)
      ? cells.map((cell, r) => rounded((cell - (visits.times[r] as number)) / clock.tick))
      : cells;
    const part = learnNumber(visits, column, schema, own, elapsed, { plan, bins });
    numbers.push(part);
    const known = part.code.bins.length > 0;
    if (!known) withheld += own.reduce((sum, value) => sum + Number(!Number.isNaN(value)), 0);
    own.forEach((value, r) => (values[r * columns.numbers.length + j] = known ? value : NaN));
    await breathe();
    yield { ...start, note };
  }
  for (const [j, column] of columns.categories.entries()) {
    const made = await learnCategory(visits, column, schemaOf(train, column), plan);
    categories.push(made.part);
    withheld += made.withheld;
    made.tokens.forEach((token, r) => (tokens[r * columns.categories.length + j] = token));
    await breathe();
    yield { ...start, note };
  }
  const width = columns.numbers.length;
  const gated = numbers.map((part, j) => {
    const own = Float64Array.from({ length: count }, (_, r) => values[r * width + j] as number);
    return { ...part, gate: learnGate(own, tokens, categories, visits) };
  });
  const leading = categories.map((part, c) => ({
    ...part,
    leads: part.leads || gated.some(({ gate }) => gate?.category === c),
  }));
  const places = staticParts(plan, clock);
  return {
    visits,
    like: { name: train.name, schema: train.schema, time: visits.time, statics: places },
    parts: { clock, numbers: gated, categories: leading, end: places.left >= 0 },
    seen: { gaps, values, tokens },
    patients: staticTable(visits, places, clock),
    withheld,
  };
}

/** Those of the patients that are learned from where all would be too much: so many visits at most, drawn at random. */
export function someOf(
  visits: VisitRows,
  seen: Seen,
  most: number,
  rng: Rng,
): { visits: VisitRows; seen: Seen; kept: Int32Array } {
  const patients = visits.starts.length - 1;
  const all = Int32Array.from({ length: patients }, (_, p) => p);
  if (visits.rows.length <= most) return { visits, seen, kept: all };
  const kept: number[] = [];
  let rows = 0;
  for (const p of rng.permutation(patients)) {
    const own = (visits.starts[p + 1] as number) - (visits.starts[p] as number);
    if (rows + own > most) continue;
    rows += own;
    kept.push(p);
  }
  const order = Int32Array.from(kept).sort();
  return { visits: onlyPatients(visits, order), seen: onlySeen(seen, visits, order), kept: order };
}

function onlySeen({ gaps, values, tokens }: Seen, { starts, rows }: VisitRows, kept: Int32Array): Seen {
  const at: number[] = [];
  for (const p of kept) for (let r = starts[p] as number; r < (starts[p + 1] as number); r++) at.push(r);
  const [wide, high] = [values.length / rows.length, tokens.length / rows.length];
  return {
    gaps: Float64Array.from(at, (r) => gaps[r] as number),
    values: Float64Array.from(at.flatMap((r) => [...values.subarray(r * wide, (r + 1) * wide)])),
    tokens: Int32Array.from(at.flatMap((r) => [...tokens.subarray(r * high, (r + 1) * high)])),
  };
}
