import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { leftAfterHour } from "./episode.ts";
import type { Emergency, Given, Onset, Phase, Seen } from "./episode.ts";
import { noShift } from "./shift.ts";
import type { Sign } from "./shift.ts";

const DRY = ["heart_rate", "sbp", "dbp", "creatinine", "urea", "lactate"] as const satisfies readonly Sign[];

/**
 * Diabetic ketoacidosis: ketones take bicarbonate, breathing answers, fluid is lost with glucose. Insulin lowers ketones by
 * the hour, glucose as far as 14 mmol/L and potassium below the usual.
 */
export function ketoacidosis(numbers: Numbers): Emergency {
  const of = numbersOf(numbers, "dka");
  const dry = DRY.map((sign) => [sign, of(sign)] as const);
  const [ketonesAtFirst, glucoseAtFirst, spread] = [of("ketones"), of("glucose"), of("spread")];
  const [ketonesFall, glucoseFall] = [of("ketones.fall") * of("ketones.slow"), of("glucose.fall")];
  const [low, over] = [of("glucose.low"), of("ketones.over")];
  const [high, floor] = [of("potassium"), of("potassium.floor")];
  const [potassiumLeft, glucoseLeft] = [
    leftAfterHour(of("potassium.delay")),
    leftAfterHour(of("glucose.delay")),
  ];
  const fluidLeft = leftAfterHour(of("fluid.delay"));
  const [bicarbonate, breathing, whiteCells] = [of("bicarbonate"), of("respiratory_rate"), of("white_cells")];
  const [gcs, gcsFrom] = [of("gcs"), of("gcs.from")];

  const begin = ({ severity, treatedAfter }: Onset) => {
    let ketones = ketonesAtFirst * Math.exp(spread * severity);
    let glucose = glucoseAtFirst * Math.exp(spread * severity);
    let potassium = high;
    let dryness = Math.exp(spread * severity);
    let hour = 0;
    let phase: Phase = "worsening";
    let given: Given = {};
    const next = (seen: Seen): void => {
      hour++;
      if (hour <= treatedAfter) return;
      const ended = ketones < over;
      const wanted = ended ? 0 : floor;
      ketones = Math.max(0, ketones - ketonesFall);
      glucose = seen.glucose > low ? Math.max(0, glucose - glucoseFall) : glucose * glucoseLeft;
      potassium = wanted + (potassium - wanted) * potassiumLeft;
      dryness *= fluidLeft;
      given = ended ? {} : { insulin: true, fluids: true };
      phase = ended ? "recovered" : "treated";
    };
    const shift = () => {
      const now = noShift();
      const lost = -bicarbonate * ketones;
      for (const [sign, effect] of dry) now[sign] = effect * dryness;
      now.ketones = ketones;
      now.glucose = glucose;
      now.potassium = potassium;
      now.bicarbonate = -lost;
      now.respiratory_rate = breathing * lost;
      now.gcs = gcs * Math.max(0, lost - gcsFrom);
      now.white_cells = whiteCells * dryness;
      return now;
    };
    return {
      next,
      shift,
      get phase() {
        return phase;
      },
      get given() {
        return given;
      },
    };
  };
  return { begin };
}

/** pH of blood by its bicarbonate (mmol/L) where breathing answers as it should (Winter); Henderson and Hasselbalch. */
export function bloodPh(numbers: Numbers): (bicarbonate: number) => number {
  const of = numbersOf(numbers, "gas");
  const [slope, intercept, pk, solubility] = [
    of("winter.slope"),
    of("winter.intercept"),
    of("pk"),
    of("solubility"),
  ];
  return (bicarbonate) => pk + Math.log10(bicarbonate / (solubility * (slope * bicarbonate + intercept)));
}
