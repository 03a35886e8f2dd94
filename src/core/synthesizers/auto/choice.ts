import type { Params, TableShape } from "../synthesizer.ts";
import type { Table } from "../../table/table.ts";

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
}

/** Fewer rows than this are always learned by several networks a column, more than `MANY_ROWS` by one. */
const FEW_ROWS = 1000;
const MANY_ROWS = 3000;

const counted = (count: number, what: string): string => `${count.toLocaleString("en")} ${what}`;

/**
 * The autoregressive networks were ahead of every other design, or level with it, in fidelity and use on every table
 * that was measured (METHODS.md), so what is left to choose is how many networks a column gets.
 */
export function chooseDesign({ rows, columns }: TableShape): Choice | Doubt {
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

export function shapeOfTable({ rows, columns }: Table): TableShape {
  const levels = columns.map((column) => (column.type === "coded" ? column.levels.length : 0));
  return {
    rows,
    columns: columns.length,
    numeric: columns.filter(({ type }) => type === "numeric").length,
    levels: levels.reduce((sum, count) => sum + count, 0),
  };
}
