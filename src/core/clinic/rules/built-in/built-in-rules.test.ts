import { describe, expect, it } from "vitest";
import { readRule } from "../../../rules/read-rule.ts";
import { quantities } from "../../ranges/reference-ranges.ts";
import { conversion } from "../../ranges/unit-conversions.ts";
import { clinicalRule, KAHN } from "../clinical-rule.ts";
import { conceptNames } from "../concepts/column-concepts.ts";
import { fillText, placeholdersIn } from "../placeholders.ts";
import { builtInRules } from "./built-in-rules.ts";

const byName = new Map(quantities.map((quantity) => [quantity.name, quantity]));
/** States, which stand for a condition; the others for a number or a date. */
const CONDITIONS =
  /^(Female|Male|Pregnant|Been pregnant|Puerperium|Pre-eclampsia|Menopause|Died|Ventilated|.*[Dd]isease.*|Menstrual disorder|Miscarriage|Erectile dysfunction|Vasectomy)$/;

describe("the built-in rules", () => {
  it("are at least 140, counting a quantity's range once, whatever its units", () => {
    const families = new Set(builtInRules.map(({ id }) => id.replace(/\.range\..*$/, ".range")));
    expect(families.size).toBeGreaterThanOrEqual(140);
    const between = builtInRules.filter(({ kind }) => kind !== "range");
    expect(between.length).toBeGreaterThanOrEqual(100);
    expect(new Set(builtInRules.map(({ kahn }) => kahn))).toEqual(new Set(KAHN));
  });

  it("are data by the schema, each id and each text once", () => {
    for (const rule of builtInRules)
      expect(clinicalRule.safeParse(rule).error?.message, rule.id).toBeUndefined();
    expect(new Set(builtInRules.map(({ id }) => id)).size).toBe(builtInRules.length);
    const said = builtInRules.map(({ text, unit }) => `${text} ${unit ?? ""}`);
    expect(said.filter((one, i) => said.indexOf(one) !== i)).toEqual([]);
  });

  it.each(builtInRules.map((rule) => [rule.id, rule] as const))(
    "%s names what there is, in units that can be had, and can be read",
    (_, { text, says, unit }) => {
      for (const { concept, unit: wanted } of [...placeholdersIn(text), ...placeholdersIn(says)]) {
        expect(conceptNames).toContain(concept);
        const own = byName.get(concept)?.units ?? [];
        if (own.length === 0) continue;
        if (wanted !== undefined)
          expect(own.some((one) => conversion(concept, one.unit, wanted) !== undefined)).toBe(true);
        else if (unit !== undefined) expect(own.map((one) => one.unit)).toContain(unit);
      }
      const names = new Map<string, string>();
      const filled = fillText(text, ({ concept }) => {
        const name = `c${names.size}`;
        names.set(concept, names.get(concept) ?? name);
        return CONDITIONS.test(concept) ? `(${names.get(concept)} = 1)` : (names.get(concept) ?? name);
      });
      if (/^\w+$/.test(filled)) return;
      expect(() => readRule(filled, [...names.values()])).not.toThrow();
    },
  );
});
