import { answerOf } from "../../rules/judging/conditions.ts";
import { scopeOf } from "../../rules/judging/scope.ts";
import { cellFormatter } from "../../table/formats/format-cell.ts";
import type { Column, ColumnSchema } from "../../table/table.ts";
import { takeCells } from "../cells.ts";
import { expressionOn, isCondition, type ReadOnRows } from "../expression-on-rows.ts";
import { firstChanged } from "../map-column.ts";
import {
  count,
  plural,
  quoted,
  StepFault,
  type Effect,
  type Given,
  type StepKind,
  type StepOf,
} from "../step-kind.ts";

/** Fewest rows of a table. */
const LEAST_ROWS = 2;

/** Only rows that meet a condition stay; where its answer hangs on a missing cell, the row goes. */
export const keepRows: StepKind<StepOf<"keep-rows">> = {
  title: ({ where }) => `keep rows where ${where}`,
  done: ({ where }, { away }) => `${plural(away, "row")} left out; those where ${where} stay`,
  apply: ({ where }, given) => kept(where, given),
};

function kept(where: string, given: Given): Effect {
  const { rows } = given;
  const read = expressionOn(where, given);
  if (!isCondition(read.expression))
    throw new StepFault(`At character 1: Something that is true or false was expected, such as age >= 18.`);
  const answer = answerOf(scopeOf(read.table), read.expression);
  const stays = Uint8Array.from({ length: rows.rows }, (_, row) => (answer(row) === 1 ? 1 : 0));
  const left = stays.reduce((sum, one) => sum + one, 0);
  if (left < LEAST_ROWS)
    throw new StepFault(
      `${left === 0 ? "No row" : "Only 1 row"} of ${count(rows.rows)} meets ${quoted(where)}; at least ${LEAST_ROWS} must stay.`,
    );
  const places = new Int32Array(left);
  for (let row = 0, at = 0; row < rows.rows; row++) if (stays[row] === 1) places[at++] = row;
  const said = sayRow(read);
  return {
    rows:
      left === rows.rows
        ? rows
        : { ...rows, rows: left, cells: rows.cells.map((cells) => takeCells(cells, places)) },
    cells: 0,
    away: rows.rows - left,
    shows: read.table.schema.columns.map(({ name }) => name),
    texts: [],
    changed: firstChanged(rows.rows, (row) =>
      stays[row] === 1 ? undefined : { before: said(row), after: null },
    ),
  };
}

/** The cells that decide about a row: "age 17, sex m". */
function sayRow({ table }: ReadOnRows): (row: number) => string {
  const formats = table.columns.map((column: Column, i) => {
    const schema = table.schema.columns[i] as ColumnSchema;
    const format = cellFormatter(column, schema);
    return (row: number): string => `${schema.name} ${format(row) || "missing"}`;
  });
  return (row) => formats.map((format) => format(row)).join(", ");
}
