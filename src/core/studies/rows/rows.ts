import { createRng } from "../../math/rng.ts";
import { FaultError } from "../../fault.ts";
import type { LinesPicture, StudyFigure, StudyFound, StudyTable } from "../../report/study.ts";
import { takeRows, targetColumn } from "../../table/table.ts";
import { fitEffort, measureEffort, methodName, methodsField, seedsField } from "../fields.ts";
import { fitAndSample, REAL } from "../measuring/fit-and-sample.ts";
import { measureRows, MEASURES } from "../measuring/measure-rows.ts";
import { HELD_OUT, nestedOrder, splitSource } from "../measuring/split-source.ts";
import { beyondNoise, differenceOf, figureOf } from "../reducing/figures.ts";
import { rowsOf } from "../reducing/rows-of.ts";
import { listIn, numberIn } from "../running/settings.ts";
import { refusedStudy, type CellDone, type Study, type StudyCell } from "../study.ts";

const SIZES = [100, 200, 500, 1000, 2000, 5000, 10_000] as const;
const LEAST_SIZE = 50;
const INDEPENDENT = "independent";

/** How quality grows with the number of patients learned from, tested on the same held-out ones throughout. */
export const rows: Study = {
  id: "rows",
  name: "Rows",
  question: "How many patients are enough?",

  fields({ table }) {
    const most = Math.floor(table.rows * (1 - HELD_OUT));
    const sizes = SIZES.filter((size) => size < 0.9 * most);
    return [
      {
        type: "numbers",
        name: "rows",
        label: "Rows learned from",
        default: [...sizes, most],
        min: LEAST_SIZE,
        max: most,
        integer: true,
        least: 2,
        most: 10,
        reason: `The table has ${table.rows} rows, of which ${table.rows - most} are held out in every cell.`,
      },
      methodsField(table),
      seedsField(),
    ];
  },

  open({ table }, settings, seed) {
    const { train, holdout } = splitSource(table, seed);
    const sizes = listIn<number>(settings, "rows").toSorted((a, b) => a - b);
    const methods = listIn<string>(settings, "methods");
    const seeds = numberIn(settings, "seeds");
    if ((sizes[0] ?? 0) < LEAST_SIZE)
      throw new FaultError(
        refusedStudy(`${sizes[0]} rows are too few to learn from.`, `Take ${LEAST_SIZE} or more.`),
      );
    const width = train.columns.length;
    const all = [...new Set([...methods, INDEPENDENT, REAL])];
    const cells = Array.from({ length: seeds }, (_, i) => i + 1).flatMap((one) =>
      sizes.flatMap((size) => all.map((method) => cellOf(size, method, one))),
    );
    function cellOf(size: number, method: string, one: number): StudyCell {
      const name = method === REAL ? "real rows" : methodName(method);
      const fit = method === REAL ? 0 : fitEffort(method, train, size);
      return {
        key: `${size}/${method}/${one}`,
        factors: { rows: size, method, seed: one },
        words: `${size} rows, ${name}, seed ${one}`,
        effort: fit + measureEffort(size, width),
      };
    }
    const target = targetColumn(train.schema);
    const told = {
      cells,
      sizes,
      methods,
      target: target === undefined ? undefined : train.schema.columns[target]?.name,
    };
    return {
      cells,
      settings: [
        { name: "Rows", words: sizes.join(", ") },
        { name: "Methods", words: methods.map(methodName).join(", ") },
        { name: "Seeds", words: String(seeds) },
        { name: "Held out", words: `the same ${holdout.rows} rows throughout` },
      ],
      async run({ factors }, tools) {
        const [size, method, one] = [
          Number(factors["rows"]),
          String(factors["method"]),
          Number(factors["seed"]),
        ];
        const order = createRng(one).fork("rows");
        const some = takeRows(
          train,
          nestedOrder(train, (count) => order.permutation(count)).subarray(0, size),
        );
        const { synthetic, seconds } = await fitAndSample({ train: some, method, seed: one }, tools);
        const wanted = method === REAL ? MEASURES.filter((measure) => measure !== "attack") : MEASURES;
        const measured = await measureRows({ train: some, holdout, synthetic }, wanted, one, tools.pulse);
        return [...measured, { measure: "seconds", value: seconds }];
      },
      reduce: (done) => foundOf(told, done),
    };
  },
};

interface Told {
  readonly cells: readonly StudyCell[];
  readonly sizes: readonly number[];
  readonly methods: readonly string[];
  readonly target: string | undefined;
}

/** Pure: what the cells done so far say. */
export function foundOf({ cells, sizes, methods, target }: Told, done: readonly CellDone[]): StudyFound {
  const at = (measure: string, method: string, size: number): StudyFigure | undefined =>
    figureOf(rowsOf(cells, done, measure, { method, rows: size }));
  const line = (
    measure: string,
    method: string,
    kind: "synthetic" | "real" | "independent",
    name: string,
  ) => ({
    name,
    kind,
    points: sizes.flatMap((size) => {
      const figure = at(measure, method, size);
      return figure ? [{ x: size, figure }] : [];
    }),
  });
  const lines = (measure: string) => [
    ...methods.map((id) => line(measure, id, "synthetic", methodName(id))),
    line(measure, REAL, "real", "Real rows"),
    line(measure, INDEPENDENT, "independent", "Independent columns"),
  ];
  const across = { name: "rows learned from", ticks: sizes, even: true };
  const pictures: LinesPicture[] = [
    {
      type: "lines",
      title: "Told from real rows, AUC",
      unit: "AUC",
      better: "lower",
      across,
      lines: lines("c2st"),
      chance: 0.5,
    },
  ];
  if (target !== undefined)
    pictures.push({
      type: "lines",
      title: `Predicting ${target}`,
      unit: "AUROC",
      better: "higher",
      across,
      lines: lines("tstr"),
    });
  const table: StudyTable = {
    title: "At every size",
    columns: sizes.map((size) => ({ name: String(size), unit: "AUC" as const })),
    rows: methods.map((id) => ({ name: methodName(id), cells: sizes.map((size) => at("c2st", id, size)) })),
  };
  const [first] = methods;
  const lost = sizes.map((size) =>
    differenceOf(
      rowsOf(cells, done, "tstr", { method: REAL, rows: size }),
      rowsOf(cells, done, "tstr", { method: first ?? "", rows: size }),
    ),
  );
  const enough = sizes.find((_, i) => lost[i] !== undefined && beyondNoise(lost[i]) < 1);
  return {
    say: {
      bold:
        enough === undefined
          ? "No number of rows here is enough."
          : `With ${enough} rows there is no difference beyond noise.`,
    },
    pictures,
    tables: [table],
  };
}
