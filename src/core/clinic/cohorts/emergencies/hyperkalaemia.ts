import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { leftAfterHour } from "./episode.ts";
import type { Emergency, Given, Onset, Phase, Seen } from "./episode.ts";
import { noShift } from "./shift.ts";

/**
 * Hyperkalaemia of failing kidneys: potassium slows the heart until calcium shields it; insulin with glucose and salbutamol
 * move potassium into cells, from where it comes back within hours, while kidneys, binders or dialysis take it away slowly.
 */
export function hyperkalaemia(numbers: Numbers): Emergency {
  const of = numbersOf(numbers, "hyperkalaemia");
  const [atFirst, spread, rise, removal] = [of("potassium"), of("spread"), of("rise"), of("removal")];
  const [insulin, salbutamol, sugar] = [of("insulin"), of("salbutamol"), of("glucose")];
  const [severe, moderate, again] = [of("severe"), of("moderate"), of("again")];
  const left = leftAfterHour(of("stay"));
  const [heart, pressure, salbutamolHeart] = [of("heart_rate"), of("sbp"), of("salbutamol.heart_rate")];
  const [creatinine, urea, bicarbonate] = [of("creatinine"), of("urea"), of("bicarbonate")];
  const breathing = of("respiratory_rate");

  const begin = ({ severity, treatedAfter }: Onset) => {
    let held = atFirst * Math.exp(spread * severity);
    let moved = 0;
    let [hour, last] = [0, -Infinity];
    let kidneys = 1;
    let phase: Phase = "worsening";
    let given: Given = {};
    /** what the heart feels: potassium beyond severe, of a patient whose usual potassium is in the middle */
    const felt = (): number => (given.calcium === true ? 0 : Math.max(0, held + moved - atFirst));
    const next = (seen: Seen): void => {
      hour++;
      moved *= left;
      if (hour <= treatedAfter) {
        held += rise;
        return;
      }
      held = Math.max(0, held + removal);
      const now = seen.potassium >= severe && hour - last >= again;
      if (now) {
        moved += insulin + salbutamol;
        last = hour;
      }
      given = now ? { calcium: true, insulin: true } : {};
      kidneys *= leftAfterHour(again * 12);
      phase = seen.potassium < moderate ? "recovered" : "treated";
    };
    const shift = () => {
      const now = noShift();
      now.potassium = held + moved;
      now.heart_rate = heart * felt() + (given.insulin === true ? salbutamolHeart : 0);
      now.sbp = pressure * felt();
      now.glucose = given.insulin === true ? sugar : 0;
      now.creatinine = creatinine * kidneys;
      now.urea = urea * kidneys;
      now.bicarbonate = bicarbonate * kidneys;
      now.respiratory_rate = breathing * kidneys;
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
