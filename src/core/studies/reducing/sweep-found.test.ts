import { expect, test } from "vitest";
import { columnsFound } from "../columns/columns-found.ts";
import { REAL, INDEPENDENT } from "../measuring/fit-and-sample.ts";
import { rowsFound } from "../rows/rows-found.ts";
import type { CellDone, CellRow, StudyCell } from "../study.ts";
import { judged } from "./judged.ts";
import { type Sweep } from "./sweep-found.ts";

const SEEDS = [1, 2, 3, 4];

interface Planted {
  readonly steps?: readonly number[];
  readonly seeds?: readonly number[];
  /** by method and step */
  readonly tstr: Readonly<Record<string, readonly number[]>>;
  readonly c2st?: Readonly<Record<string, readonly number[]>>;
  readonly attack?: number;
  /** what seeds differ by */
  readonly noise?: number;
}

/** A grid whose numbers are known: each seed a little beside the planted mean. */
function planted(
  factor: Sweep["factor"],
  { steps = [100, 500], seeds = SEEDS, noise = 0.002, ...given }: Planted,
) {
  const methods = Object.keys(given.tstr);
  const cells: StudyCell[] = [];
  const done: CellDone[] = [];
  for (const seed of seeds)
    for (const [i, step] of steps.entries())
      for (const [m, method] of methods.entries()) {
        const key = `${step}/${method}/${seed}`;
        const aside = noise * Math.cos(2.3 * seed * (m + 1));
        const rows: CellRow[] = [
          { measure: "tstr", value: (given.tstr[method]?.[i] ?? NaN) + aside },
          { measure: "c2st", value: (given.c2st?.[method]?.[i] ?? 0.5) + aside },
          { measure: "attack", value: (given.attack ?? 0) + aside },
          { measure: "seconds", value: 2 },
        ];
        cells.push({ key, factors: { [factor]: step, method, seed }, words: key, effort: 1 });
        done.push({ key, rows, seconds: 1 });
      }
  const sweep: Sweep = {
    cells,
    factor,
    steps,
    methods: methods.filter((method) => method !== REAL && method !== INDEPENDENT),
    target: { name: "death", unit: "AUROC" },
    across: `${factor} learned from`,
  };
  return { sweep, done };
}

const usual = {
  tstr: { copula: [0.7, 0.799], vae: [0.6, 0.7], [REAL]: [0.8, 0.8], [INDEPENDENT]: [0.5, 0.5] },
  c2st: { copula: [0.8, 0.6], vae: [0.7, 0.7], [REAL]: [0.5, 0.5], [INDEPENDENT]: [0.9, 0.95] },
};

