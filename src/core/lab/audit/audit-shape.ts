/** What an audit was asked, and what came of it. JSON-safe. */
import type { PublicFacts } from "../../private/public/public-facts.ts";
import type { Params } from "../../synthesizers/synthesizer.ts";
import type { Holdout } from "../fit/training-rows.ts";

/**
 * What the runs learn from. `stand-in`: made-up patients in a table of the same shape; nothing of the patients is used but
 * about how many they are. Noise does not depend on what it is added to, so that this is as good. `patients`: the table
 * itself; nothing is released, but the result is computed from them.
 */
export type AuditedOn = "stand-in" | "patients";

export interface AuditRequest {
  readonly synthesizer: string;
  readonly params: Partial<Params>;
  readonly public: PublicFacts;
  /** rows of one patient that count; 1 unless said */
  readonly rowsPerPatient?: number;
  /** runs with the canary, and as many without */
  readonly runs: number;
  /** of the canary's table and of what is no noise */
  readonly seed: number;
  readonly on: AuditedOn;
  /** as a run would hold rows out; left out: none */
  readonly holdout?: Holdout;
}

/** `not measurable`: so few runs, or answers, that even noise of half the strength would not have been noticed. */
export type AuditVerdict = "holds" | "broken" | "not measurable";

/** By the answers the method had from the table, weighed as whoever knows all other patients would. */
export interface AnswersAudited {
  /** answers of one run that told of the canary */
  readonly answers: number;
  /** how far the canary moves them, in units of their spread: as the method says, and as found with its 95% interval */
  readonly stated: number;
  readonly found: number;
  readonly interval: { readonly low: number; readonly high: number };
  /** spread of the noise over what the method says it is */
  readonly spread: number;
  /** least epsilon that is not contradicted */
  readonly epsilon: number;
}

/** By the models alone: the one number or text of them that tells runs with the canary from runs without it best. */
export interface ReleaseAudited {
  /** models of each kind */
  readonly runs: number;
  /** where it is in the model */
  readonly place: string;
  /** shares of the models it was found in, with the canary and without */
  readonly having: number;
  readonly without: number;
  readonly epsilon: number;
}

/** By guesses who was in, from one model (Steinke, Nasr & Jagielski 2023). */
export interface GuessesAudited {
  readonly canaries: number;
  readonly guessed: number;
  readonly right: number;
  readonly epsilon: number;
}

export interface AuditResult {
  readonly synthesizer: string;
  readonly name: string;
  readonly epsilon: number;
  readonly delta: number;
  readonly unit: "patient" | "row";
  readonly on: AuditedOn;
  /** rows that a run learns from */
  readonly rows: number;
  readonly runs: number;
  /** "seeded": noise of a test, not what a person's model gets */
  readonly noise: "cryptographic" | "seeded";
  readonly answers?: AnswersAudited;
  readonly released?: ReleaseAudited;
  readonly guesses?: GuessesAudited;
  /** the true epsilon is at least so large, 95% certain: the greatest of the above */
  readonly least: number;
  readonly verdict: AuditVerdict;
  /** runs of each kind with which noise of half the strength is caught in 95% of audits; left out: no number is enough */
  readonly needed?: number;
  readonly seconds: number;
  /** what came of it, for a person */
  readonly sentence: string;
}
