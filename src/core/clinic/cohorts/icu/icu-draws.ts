import { logistic, logit } from "../../../math/logistic.ts";
import type { Rng } from "../../../math/rng.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { bernoulli } from "../simulating/chance.ts";
import type { Stage } from "../simulating/stage.ts";

/** What is drawn together, and measured from it. */
export const PANEL_SIGNS = {
  chemistry: ["creatinine", "potassium", "glucose"],
  count: ["haemoglobin", "white_cells", "platelets"],
  crp: ["crp"],
  gas: ["lactate"],
} as const;
export type Panel = keyof typeof PANEL_SIGNS;
export const PANELS: readonly Panel[] = ["chemistry", "count", "crp", "gas"];

/** Whether a panel is drawn in an hour, 0 or 1: the sicker, the oftener. */
export function drawRule(numbers: Numbers, when: "drawn" | "first" = "drawn") {
  const odds = new Map(
    PANELS.map((panel) => {
      const share = numbers.of(`icu.${when}.${panel}`);
      return [panel, logit(share)];
    }),
  );
  const slope = numbers.of("icu.drawn.severity");
  return (panel: Panel, severity: number, rng: Rng): number =>
    bernoulli(rng, logistic((odds.get(panel) ?? 0) + slope * severity));
}

/** Which panels are drawn at admission: `drawn_chemistry` and its like, 0 or 1. */
export const icuDraws: Stage = {
  name: "icu draws",
  prepare: ({ numbers }) => {
    const draws = drawRule(numbers, "first");
    return (rows, rng) => {
      const severity = rows.get("severity");
      const fields = PANELS.map((panel) => [panel, rows.add(`drawn_${panel}`)] as const);
      for (let i = 0; i < rows.count; i++)
        for (const [panel, field] of fields) field[i] = draws(panel, severity[i] as number, rng);
    };
  },
};
