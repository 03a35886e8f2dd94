import type { Numbers } from "../numbers/numbers.ts";
import type { Stage } from "../simulating/stage.ts";
import { sitesOf } from "./hospital-site.ts";
import { reportedFields } from "./instruments.ts";
import type { OwnUnit } from "./instruments.ts";

export interface Conversion {
  readonly factor: number;
  readonly shift: number;
}

/** From the unit that a field is held in to another: value * factor + shift. */
export const conversionOf = ({ factor, shift }: OwnUnit, numbers: Numbers): Conversion => ({
  factor: numbers.of(factor),
  shift: shift === undefined ? 0 : numbers.of(shift),
});

/** Name of the field, and of the column, that says which unit a value of `field` is in: 0 the usual, 1 the other. */
export const unitField = (field: string): string => `${field}_unit`;

/** Last of all: values in the units that each hospital's laboratory reports, and beside each which unit that is. */
export const reportedUnits: Stage = {
  name: "units",
  prepare: (setting) => {
    if (setting.units === "one") return () => undefined;
    const sites = sitesOf(setting);
    const all = [...reportedFields.values()].map(({ field, own }) => ({
      field,
      ...conversionOf(own, setting.numbers),
    }));
    return (rows) => {
      const hospital = rows.get("hospital");
      for (const { field, factor, shift } of all) {
        if (!rows.has(field)) continue;
        const [values, unit] = [rows.get(field), rows.add(unitField(field))];
        for (let row = 0; row < rows.count; row++) {
          if (Number.isNaN(values[row])) unit[row] = NaN;
          else if (sites[hospital[row] as number]?.ownUnits === true) {
            unit[row] = 1;
            values[row] = (values[row] as number) * factor + shift;
          }
        }
      }
    };
  },
};
