import { NONE, quantity, unit } from "./clinical-quantity.ts";
import type { ClinicalUnit, Quantity, Range } from "./clinical-quantity.ts";

const HINTS: Readonly<Record<string, string>> = {
  "mcg/kg/min": "mcgkgmin ugkgmin mcgperkgpermin",
  "mcg/min": "mcgmin ugmin",
  "mcg/kg/h": "mcgkgh mcgkghr ugkgh ugkghr",
  "mcg/h": "mcgh mcghr ugh ughr",
  "mg/kg/h": "mgkgh mgkghr",
  "mg/h": "mgh mghr",
  "units/min": "unitsmin umin iumin",
  "units/h": "unitsh unitshr uh iuh",
};

/** A rate of infusion; a column is judged where its name gives the unit. */
const infusion = (name: string, names: string, limits: Readonly<Record<string, Range>>): Quantity =>
  quantity(`${name} rate`, withRate(names), NONE, ...Object.entries(limits).map(ofRate));

const ofRate = ([name, limits]: [string, Range]): ClinicalUnit => unit(name, HINTS[name] ?? "", limits);

/** "norepinephrine" also as norepinephrine_rate, _dose, _infusion. */
const withRate = (names: string): string =>
  names
    .split("|")
    .flatMap((name) => [name, `${name} rate`, `${name} dose`, `${name} infusion`, `${name} dose rate`])
    .join("|");

/** Infusions, with the highest rates of CLIF 3.0 (`outlier_config.yaml`, medication_admin_continuous). */
export const infusions: readonly Quantity[] = [
  infusion("Norepinephrine", "norepinephrine|noradrenaline|noradrenalin|norepi", {
    "mcg/kg/min": [0, 3],
    "mcg/min": [0, 200],
    "mg/h": [0, 10],
  }),
  infusion("Epinephrine", "epinephrine|adrenaline|adrenalin|suprarenin", {
    "mcg/kg/min": [0, 2],
    "mcg/min": [0, 100],
    "mg/h": [0, 5],
  }),
  infusion("Phenylephrine", "phenylephrine", {
    "mcg/kg/min": [0, 10],
    "mcg/min": [0, 500],
    "mg/h": [0, 20],
  }),
  infusion("Vasopressin", "vasopressin|argipressin", { "units/min": [0, 0.1], "units/h": [0, 6] }),
  infusion("Dopamine", "dopamine|dopamin", { "mcg/kg/min": [0, 50], "mg/h": [0, 100] }),
  infusion("Dobutamine", "dobutamine|dobutamin", { "mcg/kg/min": [0, 20], "mg/h": [0, 50] }),
  infusion("Milrinone", "milrinone|milrinon", { "mcg/kg/min": [0, 1], "mg/h": [0, 2] }),
  infusion("Propofol", "propofol", { "mcg/kg/min": [0, 200], "mg/h": [0, 400], "mg/kg/h": [0, 10] }),
  infusion("Dexmedetomidine", "dexmedetomidine|dexmedetomidin|dexdor", {
    "mcg/kg/h": [0, 2.4],
    "mcg/h": [0, 200],
  }),
  infusion("Ketamine", "ketamine|ketamin|esketamine", {
    "mcg/kg/min": [0, 50],
    "mg/h": [0, 20],
    "mg/kg/h": [0, 5],
  }),
  infusion("Midazolam", "midazolam", { "mcg/kg/min": [0, 10], "mg/h": [0, 20] }),
  infusion("Fentanyl", "fentanyl", { "mcg/kg/h": [0, 10], "mcg/h": [0, 500], "mg/h": [0, 1] }),
  infusion("Remifentanil", "remifentanil", { "mcg/kg/min": [0, 2], "mcg/h": [0, 100] }),
  infusion("Pentobarbital", "pentobarbital", { "mg/kg/h": [0, 10], "mg/h": [0, 50] }),
  infusion("Lorazepam", "lorazepam", { "mg/h": [0, 10], "mcg/kg/min": [0, 5] }),
  infusion("Cisatracurium", "cisatracurium", { "mcg/kg/min": [0, 10], "mg/h": [0, 20] }),
  infusion("Vecuronium", "vecuronium", { "mcg/kg/min": [0, 5], "mg/h": [0, 10] }),
  infusion("Rocuronium", "rocuronium", { "mcg/kg/min": [0, 20], "mg/h": [0, 50] }),
];

/** Single doses (CLIF 3.0, medication_admin_intermittent). */
export const boluses: readonly Quantity[] = [
  quantity("Propofol bolus", "propofol bolus", NONE, unit("mg", "mg", [0, 400])),
  quantity("Midazolam bolus", "midazolam bolus", NONE, unit("mg", "mg", [0, 20])),
  quantity("Fentanyl bolus", "fentanyl bolus", NONE, unit("mcg", "mcg ug", [0, 500])),
  quantity("Hydromorphone bolus", "hydromorphone bolus|hydromorphone dose", NONE, unit("mg", "mg", [0, 4])),
  quantity("Lorazepam bolus", "lorazepam bolus", NONE, unit("mg", "mg", [0, 10])),
];
