import { breathe } from "../../math/breathe.ts";
import { targetColumn } from "../../table/table.ts";
import { drawnNote } from "../measuring/bounds.ts";
import { encoded } from "../measuring/encoded.ts";
import type { EncodedColumn } from "../measuring/encoded.ts";
import { MADE, REAL, realBesideSynthetic } from "../measuring/real-rows.ts";
import type { Compared } from "../measuring/real-rows.ts";
import { valueAlone } from "../measuring/value-only.ts";
import { besideReal, skipped } from "../measuring/verdict.ts";
import { lookRows, lossOfLooks, typicalDifference } from "../measuring/worst-look.ts";
import type { Look } from "../measuring/worst-look.ts";
import type { Metric, Pulse } from "../metric.ts";

const MOST_ROWS = 20_000;
const LEAST_EVENTS = 10;
const MARGIN = 0.1;

/** How each column goes together with the outcome, in synthetic rows against real ones. */
export const outcomeAssociation: Metric = {
  id: "outcome-association",
  name: "Each column with the outcome",
  family: "utility",
  better: "lower",
  ideal: 0,
  margin: MARGIN,
  range: [0, 2],
  summary:
    "Whether each column goes together with the outcome as strongly, and the same way round, as in real patients.",
  reference: "Point-biserial correlations compared by Fisher's z (Fisher 1921), Bonferroni over all columns",
  scored: true,
  needs: ["unseen"],
  limits:
    "One column at a time, straight lines only. With few events only strong associations can be told apart.",
  remedy:
    "Do not estimate from this table what the column named does to the outcome. Train with the outcome marked as the target, or with more rows.",
  claim: ({ target, column }) => ({
    not: "draw conclusions about the outcome from it",
    because: `${column ?? "a column"} and ${target ?? "the outcome"} do not go together as in real patients`,
  }),

  sees: (loss) => `a correlation with the outcome that is off by ${loss.toFixed(2)}`,

  async compute(tables, rng, pulse = breathe, valueOnly = false) {
    const { train, holdout, synthetic } = tables;
    const at = targetColumn(train.schema);
    if (at === undefined) return skipped("No column is marked as the target.");
    if (holdout.rows === 0) return skipped("No rows were held out to compare with.");
    const compared = realBesideSynthetic(tables, MOST_ROWS, rng);
    await pulse();
    const columns = encoded(compared);
    const target = columns[at] as EncodedColumn;
    const outcomes = outcomesOf(target, compared);
    if (outcomes.length === 0)
      return skipped(`Fewer than ${LEAST_EVENTS} real rows have each value of ${target.name}.`);
    const others = columns.filter((_, i) => i !== at);
    const looks = await looksAt(others, target, outcomes, splitAt(compared, MADE), compared, pulse);
    if (looks.length === 0) return skipped("No other column varies in the real rows.");
    const { loss, found, ranked } = lossOfLooks(looks, MARGIN, typicalDifference(looks, looks.length / 2));
    if (valueOnly) return valueAlone(clamped(loss.value));
    const held = await looksAt(others, target, outcomes, splitAt(compared, "held"), compared, pulse);
    const usual = typicalDifference(held, held.length / 2);
    return {
      ...besideReal(
        "lower",
        clamped(loss.value),
        { low: clamped(loss.interval.low), high: clamped(loss.interval.high) },
        { value: clamped(usual.value), interval: { low: 0, high: clamped(usual.high) } },
        (value) => 100 * (1 - value),
      ),
      loss,
      sentence: sentenceOf(ranked[0] as Found, found.length, looks.length, target.name),
      detail: { type: "per-column", columns: lookRows(ranked, found, MARGIN) },
      ...drawnNote("“Each column with the outcome” uses", [train, holdout, synthetic], MOST_ROWS),
    };
  },
};

const clamped = (x: number): number => Math.max(0, Math.min(2, x));

interface Found extends Look {
  readonly part: string;
  readonly outcome: string;
  readonly real: number;
  readonly made: number;
}

/** Real rows and those they are compared with: side, first row, end. */
type Span = readonly [0 | 1, number, number];

