import { LAB, MMOL, MGDL, NONE, PERCENT, UMOL, quantity, unit, upTo } from "./clinical-quantity.ts";
import type { Quantity } from "./clinical-quantity.ts";

/** Laboratory values that rules ask of beside the common ones; limits of CLIF 3.0 where it has them. */
export const computedValues: readonly Quantity[] = [
  quantity(
    "Indirect bilirubin",
    "indirect bilirubin|bilirubin indirect|unconjugated bilirubin|bilirubin unconjugated|indirektes bilirubin",
    LAB,
    unit("mg/dL", MGDL, [0, 50], upTo(1), [0, 3.5]),
    unit("µmol/L", UMOL, [0, 900], upTo(17), [3.6, 400]),
  ),
  quantity(
    "Non-HDL cholesterol",
    "non hdl cholesterol|non hdl|nonhdl|non hdl c",
    LAB,
    unit("mg/dL", MGDL, [5, 2900], upTo(130), [30, 500]),
    unit("mmol/L", MMOL, [0.1, 75], upTo(3.4), [0.8, 12]),
  ),
  quantity(
    "Estimated average glucose",
    "eag|estimated average glucose|average glucose estimated",
    LAB,
    unit("mg/dL", MGDL, [20, 600], undefined, [40, 500]),
    unit("mmol/L", MMOL, [1, 33], undefined, [2, 28]),
  ),
  quantity(
    "Venous oxygen saturation",
    "svo2|scvo2|mixed venous oxygen saturation|central venous oxygen saturation",
    NONE,
    unit("%", PERCENT, [5, 100], undefined, [30, 95]),
  ),
];

/** Red cells' measures and the white cells' kinds. */
export const moreCounts: readonly Quantity[] = [
  quantity(
    "Basophils",
    "basophils|basophil|basophile|basos|basophil count|basophils absolute|basophils percent",
    LAB,
    unit("10⁹/L", "109l gptl kul thsdul nl", [0, 50], upTo(0.1), [0.005, 0.2]),
    unit("%", PERCENT, [0, 100], upTo(1), [0.21, 20]),
  ),
  quantity(
    "Reticulocytes",
    "reticulocytes|retikulozyten|retic",
    LAB,
    unit("%", PERCENT, [0, 60], [0.5, 2.5], [0.1, 10]),
  ),
];

/** Birth and growth. */
export const perinatal: readonly Quantity[] = [
  quantity(
    "Birth year",
    "birth year|year of birth|yob|geburtsjahr",
    NONE,
    unit("year", "", [1850, 2100], undefined, [1880, 2060]),
  ),
  quantity(
    "Birth length",
    "birth length|geburtslaenge",
    NONE,
    unit("cm", "cm", [20, 65], undefined, [28, 58]),
  ),
  quantity(
    "Head circumference",
    "head circumference|kopfumfang",
    NONE,
    unit("cm", "cm", [15, 75], undefined, [20, 62]),
  ),
  quantity(
    "Gravidity",
    "gravidity|gravida|number of pregnancies|pregnancies|schwangerschaften",
    NONE,
    unit("count", "", [0, 30], undefined, [0, 12]),
  ),
  quantity("Parity", "parity|para|paritaet|geburten", NONE, unit("count", "", [0, 30], undefined, [0, 10])),
  quantity(
    "Maternal age",
    "maternal age|mother age|mothers age|alter der mutter",
    NONE,
    unit("years", "years yrs y jahre", [9, 60], undefined, [14, 50]),
  ),
  quantity(
    "Umbilical pH",
    "umbilical ph|umbilical artery ph|cord ph|nabelschnur ph|nsph",
    NONE,
    unit("pH", "", [6.4, 7.8], undefined, [6.9, 7.5]),
  ),
  quantity(
    "Fetal heart rate",
    "fetal heart rate|foetal heart rate|fhr",
    NONE,
    unit("per minute", "bpm min permin", [30, 260], undefined, [90, 190]),
  ),
  quantity(
    "Blood loss",
    "blood loss|blutverlust|estimated blood loss|ebl",
    NONE,
    unit("mL", "ml", [0, 20_000], undefined, [0, 5000]),
  ),
];
