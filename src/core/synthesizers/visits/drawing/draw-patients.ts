import { FaultError } from "../../../fault.ts";
import { createRng, type Rng } from "../../../math/rng.ts";
import type { Table } from "../../../table/table.ts";
import { checkRequest, invalid } from "../../requests/check.ts";
import type { ColumnCondition } from "../../requests/check.ts";
import type { Condition, Model, PatientRequest } from "../../synthesizer.ts";
import type { CourseLimits, Round, Slots } from "./course-run.ts";
import { makeSlots, runCourses } from "./course-run.ts";
import type { Known } from "../network/course-state.ts";
import { knownOf, staticFeaturesOf } from "../columns/statics.ts";
import { visitsTable } from "./to-visits.ts";
import type { DrawnVisits } from "./visit-drawer.ts";
import type { Design, Drawing } from "../network/visits-design.ts";

/** A trained model of visits: what draws them, and the model of what does not change (none where everything does). */
export interface CourseSource {
  readonly design: Design;
  readonly drawing: Drawing;
  readonly patients: Model | undefined;
}

/** Patients whose courses are drawn at once. */
export const MOST_AT_ONCE = 2000;
const TRIES = 1000;
/** Patients drawn without one that is as asked, after which none is looked for any more. */
const IN_VAIN = 50_000;

/** `count` whole patients, numbered from 0. Throws FaultError `condition-invalid`, `condition-unmet`, `unknown-column`. */
export async function drawPatients(
  source: CourseSource,
  count: number,
  rng: Rng,
  request: PatientRequest = {},
): Promise<Table> {
  const conditions = splitConditions(source, request.where ?? []);
  checkLengths(request, source.design.parts.clock.most);
  const tables: Table[] = [];
  const most = (request.tries ?? TRIES) * count;
  let [drawn, kept, tried] = [0, 0, 0];
  do {
    const wanted = Math.min(count - kept, MOST_AT_ONCE);
    const likely = tried === 0 ? wanted : Math.ceil((wanted * tried) / Math.max(1, kept));
    const asked = Math.min(MOST_AT_ONCE, Math.max(wanted, Math.min(likely, 4 * tried, most - drawn)));
    const made = await drawOnce(source, asked, wanted, rng, request, conditions);
    tried += asked;
    drawn += made.drawn;
    if (made.kept > 0 || tables.length === 0) tables.push(shifted(made.table, kept));
    kept += made.kept;
    if (kept < count && drawn >= (kept > 0 ? most : Math.min(most, IN_VAIN)))
      throw unmet(request, drawn, kept, count);
  } while (kept < count);
  request.onAcceptance?.({ drawn, kept });
  return tables.length === 1 ? (tables[0] as Table) : joined(tables);
}

interface SplitConditions {
  /** on columns of the table of patients as it is */
  readonly plain: readonly Condition[];
  /** on the end of follow-up, which is a length of time there */
  readonly end: readonly ColumnCondition[];
}

function splitConditions({ design }: CourseSource, where: readonly Condition[]): SplitConditions {
  if (where.length === 0) return { plain: [], end: [] };
  const like = emptyVisits(design);
  const { statics } = design.like;
  const checked = checkRequest({ where }, like);
  for (const { column } of checked.where)
    if (!statics.columns.includes(column))
      throw invalid(
        like.schema.columns[column]?.name ?? "",
        "It changes from visit to visit. Patients are chosen by columns that stay the same.",
      );
  const end = statics.left >= 0 ? (statics.columns[statics.left] as number) : -1;
  return {
    plain: where.filter(({ column }) => column !== like.schema.columns[end]?.name),
    end: checked.where.filter(({ column }) => column === end),
  };
}

function checkLengths({ visits, until }: PatientRequest, longest: number): void {
  if (visits !== undefined) {
    const { least, most } = visits;
    if (!(Number.isInteger(least) && Number.isInteger(most) && least >= 1 && most >= least))
      throw invalid(
        "visits",
        "The visits of a patient must be whole numbers from 1, the least not above the most.",
      );
    if (least > longest)
      throw invalid(
        "visits",
        `No patient has ${least} visits: courses of this model have ${longest} at most.`,
      );
  }
  if (until !== undefined && !(until >= 0)) throw invalid("until", "The time must be a number from 0.");
}

/** A table of the model's columns without a row. */
export const emptyVisits = ({ parts, like, statics }: Design): Table =>
  visitsTable(
    parts,
    like,
    noPatients(statics.codec.fromTokens(new Int32Array(0), createRng(0))),
    [],
    new Int32Array(0),
  );

const noPatients = (table: Table): Table => ({ ...table, rows: 0 });

