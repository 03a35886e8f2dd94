import type { Stage } from "../simulating/stage.ts";
import { sitesOf } from "./hospital-site.ts";
import { illnessOf } from "./illness.ts";
import { instruments } from "./instruments.ts";

/** Values that nobody measured: by what is measured together, by hospital, and less often the more conditions a patient has. */
export const gaps: Stage = {
  name: "gaps",
  prepare: (setting) => {
    const { numbers } = setting;
    const sites = sitesOf(setting);
    const [ill, between] = [numbers.of("gaps.illness"), numbers.of("gaps.hospital")];
    const panels = [...new Set(instruments.map(({ panel }) => panel))].map((panel) => {
      const share = numbers.of(`gaps.${panel}`);
      return {
        fields: instruments.filter((it) => it.panel === panel).map(({ field }) => field),
        odds: sites.map((site) => (share / (1 - share)) * Math.exp(between * site.draw(`gaps of ${panel}`))),
      };
    });
    return (rows, rng) => {
      const open = panels.flatMap(({ fields, odds }) => {
        const values = fields
          .filter((field) => rows.has(field) && !rows.settled.has(field))
          .map((field) => rows.get(field));
        return values.length === 0 ? [] : [{ values, odds }];
      });
      const [hospital, illness] = [rows.get("hospital"), illnessOf(rows)];
      for (let row = 0; row < rows.count; row++) {
        const less = Math.exp(ill * (illness[row] as number));
        for (const { values, odds } of open) {
          const own = (odds[hospital[row] as number] as number) * less;
          if (rng.uniform() * (1 + own) < own) for (const field of values) field[row] = NaN;
        }
      }
    };
  },
};
