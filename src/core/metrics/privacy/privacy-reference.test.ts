import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import { rocFigures } from "../../math/scores/roc-figures.ts";
import { mean } from "../../math/statistics.ts";
import { takeRows } from "../../table/table.ts";
import type { Column, Table } from "../../table/table.ts";
import { bounded, residualRisk, riskOf, successRate } from "./attack-risk.ts";
import { attributeInference } from "./attribute-inference.ts";
import { tableOf } from "../fixtures/table-of.ts";
import type { Cells } from "../fixtures/table-of.ts";
import { linkability } from "./linkability.ts";
import type { Metric, Tables } from "../metric.ts";
import { singlingOut } from "./singling-out.ts";

interface Described {
  main: number;
  control: number;
  risk: number;
  low: number;
  high: number;
}

/** Made by fixtures/privacy.py with Anonymeter 1.1.0 and scikit-learn. */
interface Reference {
  numeric: string[];
  copied: number;
  tables: Record<"train" | "holdout" | "fresh", Record<string, (number | string)[]>>;
  formulas: {
    attacks: number;
    successes: number;
    controls: number;
    controlSuccesses: number;
    main: [number, number];
    control: [number, number];
    residual: [number, number];
    risk: number;
    low: number;
    high: number;
  }[];
  linkability: Described;
  inference: Record<string, Described>;
  singling: Record<"univariate" | "multivariate", { main: number; control: number; sd: [number, number] }>;
  roc: { scores: number[]; labels: number[]; auc: number; advantage: number; caught: number };
}

const reference = JSON.parse(
  readFileSync(new URL("../fixtures/privacy.json", import.meta.url), "utf8"),
) as Reference;

function read(name: keyof Reference["tables"]): Table {
  const cells: Record<string, Cells> = {};
  for (const [column, values] of Object.entries(reference.tables[name])) {
    cells[column] = { kind: reference.numeric.includes(column) ? "decimal" : "category", cells: values };
  }
  return tableOf(cells);
}

/** The first rows of train, then fresh ones: a leak of known size. */
function partlyCopied(train: Table, fresh: Table, copied: number): Table {
  const levels = train.columns.map((column, i) => {
    const other = fresh.columns[i] as Column;
    return column.type === "coded" && other.type === "coded"
      ? [...new Set([...column.levels, ...other.levels])]
      : [];
  });
  const columns = train.columns.map((column, i): Column => {
    const other = fresh.columns[i] as Column;
    if (column.type === "numeric" && other.type === "numeric") {
      return {
        ...column,
        values: column.values.map((value, row) => (row < copied ? value : (other.values[row] as number))),
      };
    }
    if (column.type !== "coded" || other.type !== "coded") throw new Error("kinds differ");
    const text = (row: number): string =>
      (row < copied
        ? column.levels[column.codes[row] as number]
        : other.levels[other.codes[row] as number]) as string;
    const shared = levels[i] as string[];
    return { type: "coded", levels: shared, codes: column.codes.map((_, row) => shared.indexOf(text(row))) };
  });
  return { ...train, columns };
}

const train = read("train");
const tables: Tables = {
  train,
  holdout: read("holdout"),
  synthetic: partlyCopied(train, read("fresh"), reference.copied),
};

async function figuresOf(metric: Metric, seed = 1) {
  const result = await metric.compute(tables, createRng(seed));
  if (result.status !== "ok" || result.detail?.type !== "figures") throw new Error("no figures");
  return { ...result, rows: new Map(result.detail.rows.map((row) => [row.name, row])) };
}

describe("formulas against Anonymeter", () => {
  it.each(reference.formulas)("$successes of $attacks against $controlSuccesses of $controls", (given) => {
    const main = successRate(given.successes, given.attacks);
    const control = successRate(given.controlSuccesses, given.controls);
    const rest = residualRisk(main, control);
    const { risk } = riskOf({ name: "", chance: 0, ...given });
    const ours = [main, control, rest].flatMap(({ value, error }) => [value, error]);
    [...given.main, ...given.control, ...given.residual].forEach((value, i) =>
      expect(ours[i]).toBeCloseTo(value, 6),
    );
    expect(bounded(risk).value).toBeCloseTo(given.risk, 6);
    expect(bounded(risk).interval.low).toBeCloseTo(given.low, 6);
    expect(bounded(risk).interval.high).toBeCloseTo(given.high, 6);
  });

  it("AUC, advantage and TPR at a false positive rate, against scikit-learn", () => {
    const { scores, labels, auc, advantage, caught } = reference.roc;
    const ours = rocFigures(scores, labels, [0.05]);
    expect(ours.auc).toBeCloseTo(auc, 12);
    expect(ours.advantage).toBeCloseTo(advantage, 12);
    expect(ours.caught[0]).toBeCloseTo(caught, 12);
  });
});

describe("attacks against Anonymeter, every row attacked", () => {
  it("linkability: the same links, but for ties", async () => {
    const { value, interval, rows } = await figuresOf(linkability);
    const [row] = [...rows.values()];
    expect(Math.abs((row?.synthetic.value as number) - reference.linkability.main)).toBeLessThan(0.02);
    expect(Math.abs((row?.baseline?.value as number) - reference.linkability.control)).toBeLessThan(0.02);
    expect(Math.abs(value - reference.linkability.risk)).toBeLessThan(0.03);
    expect(Math.abs(interval.low - reference.linkability.low)).toBeLessThan(0.03);
  });

  it.each(Object.keys(reference.inference))("attribute inference of %s", async (secret) => {
    const { rows } = await figuresOf(attributeInference);
    const theirs = reference.inference[secret] as Described;
    const row = rows.get(secret);
    expect(Math.abs((row?.synthetic.value as number) - theirs.main)).toBeLessThan(0.02);
    expect(Math.abs((row?.baseline?.value as number) - theirs.control)).toBeLessThan(0.02);
  });

  it("singling out: success rates, within the chance in the guesses", async () => {
    const seeds = [1, 2, 3, 4, 5];
    const runs = [];
    for (const seed of seeds) runs.push(await figuresOf(singlingOut, seed));
    for (const [name, mode] of [
      ["3 columns", "multivariate"],
      ["One column", "univariate"],
    ] as const) {
      const theirs = reference.singling[mode];
      const main = mean(runs.map(({ rows }) => rows.get(name)?.synthetic.value as number));
      const control = mean(runs.map(({ rows }) => rows.get(name)?.baseline?.value as number));
      expect(Math.abs(main - theirs.main)).toBeLessThan(0.04);
      expect(Math.abs(control - theirs.control)).toBeLessThan(0.04);
    }
  });

  it("a third of the rows copied is a third of risk by singling out, whatever the sizes of the tables", async () => {
    const full = await figuresOf(singlingOut);
    const smaller = {
      ...tables,
      holdout: takeRows(
        tables.holdout,
        Int32Array.from({ length: 100 }, (_, i) => i),
      ),
    };
    const few = await singlingOut.compute(smaller, createRng(1));
    if (few.status !== "ok") throw new Error(few.reason);
    expect(Math.abs(full.value - few.value)).toBeLessThan(0.1);
    expect(few.interval.high - few.interval.low).toBeGreaterThan(full.interval.high - full.interval.low);
  });
});
