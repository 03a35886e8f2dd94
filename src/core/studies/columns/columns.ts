import { FaultError } from "../../fault.ts";
import { learnedTable } from "../../lab/left-out.ts";
import { createRng } from "../../math/rng.ts";
import { targetColumn, type Table } from "../../table/table.ts";
import { count, plural } from "../../words/numbers.ts";
import { fitEffort, measureEffort, methodName, methodsField, seedsField } from "../fields.ts";
import { fitAndSample, REAL, INDEPENDENT } from "../measuring/fit-and-sample.ts";
import { measureReal, measureRows, MEASURES } from "../measuring/measure-rows.ts";
import { nestedRows } from "../measuring/nested-rows.ts";
import { splitSource, heldOutSetting } from "../measuring/split-source.ts";
import { studyTarget } from "../measuring/study-target.ts";
import { nameOf, type Sweep } from "../reducing/sweep-found.ts";
import { listIn, numberIn, wordIn } from "../running/settings.ts";
import { refusedStudy, type Study, type StudyCell, type StudyField } from "../study.ts";
import { columnOrder, keptColumns, takeColumns } from "./choose-columns.ts";
import { columnsFound } from "./columns-found.ts";

const WIDTHS = [5, 10, 20, 40, 83] as const;
const LEAST_WIDTH = 2;
/** Rows learned from where nobody chose: enough for a curve, and few enough for minutes. */
const USUAL_ROWS = 2000;

/** How quality holds as columns are added: nested subsets, the target in each. */
export const columns: Study = {
  id: "columns",
  name: "Columns",
  question: "Does quality hold as columns are added?",

  fields({ table }) {
    const learned = learnedTable(table);
    const all = learned.columns.length;
    const least = keptColumns(learned).length + 1;
    if (all < LEAST_WIDTH + 1)
      throw new FaultError(
        refusedStudy(
          `The table has ${plural(all, "column")} to learn from; at least ${LEAST_WIDTH + 1} are needed.`,
          "Leave fewer columns out on Data, or open a wider table.",
        ),
      );
    const { train } = splitSource(table, 1);
    const below = WIDTHS.filter((width) => width >= least && width < all);
    return [
      {
        type: "numbers",
        name: "columns",
        label: "Columns",
        default: [...(below.length > 0 ? below : [Math.max(least, LEAST_WIDTH)]), all],
        min: Math.max(least, LEAST_WIDTH),
        max: all,
        integer: true,
        least: 2,
        most: 10,
        reason: `The table has ${count(all)} columns to learn from; the target is always one of them.`,
      },
      orderField(learned),
      {
        type: "number",
        name: "rows",
        label: "Rows learned from",
        default: Math.min(train.rows, USUAL_ROWS),
        min: 50,
        max: table.rows,
        integer: true,
        reason: "The same number in every cell; more rows take longer.",
      },
      methodsField(table),
      seedsField(),
    ];
  },

  open({ table }, settings, seed) {
    const { train, holdout } = splitSource(table, seed);
    const widths = listIn<number>(settings, "columns").toSorted((a, b) => a - b);
    const by = wordIn(settings, "order") === "importance" ? "importance" : "random";
    const most = Math.min(numberIn(settings, "rows"), train.rows);
    const methods = listIn<string>(settings, "methods").filter((method) => method !== INDEPENDENT);
    const seeds = numberIn(settings, "seeds");
    const target = studyTarget(train, holdout);
    const cells = cellsOf(train, widths, [...methods, INDEPENDENT, REAL], seeds, most);
    const sweep: Sweep = {
      cells,
      factor: "columns",
      steps: widths,
      methods: methods.length > 0 ? methods : [INDEPENDENT],
      across: by === "random" ? "columns, drawn at random" : "columns, most important first",
      ...("unit" in target && { target }),
    };
    return {
      cells,
      settings: [
        { name: "Columns", words: widths.map((width) => count(width)).join(", ") },
        {
          name: "Drawn",
          words: by === "random" ? "at random, anew by each seed" : "by association with the target",
        },
        { name: "Rows", words: count(most) },
        { name: "Methods", words: sweep.methods.map(methodName).join(", ") },
        { name: "Seeds", words: String(seeds) },
        heldOutSetting(holdout),
      ],
      async run({ factors }, tools) {
        const [width, one] = [Number(factors["columns"]), Number(factors["seed"])];
        const method = String(factors["method"]);
        const order = columnOrder(train, by, one);
        const few = nestedRows(train, most, createRng(one).fork("rows"));
        const [some, held] = [takeColumns(few, order, width), takeColumns(holdout, order, width)];
        if (method === REAL) return measureReal({ train: some, holdout: held }, MEASURES, one, tools.pulse);
        const { synthetic, seconds } = await fitAndSample({ train: some, method, seed: one }, tools);
        const given = { train: some, holdout: held, synthetic };
        const measured = await measureRows(given, MEASURES, one, tools.pulse);
        return [...measured, { measure: "seconds", value: seconds }];
      },
      reduce: (done) => columnsFound(sweep, done, "reason" in target ? target.reason : undefined),
    };
  },
};

function orderField(learned: Table): StudyField {
  const random = { value: "random", label: "At random" };
  const known = targetColumn(learned.schema) !== undefined;
  return {
    type: "choice",
    name: "order",
    label: "Which columns first",
    default: "random",
    choices: known ? [random, { value: "importance", label: "Most important for the target" }] : [random],
    reason: "At random every seed draws others, so that no single column decides.",
  };
}

/** Seed by seed, so that a study that is stopped has whole curves. */
function cellsOf(
  train: Table,
  widths: readonly number[],
  methods: readonly string[],
  seeds: number,
  rows: number,
): StudyCell[] {
  return Array.from({ length: seeds }, (_, i) => i + 1).flatMap((seed) =>
    widths.flatMap((width) =>
      methods.map((method) => ({
        key: `${width}/${method}/${seed}`,
        factors: { columns: width, method, seed },
        words: `${count(width)} columns, ${nameOf(method)}, seed ${seed}`,
        effort: (method === REAL ? 0 : fitEffort(method, train, rows, width)) + measureEffort(rows, width),
      })),
    ),
  );
}
