/** What a metric says, once: as a shape that a file is held to, and as the types of metric.ts. */
import * as z from "zod";

/** What passes a shape, for reading only. */
export type Told<Shape extends z.ZodType> = ReadOnly<z.output<Shape>>;
type ReadOnly<T> = T extends object ? { readonly [Key in keyof T]: ReadOnly<T[Key]> } : T;

/** JSON has no NaN: it is written as null. */
export const number = z
  .number()
  .nullable()
  .transform((value) => value ?? NaN);

export const interval = z.object({ low: number, high: number });

export const verdict = z.enum(["good", "worse", "much-worse", "cannot-tell"]);

export const family = z.enum(["fidelity", "utility", "privacy", "fairness", "clinical"]);

/**
 * What a measure of privacy asks: the three criteria by which European data-protection authorities judge whether data tell
 * of a person (Article 29 Working Party, opinion 05/2014), and whether somebody was learned from (EDPB, opinion 28/2024).
 */
export const criterion = z.enum(["singling-out", "linkability", "inference", "membership"]);

export const measured = z.object({ value: number, interval: interval.exactOptional() });

export const unit = z.enum(["share", "number", "count"]);

const perColumn = z.object({
  type: z.literal("per-column"),
  /** worst first */
  columns: z.array(
    z.object({
      name: z.string(),
      value: number,
      /** distance divided by its sampling noise: < 1.5 good, < 3 worse, more much worse */
      noise: number,
      verdict,
    }),
  ),
});

const models = z.object({
  type: z.literal("models"),
  /** utility: one row per predictor, scored on held-out real rows */
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
});

/** several numbers beside each other, e.g. precision, recall, density and coverage, or the columns an attack guesses */
const figures = z.object({
  type: z.literal("figures"),
  rows: z.array(
    z.object({
      name: z.string(),
      unit,
      synthetic: measured,
      /** held-out real rows in place of synthetic ones */
      baseline: measured.exactOptional(),
      /** what chance or a guess without the synthetic table gives */
      chance: number.exactOptional(),
      verdict: verdict.exactOptional(),
      note: z.string().exactOptional(),
    }),
  ),
});

/** one regression on real and on synthetic rows, coefficient by coefficient */
const coefficients = z.object({
  type: z.literal("coefficients"),
  models: z.array(
    z.object({
      /** e.g. "Logistic regression of died" */
      name: z.string(),
      rows: z.array(
        z.object({
          term: z.string(),
          real: measured,
          synthetic: measured,
          /** share of the two 95% intervals that overlaps (Karr et al. 2006); negative where they are apart */
          overlap: number,
        }),
      ),
    }),
  ),
});

/** what is expected on x against what is seen on y, e.g. calibration */
const curves = z.object({
  type: z.literal("curves"),
  x: z.string(),
  y: z.string(),
  /** x and y are of two kinds, e.g. time and survival: each has an axis of its own, and no diagonal is drawn */
  diagonal: z.literal(false).exactOptional(),
  curves: z.array(
    z.object({
      of: z.enum(["real", "synthetic"]),
      name: z.string(),
      points: z.array(z.object({ x: number, y: number, rows: number })),
    }),
  ),
});

/** each group compared with itself; `rows` of a group that is too small to show are left out and `reason` says so */
const groups = z.object({
  type: z.literal("groups"),
  unit: z.string(),
  groups: z.array(
    z.object({
      name: z.string(),
      patients: number.exactOptional(),
      reason: z.string().exactOptional(),
      figures: z
        .array(z.object({ name: z.string(), unit, real: measured, synthetic: measured }))
        .exactOptional(),
      verdict: verdict.exactOptional(),
    }),
  ),
});

/** how often each plausibility rule is broken; shares of the rows to which it applies */
const rules = z.object({
  type: z.literal("rules"),
  rules: z.array(
    z.object({ rule: z.string(), real: number, synthetic: number, rows: number, interval, verdict }),
  ),
});

