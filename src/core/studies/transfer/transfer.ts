import { FaultError } from "../../fault.ts";
import { findSynthesizer } from "../../synthesizers/registry.ts";
import { selectColumns, targetColumn, type Table } from "../../table/table.ts";
import { fitEffort, measureEffort, methodName, methodsField, seedsField } from "../fields.ts";
import { REAL, INDEPENDENT } from "../measuring/fit-and-sample.ts";
import { HELD_OUT, splitSource, heldOutSetting } from "../measuring/split-source.ts";
import { listIn, numberIn, wordIn } from "../running/settings.ts";
import { refusedStudy, type Study, type StudyCell, type StudyField } from "../study.ts";
import { elsewheres, transferTables } from "./elsewhere.ts";
import { foundOf, type Told } from "./found.ts";
import { createStarts, type Start } from "./starts.ts";

const SIZES = [50, 100, 200, 500] as const;
const LEAST_SIZE = 30;
const USUAL_ELSEWHERE = 1000;

/** Learned on another table first and gone on with on few rows of the open one, against from scratch and against both together. */
export const transfer: Study = {
  id: "transfer",
  name: "Transfer",
  question: "Does it help to learn elsewhere first?",

  fields(source) {
    const { table } = source;
    const choices = elsewheres(source);
    const [first] = choices;
    if (first === undefined) throw new FaultError(nowhere(table));
    const { open } = transferTables(source, first.value);
    const most = Math.floor(open.rows * (1 - HELD_OUT));
    const sizes = SIZES.filter((size) => size <= most);
    return [
      {
        type: "choice",
        name: "from",
        label: "Learn first from",
        default: first.value,
        choices,
        reason: "A second table, the other sites of this one, or a simulated cohort with columns in common.",
      },
      {
        type: "numbers",
        name: "rows",
        label: "Rows of your own",
        default: sizes.length > 0 ? sizes : [Math.max(LEAST_SIZE, most)],
        min: LEAST_SIZE,
        max: Math.max(2000, most),
        integer: true,
        least: 1,
        most: 6,
        reason:
          "Learning elsewhere first is for those who have few; 30% of your rows are held out throughout.",
      },
      {
        type: "number",
        name: "elsewhere",
        label: "Rows from elsewhere, at most",
        default: USUAL_ELSEWHERE,
        min: 100,
        max: 10_000,
        integer: true,
        reason: "Each seed learns from them once, and once more with your rows for every number of rows.",
      },
      continuing(table),
      seedsField(),
    ];
  },

  open(source, settings, seed) {
    const tables = transferTables(source, wordIn(settings, "from"));
    const split = splitSource(tables.open, seed);
    const only = (table: Table): Table =>
      selectColumns(
        table,
        table.schema.columns.flatMap(({ name }, i) => (tables.columns.includes(name) ? [i] : [])),
      );
    const [train, holdout] = [only(split.train), only(split.holdout)];
    const sizes = listIn<number>(settings, "rows").toSorted((a, b) => a - b);
    const largest = sizes.at(-1) ?? 0;
    if (largest > train.rows)
      throw new FaultError(
        refusedStudy(
          `${largest} rows of your own are asked for, and ${train.rows} are left once 30% are held out.`,
          `Take at most ${train.rows}.`,
        ),
      );
    const methods = listIn<string>(settings, "methods");
    const seeds = numberIn(settings, "seeds");
    const most = Math.min(numberIn(settings, "elsewhere"), tables.elsewhere.rows);
    const cells = cellsOf({ sizes, methods, seeds, most, train });
    const target = targetColumn(train.schema);
    const told: Told = {
      cells,
      sizes,
      methods,
      target: target === undefined ? undefined : train.schema.columns[target]?.name,
      unit: target === undefined || !numeric(train, target) ? "AUROC" : "R²",
      elsewhere: { name: tables.name, rows: most, simulated: tables.simulated },
      notes: tables.notes,
    };
    const run = createStarts({ train, holdout, elsewhere: tables.elsewhere, most });
    return {
      cells,
      settings: [
        { name: "Learned first", words: `${most.toLocaleString("en-US")} rows of ${tables.name}` },
        { name: "Rows of your own", words: sizes.join(", ") },
        { name: "Methods", words: methods.map(methodName).join(", ") },
        { name: "Seeds", words: String(seeds) },
        { name: "Columns", words: `${tables.columns.length} that both have` },
        heldOutSetting(holdout),
      ],
      run: ({ factors }, tools) =>
        run(
          {
            start: startOf(factors["start"]),
            rows: Number(factors["rows"]),
            method: String(factors["method"]),
            seed: 1000 * seed + Number(factors["seed"]),
          },
          tools,
        ),
      reduce: (done) => foundOf(told, done),
    };
  },
};

