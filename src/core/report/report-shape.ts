/** The one description of a report: what a file or a browser's store is held to, and what the types of report.ts are read from. */
import * as z from "zod";
import {
  family,
  interval,
  measured,
  metricInfo,
  metricResult,
  number,
  score,
  verdict,
} from "../metrics/metric-shape.ts";
import { columnComparison, correlations, mapComparison } from "./comparison-shape.ts";
import { coursesComparison } from "./courses-shape.ts";
import { incidence } from "./incidence-shape.ts";

export { kindShape } from "./comparison-shape.ts";

export const paramsShape = z.record(z.string(), z.union([z.number(), z.string(), z.boolean()]));

export const endedEarly = z.object({
  /** privacy: its rows came to lie nearer to training rows than to held-out ones */
  by: z.enum(["person", "privacy"]),
  step: z.number(),
});

const publicWhy = z.enum(["declared", "clinical", "written"]);

/** `core/private/guarantee.ts` */
export const guaranteeShape = z.object({
  epsilon: z.number().positive(),
  delta: z.number().min(0).max(1),
  unit: z.enum(["patient", "row"]),
  rowsPerPatient: z.number().int().min(1),
  noise: z.enum(["cryptographic", "seeded"]),
  rows: z.number().int().min(1),
  spent: z
    .array(
      z.object({
        what: z.string().max(1000),
        columns: z.string().max(1000),
        queries: z.number().int().min(0),
        sensitivity: z.number().min(0),
        sigma: z.number().min(0).exactOptional(),
        rho: z.number().min(0),
        delta: z.number().min(0).exactOptional(),
        sampled: z
          .object({
            rate: z.number().min(0).max(1),
            sigma: z.number().positive(),
            steps: z.number().int().min(0),
          })
          .exactOptional(),
      }),
    )
    .max(10_000),
  public: z.object({
    columns: z
      .array(
        z.object({
          name: z.string().max(10_000),
          range: z.object({ from: z.number(), to: z.number(), why: publicWhy }).exactOptional(),
          levels: z
            .object({ values: z.array(z.string().max(10_000)).max(100_000), why: publicWhy })
            .exactOptional(),
          missing: z.boolean().exactOptional(),
        }),
      )
      .max(10_000),
  }),
});

export const runFactsShape = z.object({
  table: z.string(),
  synthesizer: z.string(),
  synthesizerName: z.string(),
  params: paramsShape,
  seed: z.number(),
  device: z.string(),
  seconds: z.number(),
  /** ISO date-time of the run's end */
  finishedAt: z.string(),
  /** Rows that were learned from, and the patients whose visits they are, where it learned patients over time. */
  learned: z
    .object({
      rows: z.number().int().min(1),
      patients: z.number().int().min(1).exactOptional(),
    })
    .exactOptional(),
  /** Its training did not go to its end: who ended it, and the step the model is of. */
  endedEarly: endedEarly.exactOptional(),
  /** What the person must know of the fit: what was chosen and why, what was left out, a device that was lost. */
  notices: z.array(z.string().max(2000)).max(100).exactOptional(),
  /** What every synthetic row keeps, as the rules' text; none names a level that fewer than five patients share. */
  rules: z.array(z.string().max(2000)).max(2000).exactOptional(),
  /** What its model guarantees of every patient; left out: nothing. */
  guarantee: guaranteeShape.exactOptional(),
});

/** How many scored measures of a side gave which answer. */
export const answers = z.object({
  worse: z.number(),
  cannotTell: z.number(),
  good: z.number(),
  notMeasured: z.number(),
});

const side = z.object({ family, verdict, sentence: z.string(), answers });

export const axis = z.union([
  side.extend({
    /** which metric speaks */
    metric: z.string(),
    /** 0..100, 100 = cannot be told from real */
    score,
    loss: measured,
    margin: number,
  }),
  /** nothing that decides could be measured: cannot-tell */
  side,
]);

