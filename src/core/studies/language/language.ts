import { createRng } from "../../math/rng.ts";
import { FaultError } from "../../fault.ts";
import { selectColumns, takeRows, targetColumn, type Column, type Table } from "../../table/table.ts";
import { fitEffort, measureEffort, methodName, methodsField, seedsField } from "../fields.ts";
import { fitAndSample, REAL, INDEPENDENT } from "../measuring/fit-and-sample.ts";
import { measureRows, type Measure } from "../measuring/measure-rows.ts";
import { splitSource } from "../measuring/split-source.ts";
import { listIn, numberIn } from "../running/settings.ts";
import { refusedStudy, type MadeTable, type Study, type StudyCell } from "../study.ts";
import { ALL_ROWS, foundOf, madeKey } from "./language-found.ts";

/** Own models that stand beside prompted rows where nobody chose. */
const USUAL = ["autoregressive", "language"] as const;
const MEASURED: readonly Measure[] = ["c2st", "tstr", "kl", "pairs"];
/** Rows below which a prompted table does not set how many rows all are measured on, unless none has more. */
const ENOUGH = 100;
/** Rows of a table that a test can tell from others at all. */
const LEAST = 20;

/** Rows of a language model beside those of models that learned from the patients, in equal numbers, on the same held-out patients. */
export const language: Study = {
  id: "language",
  name: "Language models",
  question: "Does a language model do better?",

  fields: ({ table }) => [methodsField(table, USUAL), seedsField(3)],

  open({ table, made = [] }, settings, seed) {
    const usable = made.filter((one) => one.table.rows >= LEAST);
    if (usable.length === 0)
      throw new FaultError(
        refusedStudy(
          made.length === 0
            ? "There are no rows of a language model yet."
            : `No set of replies has ${LEAST} rows that could be kept.`,
          "Take the prompts to a model and add its replies.",
        ),
      );
    const { train, holdout } = splitSource(table, seed);
    const methods = listIn<string>(settings, "methods");
    const seeds = Array.from({ length: numberIn(settings, "seeds") }, (_, i) => i + 1);
    const shared = sharedNames(train, usable);
    const rows = matchedRows(usable, train.rows);
    const own = [...new Set([...methods, INDEPENDENT, REAL])];
    const cells = seeds.flatMap((one) => [
      ...own.map((method): StudyCell => {
        const fit = method === REAL ? 0 : fitEffort(method, train);
        const name = method === REAL ? "real rows" : methodName(method);
        return {
          key: `${method}/${one}`,
          factors: { method, seed: one },
          words: `${name}, seed ${one}`,
          effort: fit + measureEffort(rows, shared.length),
        };
      }),
      ...usable.map(({ name }, i): StudyCell => ({
        key: `${madeKey(i)}/${one}`,
        factors: { method: madeKey(i), seed: one },
        words: `${name}, seed ${one}`,
        effort: measureEffort(rows, shared.length),
      })),
    ]);
    const varied = mostVaried(withNames(train, shared));
    const target = targetColumn(train.schema);
    const schema = target === undefined ? undefined : train.schema.columns[target];
    const told = {
      cells,
      methods: methods.filter((id) => id !== INDEPENDENT),
      made: usable.map((one) => ({ name: one.name, note: one.note, rows: Math.min(rows, one.table.rows) })),
      rows,
      learned: train.rows,
      tested: holdout.rows,
      varied,
      target:
        schema && shared.includes(schema.name)
          ? { name: schema.name, number: schema.kind === "integer" || schema.kind === "decimal" }
          : undefined,
      left: train.schema.columns.map(({ name }) => name).filter((name) => !shared.includes(name)),
      tooFew: made.filter((one) => !usable.includes(one)).map(({ name }) => name),
    };
    return {
      cells,
      settings: [
        { name: "Prompted rows", words: usable.map(({ name }) => name).join(", ") },
        { name: "Methods", words: methods.map(methodName).join(", ") },
        { name: "Rows measured of each", words: String(rows) },
        { name: "Seeds", words: String(seeds.length) },
        { name: "Held out", words: `the same ${holdout.rows} rows throughout` },
      ],
      async run({ factors }, tools) {
        const [method, one] = [String(factors["method"]), Number(factors["seed"])];
        const at = usable.findIndex((_, i) => madeKey(i) === method);
        const given = usable[at];
        const { synthetic, seconds } = given
          ? { synthetic: given.table, seconds: undefined }
          : await fitAndSample({ train, method, seed: one }, tools);
        const dice = createRng(one).fork(`rows of ${method}`);
        const some = takeRows(
          withNames(synthetic, shared),
          dice.choose(synthetic.rows, Math.min(rows, synthetic.rows)),
        );
        const tables = {
          train: withNames(train, shared),
          holdout: withNames(holdout, shared),
          synthetic: some,
        };
        const measured = await measureRows(tables, MEASURED, one, tools.pulse);
        const whole = { ...tables, synthetic: withNames(synthetic, shared) };
        const more = synthetic.rows > rows ? await measureRows(whole, ["tstr"], one, tools.pulse) : [];
        return [
          ...measured,
          ...more.map((row) => ({ ...row, measure: ALL_ROWS })),
          { measure: "distinct", value: distinctIn(some, varied), of: { column: varied }, n: some.rows },
          ...(seconds === undefined || method === REAL ? [] : [{ measure: "seconds", value: seconds }]),
        ];
      },
      reduce: (done) => foundOf(told, done),
    };
  },
};

/** Columns that every prompted table has, in the table's order. Throws `study-refused` where they are fewer than two. */
function sharedNames(train: Table, made: readonly MadeTable[]): string[] {
  const names = train.schema.columns
    .map(({ name }) => name)
    .filter((name) => made.every(({ table }) => table.schema.columns.some((column) => column.name === name)));
  if (names.length >= 2) return names;
  throw new FaultError(
    refusedStudy(
      "The replies have fewer than two columns in common with the table.",
      "Ask for the same columns in every prompt and add the replies again.",
    ),
  );
}

/** As many as the smallest prompted table has that has enough of them. */
function matchedRows(made: readonly MadeTable[], learned: number): number {
  const sizes = made.map(({ table }) => table.rows);
  const enough = sizes.filter((size) => size >= ENOUGH);
  return Math.min(learned, enough.length > 0 ? Math.min(...enough) : Math.max(...sizes));
}

function withNames(table: Table, names: readonly string[]): Table {
  const at = names.map((name) => table.schema.columns.findIndex((column) => column.name === name));
  return selectColumns(
    table,
    at.filter((i) => i >= 0),
  );
}

/** The column of numbers, or else of levels, with the most different values. */
function mostVaried(table: Table): string {
  const counts = table.schema.columns.map(({ name, kind }, i) => ({
    name,
    whole: kind === "integer",
    count: distinct(table.columns[i] as Column),
  }));
  const whole = counts.filter((one) => one.whole);
  const [most] = (whole.length > 0 ? whole : counts).toSorted((a, b) => b.count - a.count);
  return most?.name ?? "";
}

function distinctIn(table: Table, name: string): number {
  const column = table.columns[table.schema.columns.findIndex((one) => one.name === name)];
  return column ? distinct(column) : 0;
}

function distinct(column: Column): number {
  if (column.type === "coded") return new Set(column.codes.filter((code) => code >= 0)).size;
  return new Set(column.values.filter((value) => Number.isFinite(value))).size;
}