test("names the size from which on synthetic rows teach as well, with the loss before it", () => {
  const { sweep, done } = planted("rows", usual);
  const found = rowsFound(sweep, done);
  expect(found.say.bold).toBe(
    "With 500 rows Gaussian copula teaches a model of death as well as the same number of real rows; with 100 it does not yet.",
  );
  expect(found.say.rest).toMatch(
    /^Loss at 500: 0\.00\d \(95% interval −0\.00\d to 0\.0\d\d\)\. At 100: 0\.10\d \(/,
  );
  expect(found.say.rest).toMatch(/A loss above 0\.00\d would have been seen\.$/);
  expect(found.more?.[0]).toMatch(/^Loss of the others at 500 rows: VAE 0\.\d+ \(0\.\d+ to 0\.\d+\)\.$/);
  expect(found.more?.join(" ")).toContain("From 100 to 500 rows Gaussian copula still became harder");
  expect(found.more?.join(" ")).toContain("VAE had levelled off");
  expect(found.more?.join(" ")).toContain(
    "At 500 rows Gaussian copula is better than VAE in predicting death",
  );
});

test("says so where no size is enough, and where the first already is", () => {
  const short = planted("rows", { ...usual, tstr: { ...usual.tstr, copula: [0.6, 0.7] } });
  expect(rowsFound(short.sweep, short.done).say.bold).toMatch(/^Even with 500 rows .* less well than/);
  const early = planted("rows", { ...usual, tstr: { ...usual.tstr, copula: [0.8, 0.8] } });
  expect(rowsFound(early.sweep, early.done).say.bold).toMatch(/^Already with 100 rows/);
});

test("neither one seed nor a wide interval is taken for no difference", () => {
  const one = planted("rows", { ...usual, seeds: [1] });
  const alone = rowsFound(one.sweep, one.done);
  expect(alone.say.bold).toMatch(/cannot be told from one seed/);
  expect(JSON.stringify(alone)).not.toMatch(/no difference beyond noise|Infinity|NaN/);
  const wide = planted("rows", { ...usual, noise: 0.1 });
  const loose = rowsFound(wide.sweep, wide.done);
  expect(loose.say.bold).toMatch(/cannot be told/);
  expect(loose.say.rest).toMatch(/only a loss above 0\.[1-9]\d+ would have been seen/);
});

test("works on part of the cells: a seed that one side lacks does not count in a difference", () => {
  const { sweep, done } = planted("rows", usual);
  const part = done.filter(({ key }) => key !== `500/${REAL}/2` && key !== `500/copula/3`);
  expect(rowsFound(sweep, part).say.rest).toMatch(/^Loss at 500: 0\.00\d \(/);
  expect(rowsFound(sweep, []).say.bold).toBe("Nothing has been measured yet.");
  expect(rowsFound(sweep, done.slice(0, 4)).tables[0]?.rows).toHaveLength(4);
});

test("the attack stays signed in its cells and is shown as no less than 0", () => {
  const { sweep, done } = planted("rows", { ...usual, attack: -0.05 });
  const [table] = rowsFound(sweep, done).tables;
  const at = table?.columns.findIndex(({ over }) => over === "Attack advantage") ?? -1;
  expect(table?.rows[0]?.cells[at]).toEqual({ value: 0, interval: { low: 0, high: 0 } });
});

test("the table has the first and the last size, real rows without time", () => {
  const { sweep, done } = planted("rows", { ...usual, steps: [100, 500] });
  const [table] = rowsFound(sweep, done).tables;
  expect(table?.title).toBe("At 100 and at 500 rows");
  expect(table?.columns.map(({ name }) => name).slice(0, 4)).toEqual(["100", "500", "100", "500"]);
  expect(table?.rows.find(({ kind }) => kind === "real")?.cells.at(-1)).toBeUndefined();
});

test("columns: tells a method that holds from one that does not, and what would have been seen", () => {
  const tstr = { copula: [0.8, 0.8], [REAL]: [0.8, 0.8], [INDEPENDENT]: [0.5, 0.5] };
  const flat = planted("columns", { tstr, c2st: { copula: [0.6, 0.6] }, steps: [5, 40] });
  const held = columnsFound(flat.sweep, flat.done);
  expect(held.say.bold).toMatch(/^Gaussian copula holds from 5 to 40 columns: .*no difference beyond noise/);
  expect(held.say.rest).toMatch(/would have been seen/);
  const rising = planted("columns", { tstr, c2st: { copula: [0.6, 0.8] }, steps: [5, 40] });
  expect(columnsFound(rising.sweep, rising.done).say.bold).toBe(
    "From 5 to 40 columns Gaussian copula becomes easier to tell from real rows.",
  );
  const one = planted("columns", { tstr, c2st: { copula: [0.6, 0.6] }, steps: [5, 40], seeds: [1] });
  expect(columnsFound(one.sweep, one.done).say.bold).toMatch(/cannot be told/);
});

test("a change of real rows alone is not a method's", () => {
  const tstr = { copula: [0.8, 0.8], [REAL]: [0.8, 0.8] };
  const both = planted("columns", { tstr, c2st: { copula: [0.6, 0.7], [REAL]: [0.5, 0.6] }, steps: [5, 40] });
  expect(columnsFound(both.sweep, both.done).say.bold).toMatch(/holds/);
});

test("judged: the sign, nothing, and what is not clear", () => {
  const of = (values: readonly number[]) =>
    judged(new Map(values.map((value, i) => [i, { value }])), 0.05)?.state;
  expect(of([0.1, 0.11, 0.09])).toBe("above");
  expect(of([-0.1, -0.11, -0.09])).toBe("below");
  expect(of([0.01, -0.01, 0])).toBe("none");
  expect(of([0.3, -0.3, 0])).toBe("unclear");
  expect(of([0.3])).toBe("unclear");
  expect(judged(new Map(), 0.05)).toBeUndefined();
});
