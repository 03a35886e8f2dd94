import { bootstrapWeights, percentileInterval } from "../../math/intervals.ts";
import type { Rng } from "../../math/rng.ts";
import { rankOrder } from "../../math/scores/roc-auc.ts";
import { rocFigures, type RocFigures } from "../../math/scores/roc-figures.ts";
import type { Detail, Interval, Measurement, Pulse } from "../metric.ts";
import { count, besideReal, percentage } from "../measuring/verdict.ts";

const RESAMPLES = 200;
const FALSE_SHARES = [0.01, 0.1] as const;

/** What an attacker thinks of rows: the higher, the more he takes it for one that was learned from. */
export interface Guesses {
  readonly members: Float64Array;
  readonly others: Float64Array;
  /** whose row each guess is of, where patients have several; the first of a longer list count */
  readonly whose?: { readonly members?: Int32Array | undefined; readonly others?: Int32Array | undefined };
}

type Figure = "auc" | "advantage" | "caught" | "caughtOfTenth";
type Figures = Readonly<Record<Figure, number>>;

interface Attack {
  readonly figures: Figures;
  interval(figure: Figure, share: number): Interval;
}

function flat({ auc, advantage, caught }: RocFigures): Figures {
  const [first, second] = caught;
  return { auc, advantage, caught: first as number, caughtOfTenth: second as number };
}

/** An attack's figures with bootstrapped intervals of the scored rows (none of them when `valueOnly`). */
async function attackOf(
  { members, others, whose }: Guesses,
  rng: Rng,
  pulse: Pulse,
  valueOnly: boolean,
): Promise<Attack> {
  const scores = Float64Array.from([...members, ...others]);
  const labels = Uint8Array.from(scores, (_, i) => (i < members.length ? 1 : 0));
  const order = rankOrder(scores);
  const figures = flat(rocFigures(scores, labels, FALSE_SHARES, undefined, order));
  const draws: Figures[] = [];
  for (let i = 0; i < (valueOnly ? 0 : RESAMPLES); i++) {
    const weights = new Uint16Array(scores.length);
    weights.set(bootstrapWeights(members.length, rng, whose?.members));
    weights.set(bootstrapWeights(others.length, rng, whose?.others), members.length);
    draws.push(flat(rocFigures(scores, labels, FALSE_SHARES, weights, order)));
    await pulse();
  }
  const interval = (figure: Figure, share: number): Interval => {
    if (draws.length === 0) return { low: figures[figure], high: figures[figure] };
    const { low, high } = percentileInterval(
      draws.map((draw) => draw[figure]),
      share,
    );
    return { low: Math.min(low, figures[figure]), high: Math.max(high, figures[figure]) };
  };
  return { figures, interval };
}

/**
 * A membership inference attack as a metric's result: AUC, advantage and TPR at 1% and 10% FPR, beside the same attack with
 * held-out rows in the place of the synthetic ones. `how` says how the attacker guesses, a full clause.
 * @param of what is guessed about
 */
export async function membershipResult(
  how: string,
  own: Guesses,
  reference: () => Promise<Guesses>,
  rng: Rng,
  pulse: Pulse,
  valueOnly: boolean,
  of: "row" | "patient" = "row",
): Promise<Measurement> {
  const attack = await attackOf(own, rng.fork("own"), pulse, valueOnly);
  const usual = valueOnly
    ? attack
    : await attackOf(await reference(), rng.fork("reference"), pulse, valueOnly);
  const { auc, caught } = attack.figures;
  return {
    ...besideReal(
      "lower",
      auc,
      attack.interval("auc", 0.95),
      { value: usual.figures.auc, interval: usual.interval("auc", 0.9) },
      (value) => 100 - 200 * Math.max(0, value - 0.5),
    ),
    sentence:
      `${how}: given a ${of} that was learned from and one that was not, the attacker names the right one ` +
      `${percentage(auc)} of the time, where chance is 50%; with one false alarm in a hundred, ${percentage(caught)} of the ${of}s ` +
      `that were learned from are caught.`,
    detail: figuresOf(attack, usual, own, of),
  };
}

function figuresOf(
  attack: Attack,
  usual: Attack,
  { members, others }: Guesses,
  of: "row" | "patient",
): Detail {
  const row = (name: string, figure: Figure, unit: "share" | "number", chance: number, note?: string) => ({
    name,
    unit,
    synthetic: { value: attack.figures[figure], interval: attack.interval(figure, 0.95) },
    baseline: { value: usual.figures[figure], interval: usual.interval(figure, 0.9) },
    chance,
    ...(note === undefined ? {} : { note }),
  });
  const rows = `${count(members.length)} ${of}s that were learned from, ${count(others.length)} that were not`;
  return {
    type: "figures",
    rows: [
      row("AUC", "auc", "number", 0.5, rows),
      row("Advantage", "advantage", "share", 0, "greatest true less false positive rate; above 0 by chance"),
      row("Caught at 1% false alarms", "caught", "share", FALSE_SHARES[0]),
      row("Caught at 10% false alarms", "caughtOfTenth", "share", FALSE_SHARES[1]),
    ],
  };
}
