import type { ClinicalRule, Reference } from "../clinical-rule.ts";
import { COMPUTED, IMPLIED, ORDER, ruleOf } from "./rule-of.ts";

const ESH: Reference = { source: "ESH Guidelines for the management of arterial hypertension", year: 2023 };
const ESC_PH: Reference = { source: "ESC/ERS Guidelines on pulmonary hypertension", year: 2022 };
const BERLIN: Reference = { source: "ARDS: the Berlin definition, JAMA 2012", year: 2012 };
const AMATO: Reference = { source: "Amato et al., driving pressure in ARDS, NEJM 2015", year: 2015 };
const SEPSIS: Reference = { source: "Surviving Sepsis Campaign guidelines", year: 2021 };
const WEST: Reference = { source: "West's Respiratory Physiology, 11th edition", year: 2020 };

/** Pressures and flows of the circulation. */
export const circulationRules: readonly ClinicalRule[] = [
  ruleOf(
    "pressure.order",
    "{Diastolic pressure} < {Systolic pressure}",
    "{Diastolic pressure} is below {Systolic pressure}",
    { ...ORDER, ...ESH },
  ),
  ruleOf(
    "pressure.mean-between",
    "{Diastolic pressure} <= {Mean arterial pressure} <= {Systolic pressure}",
    "{Mean arterial pressure} lies between {Diastolic pressure} and {Systolic pressure}",
    { ...ORDER, ...ESH },
  ),
  ruleOf(
    "pressure.mean-agrees",
    "abs({Mean arterial pressure} - (2 * {Diastolic pressure} + {Systolic pressure}) / 3) <= 0.2 * {Mean arterial pressure}",
    "{Mean arterial pressure} agrees with {Diastolic pressure} and {Systolic pressure} to 20%",
    { ...COMPUTED, ...ESH },
  ),
  ruleOf(
    "pressure.pulse",
    "{Systolic pressure} - {Diastolic pressure} <= 200",
    "{Systolic pressure} is at most 200 above {Diastolic pressure}",
    {
      ...COMPUTED,
      kahn: "plausibility.atemporal",
      ...ESH,
    },
  ),
  ruleOf(
    "pulmonary-pressure.order",
    "{Diastolic pulmonary pressure} <= {Systolic pulmonary pressure}",
    "{Diastolic pulmonary pressure} is not above {Systolic pulmonary pressure}",
    { ...ORDER, ...ESC_PH },
  ),
  ruleOf(
    "pulmonary-pressure.mean-between",
    "{Diastolic pulmonary pressure} <= {Mean pulmonary pressure} <= {Systolic pulmonary pressure}",
    "{Mean pulmonary pressure} lies between {Diastolic pulmonary pressure} and {Systolic pulmonary pressure}",
    { ...ORDER, ...ESC_PH },
  ),
  ruleOf(
    "pulmonary-pressure.wedge",
    "{Wedge pressure} <= {Mean pulmonary pressure} + 5",
    "{Wedge pressure} is not far above {Mean pulmonary pressure}",
    { ...ORDER, hard: false, ...ESC_PH },
  ),
  ruleOf(
    "pulmonary-pressure.below-arterial",
    "{Mean pulmonary pressure} <= 1.3 * {Mean arterial pressure}",
    "{Mean pulmonary pressure} is not far above {Mean arterial pressure}",
    { ...ORDER, hard: false, ...ESC_PH },
  ),
  ruleOf(
    "cardiac-index.below-output",
    "{Cardiac output} / {Cardiac index} in 0.15..3.5",
    "{Cardiac output} by {Cardiac index} is a body's surface, 0.15 to 3.5 m²",
    {
      ...COMPUTED,
      ...ESC_PH,
    },
  ),
  ruleOf(
    "circulation.no-pressure-no-pulse",
    "if {Heart rate} = 0 then {Systolic pressure} <= 60",
    "{Systolic pressure} is at most 60 where {Heart rate} is 0",
    { ...IMPLIED, ...SEPSIS },
  ),
];

