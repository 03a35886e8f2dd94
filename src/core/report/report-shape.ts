import * as z from "zod";
import type { Report } from "./report.ts";

/** JSON has no NaN: it is written as null. */
const number = z
  .number()
  .nullable()
  .transform((value) => value ?? NaN);
const numbers = z.array(number);
const interval = z.object({ low: number, high: number });
const measured = z.object({ value: number, interval });
const verdict = z.enum(["within", "close", "below"]);

export const paramsShape = z.record(z.string(), z.union([z.number(), z.string(), z.boolean()]));

export const runFactsShape = z.object({
  table: z.string(),
  synthesizer: z.string(),
  synthesizerName: z.string(),
  params: paramsShape,
  seed: z.number(),
  device: z.string(),
  seconds: z.number(),
  finishedAt: z.string(),
  endedEarly: z.object({ by: z.enum(["person", "privacy"]), step: z.number() }).exactOptional(),
  notices: z.array(z.string().max(2000)).max(100).exactOptional(),
});

const some = z.object({ value: number, interval: interval.exactOptional() });
const unit = z.enum(["share", "number", "count"]);

const detail = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("per-column"),
    columns: z.array(z.object({ name: z.string(), value: number, noise: number, verdict })),
  }),
  z.object({
    type: z.literal("models"),
    rows: z.array(
      z.object({
        name: z.string(),
        real: number,
        realInterval: interval,
        synthetic: number,
        syntheticInterval: interval,
      }),
    ),
    unit: z.string(),
  }),
  z.object({
    type: z.literal("figures"),
    rows: z.array(
      z.object({
        name: z.string(),
        unit,
        synthetic: some,
        baseline: some.exactOptional(),
        chance: number.exactOptional(),
        verdict: verdict.exactOptional(),
        note: z.string().exactOptional(),
      }),
    ),
  }),
  z.object({
    type: z.literal("coefficients"),
    models: z.array(
      z.object({
        name: z.string(),
        rows: z.array(z.object({ term: z.string(), real: some, synthetic: some, overlap: number })),
      }),
    ),
  }),
  z.object({
    type: z.literal("curves"),
    x: z.string(),
    y: z.string(),
    curves: z.array(
      z.object({
        of: z.enum(["real", "synthetic"]),
        name: z.string(),
        points: z.array(z.object({ x: number, y: number, rows: number })),
      }),
    ),
  }),
  z.object({
    type: z.literal("groups"),
    unit: z.string(),
    groups: z.array(
      z.object({
        name: z.string(),
        patients: number.exactOptional(),
        reason: z.string().exactOptional(),
        figures: z.array(z.object({ name: z.string(), unit, real: some, synthetic: some })).exactOptional(),
        verdict: verdict.exactOptional(),
      }),
    ),
  }),
  z.object({
    type: z.literal("rules"),
    rules: z.array(
      z.object({ rule: z.string(), real: number, synthetic: number, rows: number, interval, verdict }),
    ),
  }),
]);

const score = z.object({ value: number, interval, baseline: measured });
const family = z.enum(["fidelity", "utility", "privacy", "fairness", "clinical"]);

const metricResult = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("ok"),
    value: number,
    interval,
    baseline: measured,
    score,
    verdict,
    extremes: z.object({ independent: number, bootstrap: number }).exactOptional(),
    sentence: z.string(),
    detail: detail.exactOptional(),
    note: z.string().exactOptional(),
  }),
  z.object({ status: z.literal("skipped"), reason: z.string() }),
]);

const metricInfo = z.object({
  id: z.string(),
  name: z.string(),
  family,
  better: z.enum(["higher", "lower", "middle"]),
  ideal: number,
  range: z.tuple([number, number]),
  summary: z.string(),
  reference: z.string(),
  scored: z.boolean(),
  limits: z.string(),
  attack: z.literal(true).exactOptional(),
  board: z.string().exactOptional(),
  quality: z.literal(true).exactOptional(),
});

const axis = z.union([
  z.object({ family, metric: z.string(), score, verdict, sentence: z.string() }),
  z.object({ family, skipped: z.string() }),
]);

const risk = z.object({
  value: number,
  interval,
  attack: z.string(),
  measured: z.number(),
  threshold: z.number(),
  sentence: z.string(),
});

