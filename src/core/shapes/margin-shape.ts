/**
 * The one picture of every verdict: how much worse than held-out patients, in margins, worse to the left. The margin is a
 * dashed line, equality a solid one, between them and beyond lies what counts as good; synthetic is a point and its 95%
 * interval. All rows share one scale, so that they can be read down the page.
 */
import type { Interval } from "../metrics/metric.ts";
import { fixed } from "../words/numbers.ts";

/** Margins worse at the left end, and better at the right end. */
const WORST = 4.25;
const BEST = 1.5;

export interface MarginShape {
  /** where the whisker runs, in shares of the width; undefined where nothing was measured */
  readonly whisker?: { readonly from: number; readonly to: number };
  /** it goes on beyond the left end, or beyond the right one */
  readonly beyond: { readonly worse: boolean; readonly better: boolean };
  /** the value, in shares of the width; undefined where it lies beyond an end */
  readonly point?: number;
  /** the value in words, where it lies beyond the left end: "73 margins" */
  readonly far?: string;
}

/** Where a loss of so many margins lies, in shares of the width. */
const at = (margins: number): number => (WORST - Math.max(-BEST, Math.min(WORST, margins))) / (WORST + BEST);

/** The two lines of the picture, in shares of the width. */
export const marginLines = { margin: at(1), equal: at(0) } as const;

export function marginShape(
  loss: { readonly value: number; readonly interval?: Interval },
  margin: number,
): MarginShape {
  const value = loss.value / margin;
  const low = (loss.interval?.low ?? loss.value) / margin;
  const high = (loss.interval?.high ?? loss.value) / margin;
  if (![value, low, high].every(Number.isFinite)) return { beyond: { worse: false, better: false } };
  const beyond = { worse: high > WORST, better: low < -BEST };
  const whisker = { from: at(high), to: at(low) };
  if (value > WORST) return { whisker, beyond, far: `${marginsWords(value)} margins` };
  return value < -BEST ? { whisker, beyond } : { whisker, beyond, point: at(value) };
}

const marginsWords = (margins: number): string => fixed(margins, Math.abs(margins) < 9.95 ? 1 : 0);

/** The picture in words: "2.3 margins worse than held-out patients, 95% interval 1.2 to 3.4". */
export function marginSentence(
  name: string,
  loss: { readonly value: number; readonly interval?: Interval },
  margin: number,
): string {
  const value = loss.value / margin;
  if (!Number.isFinite(value)) return `${name}: not measured.`;
  const side = value < 0 ? "better" : "worse";
  const interval =
    loss.interval === undefined
      ? ""
      : `, 95% interval ${marginsWords(loss.interval.low / margin)} to ${marginsWords(loss.interval.high / margin)}`;
  return `${name}: ${marginsWords(Math.abs(value))} margins ${side} than held-out patients (loss in margins ${marginsWords(value)}${interval}; up to 1 is as good).`;
}
