import { LAB, MMOL, MGDL, NONE, PERCENT, UMOL, quantity, unit, upTo } from "./clinical-quantity.ts";
import type { Quantity } from "./clinical-quantity.ts";

const SHARE = unit("%", PERCENT, [0, 100], undefined, [0, 100]);
const COUNT = "109l gptl kul thsdul nl";

/** Laboratory values that rules ask of beside the common ones; limits of CLIF 3.0 where it has them. */
export const furtherChemistry: readonly Quantity[] = [
  quantity(
    "Direct bilirubin",
    "direct bilirubin|bilirubin direct|conjugated bilirubin|bilirubin conjugated|dbil|direktes bilirubin|bilirubin direkt",
    LAB,
    unit("mg/dL", MGDL, [0, 50], upTo(0.3), [0, 3.5]),
    unit("µmol/L", UMOL, [0, 900], upTo(5.1), [3.6, 400]),
  ),
  quantity(
    "Indirect bilirubin",
    "indirect bilirubin|bilirubin indirect|unconjugated bilirubin|bilirubin unconjugated|indirektes bilirubin",
    LAB,
    unit("mg/dL", MGDL, [0, 50], upTo(1), [0, 3.5]),
    unit("µmol/L", UMOL, [0, 900], upTo(17), [3.6, 400]),
  ),
  quantity(
    "Ionised calcium",
    "ionized calcium|ionised calcium|calcium ionized|calcium ionised|ica|ionisiertes calcium",
    LAB,
    unit("mmol/L", MMOL, [0.2, 5], [1.15, 1.33], [0.6, 2]),
    unit("mg/dL", MGDL, [0.8, 20], [4.6, 5.3], [2.4, 8]),
  ),
  quantity(
    "Anion gap",
    "anion gap|aniongap|anionenluecke",
    LAB,
    unit("mmol/L", MMOL, [-20, 80], [3, 16], [3, 35]),
  ),
  quantity(
    "Base excess",
    "base excess|baseexcess|basenueberschuss|abe|sbe",
    LAB,
    unit("mmol/L", MMOL, [-50, 50], [-2, 3], [-30, 30]),
  ),
  quantity(
    "Osmolality",
    "osmolality|osmolalitaet|serum osmolality|osmolarity",
    LAB,
    unit("mOsm/kg", "mosmkg mosml", [150, 550], [275, 295], [220, 400]),
  ),
  quantity(
    "Ammonia",
    "ammonia|ammoniak",
    LAB,
    unit("µmol/L", UMOL, [0, 2500], upTo(50), [5, 500]),
    unit("µg/dL", "ugdl mcgdl", [0, 4300], upTo(85)),
  ),
  quantity("Lipase", "lipase", LAB, unit("U/L", "ul iul u", [0, 60_000], upTo(60), [5, 2000])),
  quantity("Amylase", "amylase", LAB, unit("U/L", "ul iul u", [0, 30_000], upTo(110), [5, 2000])),
  quantity(
    "Non-HDL cholesterol",
    "non hdl cholesterol|non hdl|nonhdl|non hdl c",
    LAB,
    unit("mg/dL", MGDL, [5, 2900], upTo(130), [30, 500]),
    unit("mmol/L", MMOL, [0.1, 75], upTo(3.4), [0.8, 12]),
  ),
  quantity(
    "Sedimentation rate",
    "esr|erythrocyte sedimentation rate|blutsenkung|bsg",
    LAB,
    unit("mm/h", "mmh mmhr", [0, 200], upTo(20), [1, 120]),
  ),
  quantity(
    "Free T4",
    "free t4|ft4|fthyroxin",
    LAB,
    unit("ng/dL", "ngdl", [0, 20], [0.8, 1.8], [0.2, 5]),
    unit("pmol/L", "pmoll", [0.1, 250], [10, 23], [5.1, 60]),
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
export const furtherCounts: readonly Quantity[] = [
  quantity(
    "Cell haemoglobin",
    "mch|mean corpuscular hemoglobin|mean corpuscular haemoglobin",
    LAB,
    unit("pg", "pg", [5, 60], [27, 33], [15, 45]),
  ),
  quantity(
    "Cell haemoglobin concentration",
    "mchc|mean corpuscular hemoglobin concentration|mean corpuscular haemoglobin concentration",
    LAB,
    unit("g/dL", "gdl", [15, 50], [32, 36], [25, 40]),
    unit("g/L", "gl", [150, 500], [320, 360], [250, 400]),
  ),
  quantity(
    "Red cell width",
    "rdw|red cell distribution width|rdw cv",
    LAB,
    unit("%", PERCENT, [5, 60], [11.5, 14.5], [10, 30]),
  ),
  quantity(
    "Reticulocytes",
    "reticulocytes|retikulozyten|retic",
    LAB,
    unit("%", PERCENT, [0, 60], [0.5, 2.5], [0.1, 10]),
  ),
  quantity(
    "Neutrophils share",
    "neutrophils percent|neutrophils pct|neutrophils perc|neutrophil percent|neut percent|neutrophile prozent",
    LAB,
    SHARE,
  ),
  quantity(
    "Lymphocytes share",
    "lymphocytes percent|lymphocytes pct|lymphocytes perc|lymphocyte percent|lymph percent|lymphozyten prozent",
    LAB,
    SHARE,
  ),
  quantity(
    "Monocytes share",
    "monocytes percent|monocytes pct|monocytes perc|monocyte percent|mono percent|monozyten prozent",
    LAB,
    SHARE,
  ),
  quantity(
    "Eosinophils share",
    "eosinophils percent|eosinophils pct|eosinophils perc|eosinophil percent|eos percent|eosinophile prozent",
    LAB,
    SHARE,
  ),
  quantity(
    "Basophils share",
    "basophils percent|basophils pct|basophils perc|basophil percent|baso percent|basophile prozent",
    LAB,
    SHARE,
  ),
  quantity(
    "Neutrophils",
    "neutrophils|neutrophil count|neutrophils absolute|absolute neutrophil count|neutrophile",
    LAB,
    unit("10⁹/L", COUNT, [0, 500], [1.5, 7.5], [0.1, 25]),
  ),
  quantity(
    "Lymphocytes",
    "lymphocytes|lymphocyte count|lymphocytes absolute|lymphozyten",
    LAB,
    unit("10⁹/L", COUNT, [0, 500], [1, 4], [0.1, 6]),
  ),
  quantity(
    "Monocytes",
    "monocytes|monocyte count|monocytes absolute|monozyten",
    LAB,
    unit("10⁹/L", COUNT, [0, 100], [0.2, 0.8], [0.05, 1.9]),
  ),
  quantity(
    "Eosinophils",
    "eosinophils|eosinophil count|eosinophils absolute|eosinophile",
    LAB,
    unit("10⁹/L", COUNT, [0, 100], upTo(0.5), [0.01, 0.9]),
  ),
  quantity(
    "Basophils",
    "basophils|basophil count|basophils absolute|basophile",
    LAB,
    unit("10⁹/L", COUNT, [0, 50], upTo(0.1), [0.005, 0.25]),
  ),
];

/** Birth and growth. */
export const perinatal: readonly Quantity[] = [
  quantity(
    "Birth year",
    "birth year|year of birth|yob|geburtsjahr",
    NONE,
    unit("year", "", [1880, 2100], undefined, [1880, 2060]),
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
    "blood loss|blutverlust|estimated blood loss",
    NONE,
    unit("mL", "ml", [0, 20_000], undefined, [0, 5000]),
  ),
];
