/** Sentences of grids of steps by methods: how a difference is spoken of, and how methods stand at the end. */
import { figureInSentence, unitNumber } from "../../shapes/studies/figure-words.ts";
import { count } from "../../words/numbers.ts";
import { differenceBySeed } from "./by-seed.ts";
import { judged, NOTABLE, type Judged } from "./judged.ts";
import { nameOf, ranked, seedsAt, type Sweep, type SweepDone } from "./sweep-found.ts";

/** "1,000 rows" */
export const stepWords = ({ factor }: Sweep, step: number): string => `${count(step)} ${factor}`;

/** "0.015 (95% interval −0.014 to 0.044)" */
export const differenceWords = ({ figure }: Judged, brief = false): string =>
  figureInSentence(figure, "AUC", brief);

/** "a loss above 0.030 would have been seen"; how much seeds differ is not known of one. */
export const seenWords = ({ seen }: Judged, what: string): string =>
  Number.isFinite(seen)
    ? `${what} above ${unitNumber(seen, "AUC")} would have been seen`
    : "how much seeds differ is not known of one";

/** From what something cannot be told. */
export const tooLittle = ({ seen, seeds }: Judged): string =>
  Number.isFinite(seen) ? `from ${seeds} seeds` : "from one seed";

/** How methods that stand beside each other at a step differ, one sentence for those alike, one for the rest. */
export function methodsAt(sweep: SweepDone, step: number): string[] {
  const order = ranked(sweep, step);
  const [measure, what] = sweep.target
    ? (["tstr", `in predicting ${sweep.target.name}`] as const)
    : (["c2st", "in being told from real rows"] as const);
  const at = stepWords(sweep, step);
  return order.slice(1).flatMap((method, i): string[] => {
    const before = order[i] as string;
    const found = judged(
      differenceBySeed(seedsAt(sweep, measure, before, step), seedsAt(sweep, measure, method, step)),
      NOTABLE,
    );
    if (found === undefined) return [];
    const pair = `${nameOf(before)} and ${nameOf(method)}`;
    if (found.state === "none")
      return [
        `Between ${pair} at ${at} there is no difference beyond noise ${what}: ${seenWords(found, "one")}.`,
      ];
    if (found.state === "unclear")
      return Number.isFinite(found.seen)
        ? [
            `Whether ${pair} differ at ${at} ${what} cannot be told: only a difference above ${unitNumber(found.seen, "AUC")} would have been seen.`,
          ]
        : [];
    const gap = { ...found.figure, value: Math.abs(found.figure.value) };
    const interval = found.figure.interval;
    const turned =
      interval && found.figure.value < 0 ? { low: -interval.high, high: -interval.low } : interval;
    return [
      `At ${at} ${nameOf(before)} is better than ${nameOf(method)} ${what}, by ${figureInSentence({ ...gap, ...(turned && { interval: turned }) }, "AUC")}.`,
    ];
  });
}
