import { bloodCounts } from "../../ranges/blood-ranges.ts";
import type { ClinicalUnit, Quantity } from "../../ranges/clinical-quantity.ts";
import { boluses, infusions } from "../../ranges/drug-dose-ranges.ts";
import { furtherChemistry, furtherCounts, perinatal } from "../../ranges/further-laboratory-ranges.ts";
import { extracorporeal, haemodynamics, ventilation } from "../../ranges/intensive-care-ranges.ts";
import { rangeText } from "../../ranges/known-quantities.ts";
import { chemistry } from "../../ranges/laboratory-ranges.ts";
import { scores } from "../../ranges/score-ranges.ts";
import { markers } from "../../ranges/marker-ranges.ts";
import { vitalSigns } from "../../ranges/vital-ranges.ts";
import type { ClinicalRule, Reference } from "../clinical-rule.ts";
import { CLIF, idPart, MIMIC_EXTRACT } from "./rule-of.ts";

const DEFINED: Reference = {
  source: "The score's own definition; CLIF 3.0",
  year: 2026,
};
const WIDE: Reference = {
  source: "Tietz Fundamentals of Clinical Chemistry, widened",
  year: 2019,
};

/** Ids of one quantity's rules begin alike: "sodium.range", and after it the unit where there are several. */
const idOf = (quantity: Quantity, { unit }: ClinicalUnit): string =>
  [idPart(quantity.name), "range", ...(quantity.units.length > 1 ? [idPart(unit)] : [])].join(".");

/** What a quantity can be, in each of its units. */
const rangesOf = (
  list: readonly Quantity[],
  reference: Reference,
  kahn: ClinicalRule["kahn"] = "plausibility.atemporal",
): ClinicalRule[] =>
  list.flatMap((quantity) =>
    quantity.units.map((unit) => ({
      id: idOf(quantity, unit),
      text: rangeRuleText(quantity.name, unit.plausible),
      says: `{${quantity.name}} is ${rangeText(unit.plausible)}${unit.unit === "pH" ? "" : ` ${unit.unit}`}`,
      kahn,
      kind: "range" as const,
      unit: unit.unit,
      hard: kahn === "conformance.value",
      ...reference,
    })),
  );

const rangeRuleText = (name: string, [low, high]: readonly [number, number]): string =>
  `{${name}} in ${low === -Infinity ? "" : low}..${high === Infinity ? "" : high}`;

export const rangeRules: readonly ClinicalRule[] = [
  ...rangesOf([...vitalSigns, ...chemistry, ...bloodCounts], MIMIC_EXTRACT),
  ...rangesOf([...ventilation, ...extracorporeal, ...infusions, ...boluses], CLIF),
  ...rangesOf([...haemodynamics, ...markers, ...furtherChemistry, ...furtherCounts, ...perinatal], WIDE),
  ...rangesOf(scores, DEFINED, "conformance.value"),
];