const startOf = (value: unknown): Start =>
  value === "tuned" || value === "pooled" || value === "elsewhere" ? value : "scratch";

/** Numbers of many values are a quantity: R². */
function numeric(table: Table, at: number): boolean {
  const column = table.columns[at];
  return column?.type === "numeric" && new Set(column.values.filter((x) => !Number.isNaN(x))).size > 10;
}

interface Grid {
  readonly sizes: readonly number[];
  readonly methods: readonly string[];
  readonly seeds: number;
  readonly most: number;
  readonly train: Table;
}

/** What going on from a model takes of a fit from nothing: it ends sooner. */
const GOES_ON = 0.25;

/** Cells that go on from the same model stand beside each other, since only the last one is remembered. */
function cellsOf({ sizes, methods, seeds, most, train }: Grid): StudyCell[] {
  const cell = (start: Start, method: string, rows: number, seed: number): StudyCell => {
    const learned = start === "elsewhere" ? most : start === "pooled" ? most + rows : rows;
    const fit = method === REAL ? 0 : fitEffort(method, train, learned);
    return {
      key: `${start}/${method}/${rows}/${seed}`,
      factors: { start, method, rows, seed },
      words: `${inWords(start, rows)}, ${method === REAL ? "real rows" : methodName(method)}, seed ${seed}`,
      effort: measureEffort(learned, train.columns.length) + (start === "tuned" ? GOES_ON : 1) * fit,
    };
  };
  return Array.from({ length: seeds }, (_, i) => i + 1).flatMap((seed) => [
    ...[REAL, INDEPENDENT].flatMap((method) => sizes.map((rows) => cell("scratch", method, rows, seed))),
    ...methods.flatMap((method) => [
      cell("elsewhere", method, 0, seed),
      ...(["tuned", "scratch", "pooled"] as const).flatMap((start) =>
        sizes.map((rows) => cell(start, method, rows, seed)),
      ),
    ]),
  ]);
}

const inWords = (start: Start, rows: number): string => {
  if (start === "elsewhere") return "learned elsewhere only";
  const how = start === "tuned" ? "elsewhere first" : start === "pooled" ? "pooled" : "from scratch";
  return `${rows} rows ${how}`;
};

/** Methods that go on from a model of their own. */
function continuing(table: Table): StudyField {
  const field = methodsField(table, ["autoregressive"]);
  if (field.type !== "several") return field;
  const choices = field.choices.filter(
    ({ value }) => value !== "auto" && findSynthesizer(value).continues === true,
  );
  const known = field.default.filter((id) => choices.some(({ value }) => value === id));
  return {
    ...field,
    choices,
    default: known.length > 0 ? known : choices.slice(0, 1).map(({ value }) => value),
    reason: "Those that can go on from a saved model; real rows and independent columns stand beside them.",
  };
}

const nowhere = ({ name }: Table) =>
  refusedStudy(
    `There is nowhere to learn first: no second table is open, no column of ${name} names sites with enough patients, and no simulated cohort shares enough of its columns.`,
    "Open a second table beside it and match its columns.",
  );
