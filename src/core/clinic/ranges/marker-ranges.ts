import { LAB, NONE, PERCENT, from, listed, unit, upTo } from "./clinical-quantity.ts";
import type { Quantity } from "./clinical-quantity.ts";

/** Markers, vitamins and clotting beyond the usual panel, and the hip. */
export const markers: readonly Quantity[] = [
  listed(
    "Ketones",
    "Joint British Diabetes Societies 2023: under 0.6 mmol/L",
    unit("mmol/L", "", [0, 35], upTo(0.6), [0, 12]),
  ),
  listed("Mean platelet volume", LAB, unit("fL", "", [3, 25], [7.5, 12.5], [5, 17])),
  listed("Interleukin-6", NONE, unit("pg/mL", "", [0, 1_000_000], undefined, [0.5, 5000])),
  listed(
    "Troponin I",
    NONE,
    unit("ng/L", "", [0, 1_000_000], undefined, [1, 50_000]),
    unit("ng/mL", "", [0, 1000], undefined, [0, 0.99]),
  ),
  listed("CK-MB", NONE, unit("U/L", "", [0, 20_000], undefined, [1, 2000]), unit("ng/mL", "", [0, 5000])),
  listed(
    "D-dimer",
    "ESC 2019, pulmonary embolism: under 500 ng/mL",
    unit("ng/mL", "feu ngmlfeu ugl", [0, 500_000], upTo(500), [51, 100_000]),
    unit("mg/L", "ugml mglfeu", [0, 500], upTo(0.5), [0.05, 50]),
  ),
  listed("Prothrombin share", LAB, unit("%", PERCENT, [1, 220], [70, 130], [15, 140])),
  listed(
    "Vitamin D",
    "Institute of Medicine 2011: at least 20 ng/mL",
    unit("ng/mL", "", [1, 400], from(20), [4, 40]),
    unit("nmol/L", "nmoll", [2, 1000], from(50), [40.1, 200]),
  ),
  listed(
    "Vitamin B12",
    LAB,
    unit("pg/mL", "", [20, 20_000], [200, 900], [100, 3000]),
    unit("pmol/L", "pmoll", [15, 15_000], [148, 664]),
  ),
  listed(
    "Iron",
    LAB,
    unit("µg/dL", "ugdl mcgdl gdl", [1, 2000], [50, 175], [41, 400]),
    unit("µmol/L", "", [0.2, 360], [9, 31], [2, 40]),
  ),
  listed("Cystatin C", LAB, unit("mg/L", "", [0.2, 15], [0.6, 1.1], [0.4, 6])),
  listed(
    "Hip",
    NONE,
    unit("cm", "", [30, 300], undefined, [60, 180]),
    unit("in", "in inch inches", [12, 118]),
  ),
];