const splitAt = ({ learned, rows }: Compared, other: typeof MADE | "held"): readonly [Span, Span] =>
  other === "held"
    ? [
        [REAL, 0, learned],
        [REAL, learned, rows[REAL]],
      ]
    : [
        [REAL, 0, rows[REAL]],
        [MADE, 0, rows[MADE]],
      ];

/** Parts of the target: a number itself, else each level with ten real rows in it and outside; one of two is enough. */
function outcomesOf({ type, parts, labels }: EncodedColumn, { rows }: Compared): number[] {
  if (type === "number") return [0];
  const known = labels.flatMap((label, k) => {
    const events = (parts[k] as readonly Float64Array[])[REAL]?.reduce((a, b) => a + b, 0) ?? 0;
    return label !== "missing" && Math.min(events, rows[REAL] - events) >= LEAST_EVENTS ? [k] : [];
  });
  return known.length === 2 ? known.slice(1) : known;
}

async function looksAt(
  columns: readonly EncodedColumn[],
  target: EncodedColumn,
  outcomes: readonly number[],
  [real, other]: readonly [Span, Span],
  { worth }: Compared,
  pulse: Pulse,
): Promise<Found[]> {
  const looks: Found[] = [];
  for (const outcome of outcomes) {
    for (const column of columns) {
      await pulse();
      const wanted =
        column.type === "number" ? [0] : column.labels.length === 2 ? [1] : [...column.parts.keys()];
      for (const part of wanted) {
        const [x, y] = [real, other].map((span) => correlation(column, part, target, outcome, span)) as [
          Correlated,
          Correlated,
        ];
        if (Number.isNaN(x.r) || Math.min(x.least, x.rows - x.least) < LEAST_EVENTS) continue;
        looks.push({
          name: column.name,
          part: column.labels[part] ?? "",
          outcome: target.type === "number" ? "" : (target.labels[outcome] ?? ""),
          real: x.r,
          made: Number.isNaN(y.r) ? 0 : y.r,
          effect: Math.abs(x.r - (Number.isNaN(y.r) ? 0 : y.r)),
          error: (1 - x.r * x.r) * Math.sqrt((1 / Math.max(4, x.rows) + 1 / Math.max(4, y.rows)) / worth),
        });
      }
    }
  }
  return looks;
}

interface Correlated {
  readonly r: number;
  readonly rows: number;
  /** rows in which a level is there; half of all for a number */
  readonly least: number;
}

/** Pearson's r over the rows of `span` in which both are known. */
function correlation(
  column: EncodedColumn,
  part: number,
  target: EncodedColumn,
  outcome: number,
  [side, from, to]: Span,
): Correlated {
  const x = (column.parts[part] as readonly Float64Array[])[side] as Float64Array;
  const y = (target.parts[outcome] as readonly Float64Array[])[side] as Float64Array;
  const unknown = [column, target].flatMap(({ type, parts, labels }) => {
    const flag = type === "number" ? parts[1] : parts[labels.indexOf("missing")];
    return flag ? [flag[side]] : [];
  });
  let [n, sx, sy, xx, yy, xy, there] = [0, 0, 0, 0, 0, 0, 0];
  for (let row = from; row < to; row++) {
    if (unknown.some((flag) => flag[row] === 1)) continue;
    const [a, b] = [x[row] as number, y[row] as number];
    n++;
    sx += a;
    sy += b;
    xx += a * a;
    yy += b * b;
    xy += a * b;
    if (a === 1) there++;
  }
  const r = (n * xy - sx * sy) / Math.sqrt((n * xx - sx * sx) * (n * yy - sy * sy));
  return { r: Number.isFinite(r) ? r : NaN, rows: n, least: column.type === "number" ? n / 2 : there };
}

function sentenceOf(worst: Found, found: number, looks: number, target: string): string {
  const { name, part, outcome, real, made } = worst;
  const what = part === name ? name : `${name} “${part}”`;
  const end = outcome === "" ? target : `${target} “${outcome}”`;
  const both = `r ${made.toFixed(2)} in synthetic and ${real.toFixed(2)} in real rows`;
  if (found === 0)
    return `Columns go together with ${target} about as in real patients, by ${looks} comparisons; furthest off ${what} (${both}).`;
  return (
    `${what} goes together with ${end} otherwise than in real patients: ${both}` +
    (found > 1 ? `; so do ${found - 1} more of ${looks} comparisons.` : ".")
  );
}