/** Ventilation and the gases of the blood. */
export const ventilationRules: readonly ClinicalRule[] = [
  ruleOf(
    "ventilation.peep-plateau",
    "{PEEP} <= {Plateau pressure}",
    "{PEEP} is not above {Plateau pressure}",
    { ...ORDER, ...AMATO },
  ),
  ruleOf(
    "ventilation.plateau-peak",
    "{Plateau pressure} <= {Peak inspiratory pressure}",
    "{Plateau pressure} is not above {Peak inspiratory pressure}",
    { ...ORDER, ...AMATO },
  ),
  ruleOf(
    "ventilation.peep-peak",
    "{PEEP} <= {Peak inspiratory pressure}",
    "{PEEP} is not above {Peak inspiratory pressure}",
    { ...ORDER, ...AMATO },
  ),
  ruleOf(
    "ventilation.mean-between",
    "{PEEP} <= {Mean airway pressure} <= {Peak inspiratory pressure}",
    "{Mean airway pressure} lies between {PEEP} and {Peak inspiratory pressure}",
    { ...ORDER, hard: false, ...AMATO },
  ),
  ruleOf(
    "ventilation.driving",
    "abs({Driving pressure} - ({Plateau pressure} - {PEEP})) <= 1",
    "{Driving pressure} is {Plateau pressure} less {PEEP}",
    { ...COMPUTED, ...AMATO },
  ),
  ruleOf(
    "ventilation.minute",
    "abs({Minute ventilation} - {Tidal volume, mL} * {Respiratory rate} / 1000) <= 0.3 * {Minute ventilation} + 1",
    "{Minute ventilation} agrees with {Tidal volume} and {Respiratory rate} to 30%",
    { ...COMPUTED, ...WEST },
  ),
  ruleOf(
    "ventilation.tidal-weight",
    "if {Age, years} >= 18 then {Tidal volume} <= 25 * {Weight, kg}",
    "{Tidal volume} is at most 25 mL for a kilogram of {Weight}",
    { ...IMPLIED, ...AMATO },
  ),
  ruleOf(
    "ventilation.set-rate",
    "{Set respiratory rate} <= {Respiratory rate} + 10",
    "{Respiratory rate} is not far below {Set respiratory rate}",
    {
      ...ORDER,
      hard: false,
      ...AMATO,
    },
  ),
  ruleOf(
    "gases.ratio",
    "abs({Oxygenation ratio} - {Oxygen pressure, mmHg} / {FiO2, share}) <= 0.1 * {Oxygenation ratio} + 5",
    "{Oxygenation ratio} is {Oxygen pressure} by {FiO2}",
    { ...COMPUTED, ...BERLIN },
  ),
  ruleOf(
    "gases.alveolar",
    "{Oxygen pressure, mmHg} <= 760 * {FiO2, share} + 20",
    "{Oxygen pressure} is not above the oxygen breathed in, {FiO2}",
    { ...ORDER, hard: false, ...WEST },
  ),
  ruleOf(
    "gases.alveolar-carbon",
    "{Oxygen pressure, mmHg} <= 713 * {FiO2, share} - {Carbon dioxide pressure, mmHg} + 60",
    "{Oxygen pressure} is not above what the alveolar gas equation allows with {FiO2} and {Carbon dioxide pressure}",
    { ...COMPUTED, ...WEST },
  ),
  ruleOf(
    "gases.venous-saturation",
    "{Venous oxygen saturation} <= {Oxygen saturation, %} + 5",
    "{Venous oxygen saturation} is not above {Oxygen saturation}",
    { ...ORDER, hard: false, ...SEPSIS },
  ),
  ruleOf(
    "gases.low-pressure-low-saturation",
    "if {Oxygen pressure, mmHg} < 30 then {Oxygen saturation, %} <= 90",
    "{Oxygen saturation} is at most 90% where {Oxygen pressure} is below 30 mmHg",
    { ...IMPLIED, ...WEST },
  ),
  ruleOf(
    "gases.end-tidal",
    "{End-tidal carbon dioxide} <= {Carbon dioxide pressure, mmHg} + 15",
    "{End-tidal carbon dioxide} is not far above {Carbon dioxide pressure}",
    { ...ORDER, hard: false, ...WEST },
  ),
  ruleOf(
    "ventilation.peep-there",
    "if {Ventilated} then {PEEP} is present",
    "{PEEP} is there where {Ventilated}",
    {
      kahn: "completeness",
      kind: "missing",
      ...BERLIN,
    },
  ),
];
