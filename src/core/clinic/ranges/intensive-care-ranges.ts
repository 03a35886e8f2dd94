import { LAB, NONE, PERCENT, listed, unit, from, upTo } from "./clinical-quantity.ts";
import type { Quantity } from "./clinical-quantity.ts";

const GCS = "Teasdale and Jennett 1974";

/** What is watched in intensive care: ventilation, blood gases, consciousness, urine. */
export const intensiveCare: readonly Quantity[] = [
  listed(
    "Inspired oxygen",
    NONE,
    unit("%", PERCENT, [15, 100], undefined, [18, 100]),
    unit("share", "fraction", [0.15, 1], undefined, [0.18, 1]),
  ),
  listed("PEEP", NONE, unit("cmH₂O", "", [0, 50], undefined, [2, 20])),
  listed("Tidal volume", NONE, unit("mL", "", [10, 2500], undefined, [150, 900])),
  listed(
    "Oxygen pressure to inspired oxygen",
    "Berlin definition of ARDS 2012: over 300 mmHg is no ARDS",
    unit("mmHg", "mmhg", [15, 800], from(300), [60, 600]),
  ),
  listed("Oxygen flow", NONE, unit("L/min", "", [0, 100], undefined, [0.5, 60])),
  listed("Base excess", LAB, unit("mmol/L", "", [-45, 45], [-3, 3], [-20, 20])),
  listed("Anion gap", LAB, unit("mmol/L", "", [-15, 75], [7, 16], [4, 35])),
  listed(
    "Ionised calcium",
    LAB,
    unit("mmol/L", "", [0.2, 4], [1.12, 1.32], [0.6, 2]),
    unit("mg/dL", "", [0.8, 16], [4.5, 5.3], [2.4, 8]),
  ),
  listed(
    "Ketones",
    "Joint British Diabetes Societies 2023: under 0.6 mmol/L",
    unit("mmol/L", "", [0, 35], upTo(0.6), [0, 12]),
  ),
  listed("GCS eyes", GCS, unit("points", "", [1, 4], [4, 4], [1, 4])),
  listed("GCS verbal", GCS, unit("points", "", [1, 5], [5, 5], [1, 5])),
  listed("GCS motor", GCS, unit("points", "", [1, 6], [6, 6], [1, 6])),
  listed(
    "Urine output",
    NONE,
    unit("mL", "", [0, 20_000], undefined, [20, 6000]),
    unit("mL/h", "", [0, 3000]),
  ),
  listed("Central venous pressure", NONE, unit("mmHg", "mmhg", [-10, 60], undefined, [1, 30])),
  listed("Ammonia", LAB, unit("µmol/L", "", [1, 3000], [11, 51], [5, 500])),
  listed("Osmolality", LAB, unit("mOsm/kg", "", [170, 550], [275, 295], [230, 420])),
];
