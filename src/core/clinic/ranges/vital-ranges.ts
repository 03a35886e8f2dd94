import { ESH, NONE, PERCENT, VITAL, listed, unit } from "./clinical-quantity.ts";
import type { Quantity } from "./clinical-quantity.ts";

/** Age, body, circulation and breathing. */
export const vitalSigns: readonly Quantity[] = [
  listed(
    "Age",
    NONE,
    unit("years", "years year yrs yr y jahre jahren j", [0, 122], undefined, [0, 110]),
    unit("months", "months month mo monate monaten", [0, 1464]),
    unit("days", "days day tage", [0, 44_600]),
  ),
  listed(
    "Gestational age",
    "WHO: term is 37 to 41 weeks",
    unit("weeks", "weeks wk wochen", [18, 46], [37, 42], [22, 42]),
  ),
  listed(
    "Birth weight",
    "WHO: low birth weight is under 2500 g",
    unit("g", "g gram grams", [200, 7000], [2500, 4500], [600, 4500]),
    unit("kg", "kg", [0.2, 7], [2.5, 4.5], [0.6, 4.5]),
  ),
  listed("Systolic pressure", ESH, unit("mmHg", "mmhg", [20, 320], [90, 139], [70, 220])),
  listed("Diastolic pressure", ESH, unit("mmHg", "mmhg", [10, 220], [60, 89], [35, 130])),
  listed(
    "Mean arterial pressure",
    "Sepsis-3 2016: at least 65 mmHg",
    unit("mmHg", "mmhg", [15, 250], [65, 107], [40, 150]),
  ),
  listed("Blood pressure", NONE, unit("mmHg", "mmhg", [10, 320], undefined, [40, 200])),
  listed(
    "Heart rate",
    "AHA: 60 to 100 at rest",
    unit("per minute", "bpm min permin", [10, 300], [60, 100], [35, 180]),
  ),
  listed("Respiratory rate", VITAL, unit("per minute", "min permin bpm", [1, 100], [12, 20], [8, 50])),
  listed(
    "Temperature",
    VITAL,
    unit("°C", "c celsius degc", [20, 46], [36, 38], [30, 43]),
    unit("°F", "f fahrenheit degf", [68, 115], [96.8, 100.4], [86, 110]),
  ),
  listed(
    "Oxygen saturation",
    VITAL,
    unit("%", PERCENT, [10, 100], [96, 100], [55, 100]),
    unit("share", "fraction", [0.1, 1], [0.96, 1], [0.55, 1]),
  ),
  listed(
    "Weight",
    NONE,
    unit("kg", "kg", [0.3, 650], undefined, [2, 120]),
    unit("lb", "lb lbs pounds", [0.6, 1430], undefined, [121, 320]),
  ),
  listed(
    "Height",
    NONE,
    unit("cm", "cm", [20, 275], undefined, [45, 215]),
    unit("m", "m", [0.2, 2.75], undefined, [0.45, 2.15]),
    unit("in", "in inch inches", [8, 108]),
  ),
  listed(
    "Body mass index",
    "WHO: 18.5 to 24.9 kg/m²",
    unit("kg/m²", "kgm2 kgm kgpm2", [7, 210], [18.5, 24.9], [11, 70]),
  ),
  listed(
    "Waist",
    NONE,
    unit("cm", "cm", [20, 310], undefined, [45, 170]),
    unit("in", "in inch inches", [8, 122]),
  ),
  listed("Skinfold", NONE, unit("mm", "mm", [1, 120], undefined, [3, 70])),
  listed(
    "Ejection fraction",
    "ASE and EACVI 2015: 52 to 74% in men and women",
    unit("%", PERCENT, [3, 95], [52, 74], [12, 80]),
    unit("share", "fraction", [0.03, 0.95], [0.52, 0.74], [0.12, 0.8]),
  ),
  listed(
    "Length of stay",
    NONE,
    unit("days", "days day tage d", [0, 3650], undefined, [0, 400]),
    unit("hours", "hours hour h stunden hrs", [0, 87_600]),
  ),
  listed(
    "Glasgow coma scale",
    "Teasdale and Jennett 1974: 15 is fully awake",
    unit("points", "points punkte", [3, 15], [15, 15], [3, 15]),
  ),
];
