import { NONE, PERCENT, quantity, unit } from "./clinical-quantity.ts";
import type { Quantity } from "./clinical-quantity.ts";

const CMH2O = "cmh2o mbar hpa";

/** Settings of a ventilator and what it reads (CLIF 3.0, respiratory_support). */
export const ventilation: readonly Quantity[] = [
  quantity(
    "FiO2",
    "fio2|fraction of inspired oxygen|inspired oxygen|inspired o2 fraction|fi o2|fio2 set",
    NONE,
    unit("share", "fraction", [0.2, 1], undefined, [0.2, 1]),
    unit("%", PERCENT, [20, 100], undefined, [20, 100]),
  ),
  quantity(
    "PEEP",
    "peep|peep set|positive end expiratory pressure",
    NONE,
    unit("cmH2O", CMH2O, [0, 50], undefined, [0, 30]),
  ),
  quantity(
    "Tidal volume",
    "tidal volume|tidalvolume|vt ml|tidal volume set|tidal volume obs|tidal volume observed|tidalvolumen|atemzugvolumen",
    NONE,
    unit("mL", "ml", [20, 3000], undefined, [100, 1200]),
  ),
  quantity(
    "Plateau pressure",
    "plateau pressure|pplat|plateau pressure obs",
    NONE,
    unit("cmH2O", CMH2O, [0, 100], undefined, [3, 60]),
  ),
  quantity(
    "Peak inspiratory pressure",
    "peak inspiratory pressure|pip|ppeak|peak airway pressure|peak pressure",
    NONE,
    unit("cmH2O", CMH2O, [0, 100], undefined, [4, 70]),
  ),
  quantity(
    "Mean airway pressure",
    "mean airway pressure|pmean|mean airway pressure obs",
    NONE,
    unit("cmH2O", CMH2O, [0, 50], undefined, [2, 40]),
  ),
  quantity("Driving pressure", "driving pressure", NONE, unit("cmH2O", CMH2O, [0, 60], undefined, [3, 40])),
  quantity(
    "Pressure support",
    "pressure support|pressure support set",
    NONE,
    unit("cmH2O", CMH2O, [0, 50], undefined, [2, 35]),
  ),
  quantity(
    "Pressure control",
    "pressure control|pressure control set",
    NONE,
    unit("cmH2O", CMH2O, [0, 50], undefined, [4, 45]),
  ),
  quantity(
    "Minute ventilation",
    "minute ventilation|minute vent|minute volume|atemminutenvolumen",
    NONE,
    unit("L/min", "lmin", [0, 40], undefined, [2, 25]),
  ),
  quantity(
    "Set respiratory rate",
    "respiratory rate set|resp rate set|set respiratory rate|vent rate",
    NONE,
    unit("per minute", "min permin bpm", [0, 100], undefined, [4, 45]),
  ),
  quantity(
    "Inspiratory time",
    "inspiratory time|inspiratory time set",
    NONE,
    unit("s", "s sec", [0, 10], undefined, [0.2, 3]),
  ),
  quantity(
    "Oxygen flow",
    "oxygen flow|o2 flow|o2 flow rate|lpm|lpm set|sauerstofffluss",
    NONE,
    unit("L/min", "lmin lpm", [0, 100], undefined, [0, 60]),
  ),
  quantity(
    "Oxygenation ratio",
    "pf ratio|p f ratio|pao2 fio2|pao2 fio2 ratio|horowitz|horovitz|horowitz index|horovitz index",
    "Berlin definition 2012: at most 300 in ARDS",
    unit("mmHg", "mmhg", [10, 800], undefined, [40, 600]),
  ),
  quantity(
    "End-tidal carbon dioxide",
    "etco2|end tidal co2|end tidal carbon dioxide|petco2",
    NONE,
    unit("mmHg", "mmhg", [0, 150], undefined, [10, 80]),
  ),
];

