import { GDL, GL, LAB, MGDL, MMOL, PERCENT, listed, unit } from "./clinical-quantity.ts";
import type { Quantity } from "./clinical-quantity.ts";

/** Blood counts and clotting. */
export const bloodCounts: readonly Quantity[] = [
  listed(
    "Haemoglobin",
    LAB,
    unit("g/dL", GDL, [1, 28], [12, 17.5], [4, 21]),
    unit("g/L", GL, [10, 280], [120, 175], [40, 210]),
    unit("mmol/L", MMOL, [0.6, 17.5], [7.4, 10.9]),
  ),
  listed(
    "Haematocrit",
    LAB,
    unit("%", PERCENT, [4, 80], [36, 50], [12, 70]),
    unit("L/L", "ll", [0.04, 0.8], [0.36, 0.5], [0.12, 0.7]),
  ),
  listed("Red cells", LAB, unit("10¹²/L", "millionsul millionsmm3", [0.3, 12], [3.9, 5.9], [1.5, 9])),
  listed("Cell volume", LAB, unit("fL", "fl", [40, 170], [80, 100], [55, 130])),
  listed(
    "White cells",
    LAB,
    unit("10⁹/L", "109l gptl kul thsdul nl", [0, 1000], [4, 11], [0.3, 100]),
    unit("per µL", "ul permicroliter cellsul", [0, 1_000_000], [4000, 11_000], [300, 100_000]),
  ),
  listed(
    "Platelets",
    LAB,
    unit("10⁹/L", "109l gptl kul thsdul nl", [0, 6000], [150, 400], [5, 1200]),
    unit("per µL", "ul permicroliter", [0, 6_000_000], [150_000, 400_000], [5000, 1_200_000]),
  ),
  listed("INR", LAB, unit("ratio", "", [0.3, 30], [0.8, 1.2], [0.7, 8])),
  listed("Prothrombin time", LAB, unit("s", "s sec secs seconds sekunden", [5, 250], [9.5, 13.5], [8, 60])),
  listed(
    "Partial thromboplastin time",
    LAB,
    unit("s", "s sec secs seconds sekunden", [10, 300], [25, 38], [18, 120]),
  ),
  listed(
    "Fibrinogen",
    LAB,
    unit("g/L", GL, [0.05, 25], [2, 4], [0.5, 12]),
    unit("mg/dL", MGDL, [5, 2500], [200, 400], [50, 1200]),
  ),
  listed("Ferritin", LAB, unit("ng/mL", "ngml ugl", [0.5, 200_000], [15, 300], [2, 10_000])),
];