/** `asked` candidates; the first `wanted` of those that meet the request, numbered from 0. */
async function drawOnce(
  { design, drawing, patients }: CourseSource,
  asked: number,
  wanted: number,
  rng: Rng,
  request: PatientRequest,
  conditions: SplitConditions,
): Promise<{ table: Table; drawn: number; kept: number }> {
  const { parts, like } = design;
  let drawn = asked;
  const given = await statics(patients, design, asked, rng, {
    where: conditions.plain,
    ...(request.tries !== undefined && { tries: request.tries }),
    onAcceptance: (acceptance) => (drawn = Math.max(asked, acceptance.drawn)),
  });
  const slots = slotsOf(design, given, rng);
  const { clock } = parts;
  const until =
    request.until === undefined ? undefined : new Float64Array(asked).fill(request.until * clock.unit);
  const limits: CourseLimits = {
    most: Math.min(request.visits?.most ?? clock.most, clock.most),
    until,
    refuses: refusing(design, given, request),
  };
  const { rounds, failed } = await runCourses(parts, drawing.drawer, drawing.weights, slots, limits, rng);
  const least = request.visits?.least ?? 1;
  const known = knownOf(given, like.statics, clock);
  const owner = new Int32Array(asked).fill(-1);
  let kept = 0;
  for (let slot = 0; slot < asked && kept < wanted; slot++) {
    if (failed[slot] === 1 || (slots.state.visits[slot] as number) < least) continue;
    const end = (known.first[slot] as number) + (known.left[slot] as number) * clock.tick;
    if (!conditions.end.every(({ meets }) => meets(end))) continue;
    owner[slot] = kept++;
  }
  return { table: visitsTable(parts, like, given, rounds, owner), drawn, kept };
}

/** Rows of the table of patients; no follow-up ends before the first visit. */
async function statics(
  patients: Model | undefined,
  { like, parts }: Design,
  rows: number,
  rng: Rng,
  request: Parameters<Model["sample"]>[2],
): Promise<Table> {
  if (patients === undefined)
    return { name: like.name, rows, columns: [], schema: { ...like.schema, columns: [] } };
  const table = await patients.sample(rows, rng, request);
  const { left } = like.statics;
  const ends = table.columns[left];
  if (!parts.end || ends?.type !== "numeric") return table;
  const values = ends.values.map((value) => (value < 0 ? 0 : value));
  return { ...table, columns: table.columns.with(left, { type: "numeric", values }) };
}

/** Slots for the patients of a table of patients, before their first visit. */
export function slotsOf(design: Design, patients: Table, rng: Rng): Slots {
  const { parts, like, statics: own } = design;
  const { first, until, count } = knownOf(patients, like.statics, parts.clock);
  const known = Array.from({ length: patients.rows }, (_, p): Known => ({
    first: first[p] as number,
    until: until[p] as number,
    count: count[p] as number,
  }));
  return makeSlots(parts, known, staticFeaturesOf(own, patients), own.width, rng);
}

/** `PatientRequest.refuses` of visits as they are drawn. */
export function refusing(
  { parts, like }: Design,
  patients: Table,
  { refuses }: PatientRequest,
): CourseLimits["refuses"] {
  if (refuses === undefined) return undefined;
  const owner = Int32Array.from({ length: patients.rows }, (_, slot) => slot);
  return (visits: DrawnVisits, slots: Int32Array): Uint8Array => {
    const round: Round = { slots, visits };
    return refuses(visitsTable(parts, like, patients, [round], owner));
  };
}

const shifted = (table: Table, by: number): Table =>
  by === 0 || !table.patients ? table : { ...table, patients: table.patients.map((patient) => patient + by) };

/** Tables of the same columns and levels, one below the other. */
export function joined(tables: readonly Table[]): Table {
  const [first] = tables as [Table];
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const columns = first.columns.map((column, i) => {
    if (column.type === "numeric") {
      const values = new Float64Array(rows);
      let at = 0;
      for (const table of tables) {
        const own = table.columns[i];
        if (own?.type === "numeric") values.set(own.values, at);
        at += table.rows;
      }
      return { ...column, values };
    }
    const codes = new Int32Array(rows);
    let at = 0;
    for (const table of tables) {
      const own = table.columns[i];
      if (own?.type === "coded") codes.set(own.codes, at);
      at += table.rows;
    }
    return { ...column, codes };
  });
  const patients = new Int32Array(rows);
  let at = 0;
  for (const table of tables) {
    if (table.patients) patients.set(table.patients, at);
    at += table.rows;
  }
  return { ...first, rows, columns, patients };
}

function unmet(request: PatientRequest, drawn: number, kept: number, rows: number): FaultError {
  const { visits, where } = request;
  const said = [
    ...(where ?? []).map(({ column }) => column),
    ...(visits ? [`${visits.least} to ${visits.most} visits`] : []),
  ];
  const condition = said.length > 0 ? said.join(", ") : "what every visit keeps";
  return new FaultError({ code: "condition-unmet", condition, drawn, kept, rows });
}
