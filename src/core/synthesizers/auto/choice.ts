import type { Params, TableShape } from "../synthesizer.ts";
import type { Table } from "../../table/table.ts";
import { coursesOf } from "../../visits/courses.ts";

/** A design with settings in place of its defaults, and why, as the end of a sentence. */
export interface Choice {
  readonly design: string;
  readonly params: Params;
  readonly reason: string;
  /** whether a trial decided */
  readonly tried?: boolean;
}

/** Two settings between which a trial on held-out rows decides, the simpler first. */
export interface Doubt {
  readonly design: string;
  readonly candidates: readonly Omit<Choice, "design">[];
  /** why the design, where that is more than the table's size: the beginning of a sentence */
  readonly because?: string;
}

/** Fewer rows than this are always learned by several networks a column, more than `MANY_ROWS` by one. */
const FEW_ROWS = 1000;
const MANY_ROWS = 3000;

const counted = (count: number, what: string): string => `${count.toLocaleString("en")} ${what}`;

/** Courses are learned from so many patients at least. */
const LEAST_PATIENTS = 20;

/**
 * Whole patients where rows are their visits over time. Else the autoregressive networks: they were ahead of every other design, or
 * level with it, in fidelity and use on every table that was measured (METHODS.md), so what is left to choose is how many
 * networks a column gets.
 */
export function chooseDesign(shape: TableShape): Choice | Doubt {
  const { patients } = shape;
  if (patients === undefined) return forRows(shape);
  const visits = `rows are visits of ${counted(patients, "patients")} over time`;
  if (patients >= LEAST_PATIENTS)
    return { design: "visits", params: {}, reason: "patients have visits over time, so whole patients are learned" };
  const few = `${visits}, too few to learn whole patients from (${LEAST_PATIENTS} are needed), so each row is learned by itself`;
  const choice = forRows(shape);
  return "candidates" in choice
    ? { ...choice, because: few }
    : { ...choice, reason: `${few}; ${choice.reason}` };
}

function forRows({ rows, columns }: TableShape): Choice | Doubt {
  const design = "autoregressive";
  const several = {
    params: { members: 4 },
    reason: `${counted(rows, "rows")} are few for ${counted(columns, "columns")}, so every column has four networks, each checked on rows it has not seen`,
  };
  const one = {
    params: { members: 1 },
    reason: `${counted(rows, "rows")} are enough for one network a column, with a tenth of the rows held out to stop it`,
  };
  if (rows < FEW_ROWS) return { design, ...several };
  if (rows > MANY_ROWS) return { design, ...one };
  return {
    design,
    candidates: [
      { params: one.params, reason: "one network a column" },
      { params: several.params, reason: "four networks a column" },
    ],
  };
}

/** What the length of a fit of `table`, its learned columns, depends on. */
export function shapeOfTable(table: Table): TableShape {
  const { rows, columns } = table;
  const levels = columns.map((column) => (column.type === "coded" ? column.levels.length : 0));
  const courses = coursesOf(table);
  return {
    rows,
    columns: columns.length,
    numeric: columns.filter(({ type }) => type === "numeric").length,
    levels: levels.reduce((sum, count) => sum + count, 0),
    ...(courses && { patients: courses.starts.length - 1 }),
  };
}