/** Invasive pressures and flows of the heart. */
export const haemodynamics: readonly Quantity[] = [
  quantity(
    "Central venous pressure",
    "cvp|central venous pressure|zvd|zentralvenoeser druck",
    NONE,
    unit("mmHg", "mmhg", [-10, 60], undefined, [-2, 30]),
  ),
  quantity(
    "Systolic pulmonary pressure",
    "pasp|papsys|systolic pulmonary artery pressure|pulmonary artery systolic pressure|pa systolic",
    NONE,
    unit("mmHg", "mmhg", [5, 200], undefined, [12, 100]),
  ),
  quantity(
    "Diastolic pulmonary pressure",
    "padp|papdia|diastolic pulmonary artery pressure|pulmonary artery diastolic pressure|pa diastolic",
    NONE,
    unit("mmHg", "mmhg", [0, 120], undefined, [2, 50]),
  ),
  quantity(
    "Mean pulmonary pressure",
    "mpap|mean pulmonary artery pressure|pulmonary artery mean pressure",
    NONE,
    unit("mmHg", "mmhg", [3, 150], undefined, [8, 70]),
  ),
  quantity(
    "Wedge pressure",
    "pcwp|wedge pressure|pulmonary capillary wedge pressure|paop",
    NONE,
    unit("mmHg", "mmhg", [0, 80], undefined, [2, 40]),
  ),
  quantity(
    "Cardiac output",
    "cardiac output|herzzeitvolumen|hzv",
    NONE,
    unit("L/min", "lmin", [0.3, 30], undefined, [1.5, 12]),
  ),
  quantity("Cardiac index", "cardiac index", NONE, unit("L/min/m²", "lminm2", [0.2, 15], undefined, [1, 6])),
  quantity(
    "Intracranial pressure",
    "icp|intracranial pressure|hirndruck",
    NONE,
    unit("mmHg", "mmhg", [-20, 150], undefined, [0, 40]),
  ),
  quantity(
    "Urine output",
    "urine output|urineoutput|urinausscheidung|diurese|diuresis",
    NONE,
    unit("mL", "ml", [0, 30_000], undefined, [0, 6000]),
  ),
];

/** Blood outside the body: kidney replacement and ECMO (CLIF 3.0, renal_replacement_therapy and ecmo_mcs). */
export const extracorporeal: readonly Quantity[] = [
  quantity(
    "Dialysis blood flow",
    "crrt blood flow|dialysis blood flow|crrt blood flow rate|dialysis blood flow rate",
    NONE,
    unit("mL/min", "mlmin", [0, 600], undefined, [50, 450]),
  ),
  quantity(
    "Dialysate flow",
    "dialysate flow|dialysate flow rate|dialysate rate",
    NONE,
    unit("mL/h", "mlh mlhr", [0, 70_000], undefined, [0, 50_000]),
  ),
  quantity(
    "Pre-filter replacement",
    "pre filter replacement fluid rate|prefilter replacement rate|prefilter rate",
    NONE,
    unit("mL/h", "mlh mlhr", [0, 10_000], undefined, [0, 5000]),
  ),
  quantity(
    "Post-filter replacement",
    "post filter replacement fluid rate|postfilter replacement rate|postfilter rate",
    NONE,
    unit("mL/h", "mlh mlhr", [0, 10_000], undefined, [0, 5000]),
  ),
  quantity(
    "Ultrafiltration",
    "ultrafiltration|ultrafiltration out|ultrafiltration rate|uf rate",
    NONE,
    unit("mL/h", "mlh mlhr", [0, 2000], undefined, [0, 500]),
  ),
  quantity(
    "Potassium bath",
    "potassium bath|dialysate potassium",
    NONE,
    unit("mmol/L", "mmoll meql", [0, 4], undefined, [0, 4]),
  ),
  quantity(
    "Calcium bath",
    "calcium bath|dialysate calcium",
    NONE,
    unit("mmol/L", "mmoll meql", [0, 4], undefined, [0, 4]),
  ),
  quantity(
    "ECMO flow",
    "ecmo flow|ecmo blood flow",
    NONE,
    unit("L/min", "lmin", [0, 10], undefined, [0.5, 7]),
  ),
  quantity(
    "ECMO sweep",
    "ecmo sweep|sweep gas|sweep gas flow|sweep flow",
    NONE,
    unit("L/min", "lmin", [0, 20], undefined, [0.5, 12]),
  ),
  quantity(
    "ECMO oxygen",
    "ecmo fdo2|fdo2",
    NONE,
    unit("share", "fraction", [0.2, 1], undefined, [0.2, 1]),
    unit("%", PERCENT, [20, 100], undefined, [20, 100]),
  ),
];
