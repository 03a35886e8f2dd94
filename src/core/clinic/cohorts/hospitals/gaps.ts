import type { Stage } from "../simulating/stage.ts";
import { sitesOf } from "./hospital-site.ts";
import { illnessOf, MOST_ILL } from "./illness.ts";
import { instruments } from "./instruments.ts";

/** What is measured together, and how often it is not, by hospital. */
interface Panel {
  readonly values: readonly Float64Array[];
  readonly odds: readonly number[];
}

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
    const times = Float64Array.from({ length: MOST_ILL + 1 }, (_, conditions) => Math.exp(ill * conditions));
    return (rows, rng) => {
      const open = panels.flatMap(({ fields, odds }) => {
        const values = fields
          .filter((field) => rows.has(field) && !rows.settled.has(field))
          .map((field) => rows.get(field));
        return values.length === 0 ? [] : [{ values, odds }];
      });
      const [hospital, illness] = [rows.get("hospital"), illnessOf(rows)];
      for (let row = 0; row < rows.count; row++) {
        const [site, less] = [hospital[row] as number, times[illness[row] as number] as number];
        for (let panel = 0; panel < open.length; panel++) {
          const { values, odds } = open[panel] as Panel;
          const own = (odds[site] as number) * less;
          if (rng.uniform() * (1 + own) < own) for (const field of values) field[row] = NaN;
        }
      }
    };
  },
};