const binned = { edges: numbers, real: numbers, holdout: numbers, synthetic: numbers };
/** One share per bin; the holdout's are left out when there is none. */
const fits = (chart: {
  edges: number[];
  real: number[];
  holdout: number[];
  synthetic: number[];
}): boolean => {
  const bins = Math.max(0, chart.edges.length - 1);
  const counts = [chart.real.length, chart.synthetic.length, chart.holdout.length || bins];
  return counts.every((count) => count === bins);
};

const histogram = z
  .object({
    type: z.literal("histogram"),
    ...binned,
    log: z.object(binned).refine(fits, "bins and edges do not fit").exactOptional(),
    decimals: z.number(),
    datePattern: z.string().exactOptional(),
  })
  .refine(fits, "bins and edges do not fit");

const bars = z
  .object({
    type: z.literal("bars"),
    levels: z.array(z.string()),
    real: numbers,
    holdout: numbers,
    synthetic: numbers,
    others: z.array(z.object({ level: z.string(), real: z.number(), synthetic: z.number() })).exactOptional(),
  })
  .refine(
    ({ levels, real, holdout, synthetic }) =>
      [real.length, synthetic.length, holdout.length || levels.length].every(
        (count) => count === levels.length,
      ),
    "levels and shares do not fit",
  );

export const kindShape = z.enum([
  "integer",
  "decimal",
  "datetime",
  "category",
  "boolean",
  "identifier",
  "text",
  "constant",
]);

const columnComparison = z.object({
  name: z.string(),
  kind: kindShape,
  chart: z.union([histogram, bars]),
  missing: z.object({ real: number, holdout: number, synthetic: number, few: z.boolean().exactOptional() }),
  distance: number,
  noise: number,
  verdict,
  remark: z.string().exactOptional(),
});

const correlations = z
  .object({
    names: z.array(z.string()),
    real: z.array(numbers),
    synthetic: z.array(numbers),
    difference: z.array(numbers),
    worst: z.array(
      z.object({
        a: z.string(),
        b: z.string(),
        measure: z.enum(["pearson", "cramers-v", "correlation-ratio"]),
        real: number,
        synthetic: number,
        noise: number,
      }),
    ),
  })
  .refine(
    ({ names, real, synthetic, difference }) =>
      [real, synthetic, difference].every(
        (matrix) => matrix.length === names.length && matrix.every((row) => row.length === names.length),
      ),
    "the matrices are not square",
  );

const ends = z.tuple([z.number(), z.number()]);

const map = z.object({
  maps: z
    .array(
      z
        .object({
          method: z.enum(["pca", "umap"]),
          x: ends,
          y: ends,
          side: z.number().int().min(1).max(64),
          cells: z.array(z.number()),
          points: z.array(ends).max(1000),
          variance: z.array(z.number()).exactOptional(),
          trustworthiness: z.number().exactOptional(),
        })
        .refine(({ side, cells }) => cells.length === side * side, "cells and grid do not fit"),
    )
    .max(4),
});

const readItem = z.object({
  what: z.enum(["unread", "above", "blank", "ragged", "totals", "withheld", "empty", "constant"]),
  column: z.string().exactOptional(),
  count: z.number().exactOptional(),
  of: z.number().exactOptional(),
  levels: z.number().exactOptional(),
  examples: z.array(z.object({ text: z.string(), cells: z.number() })).exactOptional(),
  words: z.string(),
});

/** A report as a file or a browser's store holds it; whatever passes can be drawn. */
export const reportShape: z.ZodType<Report> = z.object({
  version: z.literal(2),
  run: runFactsShape,
  shape: z.object({ train: z.number(), holdout: z.number(), synthetic: z.number(), columns: z.number() }),
  target: z.string().exactOptional(),
  axes: z.array(axis),
  risk: risk.exactOptional(),
  metrics: z.array(z.object({ info: metricInfo, result: metricResult, seconds: z.number() })),
  columns: z.array(columnComparison),
  correlations,
  map: map.exactOptional(),
  reading: z.array(readItem).exactOptional(),
  headline: z.string(),
  caveat: z.string().exactOptional(),
  notes: z.array(z.string()),
});
