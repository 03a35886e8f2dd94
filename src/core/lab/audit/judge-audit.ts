import { mean } from "../../math/statistics.ts";
import { normalQuantile } from "../../math/normal.ts";
import { deltaOfMu, epsilonOfMu } from "../../private/accounting/gaussian-trade-off.ts";
import { epsilonOfGuesses, type Guesses } from "../../private/audit/one-run.ts";
import { meanDifference, type Looked } from "../../private/audit/mean-difference.ts";
import { releasedDifference, type Told } from "../../private/audit/released-difference.ts";
import type { AnswersAudited, AuditResult, AuditVerdict, ReleaseAudited } from "./audit-shape.ts";
import { auditSentence } from "./audit-words.ts";

/** What the runs of an audit gave, with the canary and without. */
export interface Collected {
  /** answers of one run that told of the canary */
  readonly answers: number;
  readonly looked: Sides<Looked>;
  readonly told: Sides<Told>;
}

interface Sides<One> {
  readonly without: readonly One[];
  readonly having: readonly One[];
}

/** The 5% by which an audit may err, shared out: what is looked for in models is nearly certain once it is there. */
const ERR = { answers: 0.045, released: 0.005 };
const ONE_SIDED = -normalQuantile(ERR.answers);
const TWO_SIDED = -normalQuantile(0.025);
const ONE_IN_TWENTY = -normalQuantile(0.05);
const LEAST_MODELS = 100;

/** Models of each kind that show, where they always tell the canary, an epsilon a fifth above what is stated. */
export const runsForReleases = (epsilon: number): number =>
  Math.max(LEAST_MODELS, 2 * Math.ceil(Math.log(2 / ERR.released) * (1 + Math.exp(1.2 * epsilon))));

/** What was tested, and how. */
export type AuditFacts = Omit<
  AuditResult,
  "answers" | "released" | "guesses" | "least" | "verdict" | "needed" | "sentence"
>;

/** The bounds and what they come to. */
export function judgeAudit({ answers, looked, told }: Collected, facts: AuditFacts): AuditResult {
  const { epsilon, delta } = facts;
  const byAnswers = auditAnswers(answers, looked, delta);
  const byModels = auditReleased(told, delta);
  const least = Math.max(byAnswers?.epsilon ?? 0, byModels?.epsilon ?? 0);
  const needed = byAnswers && runsNeeded(byAnswers.stated, epsilon, delta);
  const enough = needed !== undefined && facts.runs >= needed;
  const verdict: AuditVerdict = least > epsilon ? "broken" : enough ? "holds" : "not measurable";
  const result = {
    ...facts,
    ...(byAnswers && { answers: byAnswers }),
    ...(byModels && { released: byModels }),
    least,
    verdict,
    ...(needed !== undefined && { needed }),
  };
  return { ...result, sentence: auditSentence(result) };
}

/**
 * One run bounds epsilon from below too, but loosely: that half the noise would be noticed is never said of it.
 */
export function judgeGuesses(guesses: Guesses, facts: AuditFacts): AuditResult {
  const least = epsilonOfGuesses(guesses, facts.delta, 0.05);
  const verdict: AuditVerdict = least > facts.epsilon ? "broken" : "not measurable";
  const result = { ...facts, guesses: { ...guesses, epsilon: least }, least, verdict };
  return { ...result, sentence: auditSentence(result) };
}

function auditAnswers(answers: number, looked: Sides<Looked>, delta: number): AnswersAudited | undefined {
  const { without, having } = looked;
  if (without.length < 2 || having.length < 2) return undefined;
  const values = (side: readonly Looked[]): Float64Array => Float64Array.from(side, ({ value }) => value);
  const { mu, error, spread } = meanDifference(values(without), values(having));
  return {
    answers,
    stated: mean(having.map(({ shift }) => shift)),
    found: mu,
    interval: { low: mu - TWO_SIDED * error, high: mu + TWO_SIDED * error },
    spread,
    epsilon: epsilonOfMu(Math.max(0, mu - ONE_SIDED * error), delta),
  };
}

function auditReleased(told: Sides<Told>, delta: number): ReleaseAudited | undefined {
  const found = releasedDifference(told.without, told.having, delta, ERR.released);
  return found && { runs: told.having.length, ...found };
}

/** Runs of each kind with which halved noise is caught 19 times in 20; undefined where it stays within `epsilon` even so. */
function runsNeeded(stated: number, epsilon: number, delta: number): number | undefined {
  const halved = 2 * stated;
  const room = halved - muOf(epsilon, delta);
  if (room <= 0) return undefined;
  return Math.ceil((2 + halved ** 2 / 4) * ((ONE_SIDED + ONE_IN_TWENTY) / room) ** 2);
}

/** The greatest distance of two unit normals that is within (epsilon, delta). */
function muOf(epsilon: number, delta: number): number {
  let low = 0;
  let high = 1;
  while (deltaOfMu(high, epsilon) < delta) high *= 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (deltaOfMu(middle, epsilon) < delta) low = middle;
    else high = middle;
  }
  return low;
}
