import { FaultError } from "../../fault.ts";
import { learnedTable } from "../../lab/left-out.ts";
import { predictionOf } from "../../metrics/measuring/prediction-task.ts";
import { patientsOf } from "../../metrics/measuring/patients.ts";
import { isMissingCell, selectColumns, takeRows, type Table } from "../../table/table.ts";
import { fitEffort, measureEffort, methodName, methodsField, seedsField } from "../fields.ts";
import { drawRows } from "../measuring/draw-rows.ts";
import { fitOn, REAL, INDEPENDENT } from "../measuring/fit-and-sample.ts";
import { splitSource } from "../measuring/split-source.ts";
import { listIn, numberIn, wordIn } from "../running/settings.ts";
import { refusedStudy, type CellRow, type Study, type StudyCell, type StudyTools } from "../study.ts";
import { foundOf, type Told } from "./groups-found.ts";
import {
  checkedGroups,
  groupColumns,
  LEAST_TO_LEARN,
  markedGroups,
  rowsInGroup,
  type MarkedGroup,
} from "./marked-groups.ts";
import { measureGroup } from "./measure-group.ts";

/** Taken where nobody chose: a network that costs seconds, and the quickest one. */
const USUAL = ["autoregressive", "copula"] as const;
/** How many times as many rows as there are patients a model of all draws, so that each group has as many as its own model gives. */
const DRAWN = 2;

/** One model for each group, learned without the column that marks it, against one model of all. */
export const groups: Study = {
  id: "groups",
  name: "Groups",
  question: "One model for each group, or one for all?",

  fields({ table }) {
    const learned = learnedTable(table);
    const columns = groupColumns(learned);
    if ((columns[0]?.large ?? 0) < 2)
      throw new FaultError(
        refusedStudy(
          `No column marks two groups of at least ${LEAST_TO_LEARN} patients to learn from.`,
          "Open a larger table, or one with a column such as sex, ethnicity or age.",
        ),
      );
    return [
      {
        type: "choice",
        name: "groups",
        label: "Groups by",
        default: columns[0]?.name ?? "",
        choices: columns.map(({ name }) => ({ value: name, label: name })),
        reason: `Each group of at least ${LEAST_TO_LEARN} patients gets a model of its own; numbers are cut into bands.`,
      },
      methodsField(learned, USUAL),
      seedsField(),
    ];
  },

  open({ table }, settings, seed) {
    const { train, holdout } = splitSource(table, seed);
    const methods = listIn<string>(settings, "methods");
    const seeds = numberIn(settings, "seeds");
    const marking = checkedGroups(markedGroups(train, holdout, wordIn(settings, "groups")));
    const sides = marking.groups
      .filter(({ refused }) => refused === undefined)
      .map((group) => sideOf(train, holdout, marking.column, group));
    const task = predictionOf([train, holdout, train]);
    const cells = cellsOf(train, sides, methods, seeds);
    const told: Told = {
      cells,
      methods,
      marking,
      seeds,
      ...(!("reason" in task) && { target: { name: task.task.name, unit: task.task.unit } }),
    };
    return {
      cells,
      settings: [
        { name: "Groups by", words: `${marking.column}: ${sides.map(({ group }) => group.name).join(", ")}` },
        { name: "Methods", words: methods.map(methodName).join(", ") },
        { name: "Seeds", words: String(seeds) },
        { name: "Held out", words: `the same ${patientsOf(holdout)} patients throughout` },
      ],
      run: (cell, tools) => runCell({ train, column: marking.column, sides }, cell, tools),
      reduce: (done) => foundOf(told, done),
    };
  },
};

/** A group's real rows. */
interface Side {
  readonly group: MarkedGroup;
  readonly train: Table;
  readonly holdout: Table;
  /** the columns that differ within the group, by their places: what is learned and measured */
  readonly columns: readonly number[];
}

