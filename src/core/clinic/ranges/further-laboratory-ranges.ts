import { LAB, NONE, PERCENT, from, listed, unit, upTo } from "./clinical-quantity.ts";
import type { Quantity } from "./clinical-quantity.ts";

/** A kind of white cell, as its number or its share of all. */
const whiteCells = (
  name: string,
  share: readonly [number, number],
  count: readonly [number, number],
  typical: { share: readonly [number, number]; count: readonly [number, number] },
): Quantity =>
  listed(
    name,
    LAB,
    unit("10⁹/L", "", [0, 1000], count, typical.count),
    unit("%", PERCENT, [0, 100], share, typical.share),
    unit("per µL", "", [0, 1_000_000], [1000 * count[0], 1000 * count[1]], [105, 100_000]),
  );

/** Laboratory quantities beyond the usual panel. */
export const furtherLaboratory: readonly Quantity[] = [
  whiteCells("Neutrophils", [40, 75], [2, 7.5], { share: [20.1, 98], count: [0.1, 20] }),
  whiteCells("Lymphocytes", [20, 45], [1, 4], { share: [5.1, 90], count: [0.1, 5] }),
  whiteCells("Monocytes", [2, 10], [0.2, 1], { share: [2.1, 40], count: [0.05, 2] }),
  whiteCells("Eosinophils", upTo(6), upTo(0.5), { share: [0.81, 40], count: [0, 0.8] }),
  listed("Cell haemoglobin", LAB, unit("pg", "", [8, 60], [27, 33], [18, 45])),
  listed(
    "Cell haemoglobin concentration",
    LAB,
    unit("g/dL", "percent pct", [15, 50], [32, 36], [25, 42]),
    unit("g/L", "", [150, 500], [320, 360], [250, 420]),
  ),
  listed("Red cell width", LAB, unit("%", PERCENT, [5, 45], [11.5, 14.5], [9, 30])),
  listed("Mean platelet volume", LAB, unit("fL", "", [3, 25], [7.5, 12.5], [5, 17])),
  listed("Sedimentation rate", LAB, unit("mm/h", "", [0, 200], [0, 30], [1, 140])),
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
    "Direct bilirubin",
    LAB,
    unit("mg/dL", "", [0, 60], upTo(0.3), [0.01, 1.4]),
    unit("µmol/L", "", [0, 1030], upTo(5), [1.41, 300]),
  ),
  listed("Lipase", LAB, unit("U/L", "", [0, 100_000], upTo(60), [3, 5000])),
  listed("Amylase", LAB, unit("U/L", "", [0, 100_000], upTo(110), [5, 5000])),
  listed(
    "Free T4",
    LAB,
    unit("ng/dL", "ngdl", [0.02, 20], [0.8, 1.8], [0.3, 5]),
    unit("pmol/L", "pmoll", [0.3, 260], [10, 23], [5.1, 60]),
  ),
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
