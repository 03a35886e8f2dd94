import type { Spend } from "./accounting/spend.ts";
import type { PublicFacts } from "./public/public-facts.ts";

/**
 * What a model with a guarantee says of itself: with or without any one `unit` (neighbours: one added or removed), every
 * result is as likely up to a factor e^epsilon, apart from probability delta. JSON-safe and free of patients: it stands in
 * the model file, in `Artifact.state.guarantee`.
 */
export interface Guarantee {
  readonly epsilon: number;
  readonly delta: number;
  readonly unit: "patient" | "row";
  /** rows of a patient that count; others are left out */
  readonly rowsPerPatient: number;
  /** "seeded": the noise was made for a test; this is *not private* */
  readonly noise: "cryptographic" | "seeded";
  /** a noisy count of the rows that were learned from */
  readonly rows: number;
  readonly spent: readonly Spend[];
  readonly public: PublicFacts;
}