function sideOf(train: Table, holdout: Table, column: string, group: MarkedGroup): Side {
  const own = takeRows(train, rowsInGroup(train, column, group.place, train));
  const held = takeRows(holdout, rowsInGroup(train, column, group.place, holdout));
  const at = train.schema.columns.findIndex(({ name }) => name === column);
  const columns = [...train.columns.keys()].filter((i) => i !== at || !isConstant(own, at));
  return { group, columns, train: selectColumns(own, columns), holdout: selectColumns(held, columns) };
}

/** Whether a column holds one value only, missing being one. */
function isConstant(table: Table, at: number): boolean {
  const column = table.columns[at];
  if (column === undefined) return true;
  const cell = (row: number): number =>
    isMissingCell(column, row)
      ? NaN
      : ((column.type === "numeric" ? column.values : column.codes)[row] ?? NaN);
  return Array.from({ length: table.rows }, (_, row) => cell(row)).every((one) => Object.is(one, cell(0)));
}

function cellsOf(
  train: Table,
  sides: readonly Side[],
  methods: readonly string[],
  seeds: number,
): StudyCell[] {
  const measured = (rows: number): number => measureEffort(rows, train.columns.length);
  const all = sides.reduce((sum, side) => sum + measured(side.train.rows), 0);
  const whole = (method: string, seed: number): StudyCell => ({
    key: `whole/${method}/${seed}`,
    factors: { learned: "whole", method, seed },
    words: `${method === REAL ? "real rows" : `one model of all, ${methodName(method)}`}, seed ${seed}`,
    effort: all + (method === REAL ? 0 : fitEffort(method, train)),
  });
  const own = (side: Side, at: number, method: string, seed: number): StudyCell => ({
    key: `each/${at}/${method}/${seed}`,
    factors: { learned: "each", group: side.group.name, method, seed },
    words: `a model of ${side.group.name}, ${methodName(method)}, seed ${seed}`,
    effort: measured(side.train.rows) + fitEffort(method, side.train),
  });
  return Array.from({ length: seeds }, (_, i) => i + 1).flatMap((seed) => [
    ...[...new Set([REAL, INDEPENDENT, ...methods])].map((method) => whole(method, seed)),
    ...methods.flatMap((method) => sides.map((side, at) => own(side, at, method, seed))),
  ]);
}

interface Given {
  readonly train: Table;
  readonly column: string;
  readonly sides: readonly Side[];
}

async function runCell(
  { train, column, sides }: Given,
  { factors }: StudyCell,
  tools: StudyTools,
): Promise<CellRow[]> {
  const [method, seed] = [String(factors["method"]), Number(factors["seed"])];
  const measure = async (side: Side, synthetic: Table): Promise<CellRow[]> => {
    const rows = await measureGroup(
      { train: side.train, holdout: side.holdout, synthetic },
      seed,
      tools.pulse,
    );
    return rows.map((row) => ({ ...row, of: { group: side.group.name } }));
  };
  if (factors["learned"] === "each") {
    const side = sides.find(({ group }) => group.name === factors["group"]);
    if (side === undefined) return [];
    const model = await fitOn({ train: side.train, method, seed }, tools);
    return measure(side, await drawRows(model, side.train, { seed }, tools));
  }
  const drawn = method === REAL ? undefined : await drawnOf(train, method, seed, tools);
  const rows: CellRow[] = [];
  for (const side of sides) {
    if (drawn === undefined) {
      rows.push(...(await measure(side, side.train)));
      continue;
    }
    const found = rowsInGroup(train, column, side.group.place, drawn).subarray(0, side.train.rows);
    const of = { group: side.group.name };
    rows.push({ measure: "found", value: found.length / Math.max(1, side.train.rows), of });
    if (found.length >= LEAST_DRAWN)
      rows.push(...(await measure(side, selectColumns(takeRows(drawn, found), side.columns))));
  }
  return rows;
}

/** Rows of a group that a model of all must draw for them to be looked at. */
const LEAST_DRAWN = 20;

async function drawnOf(train: Table, method: string, seed: number, tools: StudyTools): Promise<Table> {
  const model = await fitOn({ train, method, seed }, tools);
  return drawRows(model, train, { seed, times: DRAWN }, tools);
}