export const detail = z.discriminatedUnion("type", [
  perColumn,
  models,
  figures,
  coefficients,
  curves,
  groups,
  rules,
]);

const baseline = z.object({ value: number, interval });

export const score = z.object({ value: number, interval, baseline });

/** Non-inferiority with a stated margin, in the metric's own unit. */
export const judgement = z.object({
  /** losses up to this count as good */
  margin: number,
  /** the smallest loss that would have been called worse, allowing for all measures that are scored together */
  seen: number,
  /** cannot-tell: about how many times as many held-out patients would be enough if there is no loss */
  times: number.exactOptional(),
});

/** What a metric measures; what it means is scored later, beside the other metrics (`measuring/judge.ts`). */
export const measurement = z.object({
  status: z.literal("ok"),
  value: number,
  /** 95% */
  interval,
  /** The same number for real held-out rows in place of synthetic ones: value and 5-95% of resamples. */
  baseline,
  /** value, interval and baseline on 0..100, 100 = cannot be told from real. */
  score,
  /** How much worse than held-out real rows, in the metric's own unit, with its 95% interval; negative = better. */
  loss: z.object({ value: number, interval }),
  /**
   * The same number, on samples of stated size, for each column of train shuffled by itself, and for rows of train
   * drawn with replacement: what knows nothing, and what copies. Filled in by the evaluation.
   */
  extremes: z.object({ independent: number, bootstrap: number }).exactOptional(),
  /** What independent columns come to on samples of the very sizes of `value`; where it is left out, `extremes` says about that. */
  floor: number.exactOptional(),
  /** Who or what, how much, against what. */
  sentence: z.string(),
  detail: detail.exactOptional(),
  /** What was left out or drawn to keep the work bounded, one sentence. */
  note: z.string().exactOptional(),
});

export const measuredResult = measurement.extend({
  verdict,
  judgement,
  /** Why it was measured and is not judged; its verdict is then cannot-tell. */
  unjudged: z.string().exactOptional(),
});

const skippedResult = z.object({
  status: z.literal("skipped"),
  reason: z.string(),
  /** There are too few patients, or none that the method had not seen, or none that it had: such a side cannot be told. */
  wants: z.enum(["patients", "unseen-patients", "seen-patients"]).exactOptional(),
});

export const measurementResult = z.discriminatedUnion("status", [measurement, skippedResult]);

export const metricResult = z.discriminatedUnion("status", [measuredResult, skippedResult]);

export const metricInfo = z.object({
  /** The literature name in kebab case: ks-complement, tstr, dcr-share. */
  id: z.string(),
  name: z.string(),
  family,
  /** `middle`: the best value is `ideal` and both sides are worse (C2ST .5, DCR share .5). */
  better: z.enum(["higher", "lower", "middle"]),
  ideal: number,
  /** How much worse than held-out patients still counts as good, in the metric's own unit. METHODS.md says why this much. */
  margin: number,
  range: z.tuple([number, number]),
  summary: z.string(),
  reference: z.string(),
  /** Its score speaks for its family in the scorecard; the others stand below as evidence. */
  scored: z.boolean(),
  /** What it cannot see, and where it ends: one or two sentences that stand beside it in every report. */
  limits: z.string(),
  /**
   * Whose rows it cannot do without: of patients that the tool which made the synthetic rows had seen, of patients that
   * it had not. Left out: any real rows do.
   */
  needs: z.array(z.enum(["seen", "unseen"])).exactOptional(),
  /** A measure of privacy: what it asks. */
  criterion: criterion.exactOptional(),
  /** One of the three attacks (after the Article 29 Working Party's opinion 05/2014) whose worst is the summary risk. */
  attack: z.literal(true).exactOptional(),
  /** The leaderboard's column for it, by what the column is called. */
  board: z.string().exactOptional(),
  /** A part of the leaderboard's Quality, the mean of SDMetrics' quality report. */
  quality: z.literal(true).exactOptional(),
});