/** Something that would hurt, and what to do about it. */
export const finding = z.object({
  family,
  /** which metric found it */
  metric: z.string(),
  column: z.string().exactOptional(),
  /** a short sentence */
  title: z.string(),
  /** the fact with its two counts */
  text: z.string(),
  /** what to do */
  remedy: z.string(),
});

export const notMeasured = z.object({
  family,
  /** why there is no answer, once for all of `metrics` */
  why: z.string(),
  metrics: z.array(z.string()),
});

export const risk = z.object({
  /** 0..1 */
  value: number,
  /** 95%, of that attack alone */
  interval,
  /** the metric it is from */
  attack: z.string(),
  /** how many of the three attacks could be measured */
  measured: z.number(),
  threshold: z.number(),
  sentence: z.string(),
});

export const readItem = z.object({
  what: z.enum(["unread", "above", "blank", "ragged", "totals", "withheld", "empty", "constant"]),
  column: z.string().exactOptional(),
  /** Cells, lines or rows. Left out: 1 to 4, in what may be given away. */
  count: z.number().exactOptional(),
  /** ragged: how many rows there were with them */
  of: z.number().exactOptional(),
  /** withheld: how many levels */
  levels: z.number().exactOptional(),
  /** unread: texts that stand in the cells; totals: what the rows are called */
  examples: z.array(z.object({ text: z.string(), cells: z.number() })).exactOptional(),
  /** A sentence without the column's name, and without a cell of the file. */
  words: z.string(),
});

const digest = z.object({
  name: z.string(),
  rows: z.number(),
  /** 64 hexadecimal digits */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** `file`: of the file as it was read; `table`: of the rows as measured, learned columns only, written as CSV */
  of: z.enum(["file", "table"]),
});

/** Which rows were measured. A table of fewer than 20 rows is left out: its digest could be tried out. */
export const measuredTables = z.object({
  train: digest.exactOptional(),
  holdout: digest.exactOptional(),
  synthetic: digest.exactOptional(),
});

/** Whatever passes can be drawn. */
export const reportShape = z.object({
  version: z.literal(3),
  run: runFactsShape,
  shape: z.object({
    train: z.number(),
    holdout: z.number(),
    synthetic: z.number(),
    columns: z.number(),
    /** held-out patients, where they have several rows and are not fewer than five */
    heldOut: z.number().exactOptional(),
    /** of patients over time: those of `train` and `synthetic`, whose rows are their visits */
    trainPatients: z.number().exactOptional(),
    syntheticPatients: z.number().exactOptional(),
  }),
  target: z.string().exactOptional(),
  /** the five sides, worst first, those that could not be measured last */
  axes: z.array(axis),
  /** the highest of the three attack risks; left out when none could be measured */
  risk: risk.exactOptional(),
  /** worst first */
  metrics: z.array(z.object({ info: metricInfo, result: metricResult, seconds: z.number() })),
  columns: z.array(columnComparison),
  correlations,
  /** left out where a table is too small for a map */
  map: mapComparison.exactOptional(),
  /** left out where patients have no visits in time, and in reports from before there were courses */
  courses: coursesComparison.exactOptional(),
  /** events by day or week; left out where no date column has such a series */
  incidence: incidence.exactOptional(),
  /** what of the real table's file was not understood, as `sharedReading` lets it be told; left out where it is not known */
  reading: z.array(readItem).exactOptional(),
  /** The verdict in two sentences: what the table may be used for, and as `caveat` what it must not be used for and why. */
  headline: z.string(),
  caveat: z.string().exactOptional(),
  /** at most five, worst first */
  findings: z.array(finding),
  notMeasured: z.array(notMeasured),
  tables: measuredTables.exactOptional(),
  /** Its numbers came with a model file: nothing of it was measured here. */
  claimed: z.literal(true).exactOptional(),
  /** Ids of metrics that are still to be measured: this is what the first pass found. Left out once all are. */
  pending: z.array(z.string()).exactOptional(),
  notes: z.array(z.string()),
});
