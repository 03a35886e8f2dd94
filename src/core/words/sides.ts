import type { Family } from "../metrics/metric.ts";

/** The five sides of an evaluation: one name each, on the page, in files and in the terminal, and what it asks. */
export const sides: Readonly<Record<Family, { readonly name: string; readonly asks: string }>> = {
  fidelity: { name: "Fidelity", asks: "Do the rows look like real ones?" },
  utility: { name: "Utility", asks: "Do models and analyses come out as on real rows?" },
  privacy: { name: "Privacy", asks: "What do the rows tell about the patients in the training data?" },
  fairness: { name: "Fairness", asks: "Are all groups of patients served alike?" },
  clinical: { name: "Clinical plausibility", asks: "Do the rows make medical sense?" },
};
