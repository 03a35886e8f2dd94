import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { leftAfterHour } from "./episode.ts";
import type { Emergency, Given, Onset, Phase } from "./episode.ts";
import { noShift } from "./shift.ts";
import type { Sign } from "./shift.ts";

const AT_ONCE = [
  "heart_rate",
  "respiratory_rate",
  "temperature",
  "spo2",
  "gcs",
  "lactate",
  "white_cells",
  "bicarbonate",
] as const satisfies readonly Sign[];
const ORGANS = ["creatinine", "urea", "platelets"] as const satisfies readonly Sign[];

/**
 * Sepsis: one drive moves temperature, heart rate, breathing, pressure and lactate within hours; C-reactive protein, kidneys
 * and platelets follow within a day. Untreated it grows; antibiotics halve it again and again, far slower in those who die.
 */
export function sepsis(numbers: Numbers): Emergency {
  const of = numbersOf(numbers, "sepsis");
  const atOnce = AT_ONCE.map((sign) => [sign, of(sign)] as const);
  const organs = ORGANS.map((sign) => [sign, of(sign)] as const);
  const [sbp, dbp, crp, most] = [of("sbp"), of("dbp"), of("crp"), of("most")];
  const [crpDelay, organDelay, delay] = [of("crp.delay"), of("organ.delay"), of("delay")];
  const [spread, worsening] = [of("spread"), of("worsening")];
  const [healing, failing] = [0.5 ** (1 / of("half-life")), 0.5 ** (1 / of("half-life.dying"))];
  const [fluidHours, fluidEffect] = [of("fluid.hours"), of("fluid.effect")];
  const fluidLeft = leftAfterHour(of("fluid.stay"));
  const before = (hours: number, constant: number): number => 1 - Math.exp(-hours / constant);

  const begin = ({ severity, hours, treatedAfter, dies }: Onset) => {
    let full = Math.min(most, Math.exp(spread * severity));
    let drive = full * before(hours, delay);
    let inflamed = full * before(hours, crpDelay);
    let organsHurt = full * before(hours, organDelay);
    let [hour, fluids] = [0, 0];
    let phase: Phase = "worsening";
    let given: Given = {};
    const next = (): void => {
      hour++;
      const treated = hour > treatedAfter;
      full = treated ? full * (dies ? failing : healing) : Math.min(most, full * (1 + worsening));
      drive += (full - drive) * before(1, delay);
      inflamed += (drive - inflamed) * before(1, crpDelay);
      organsHurt += (drive - organsHurt) * before(1, organDelay);
      const running = treated && hour <= treatedAfter + fluidHours;
      fluids = fluids * fluidLeft + (running ? 1 / fluidHours : 0);
      given = treated ? { antibiotics: true, fluids: running } : {};
      phase = !treated ? "worsening" : drive < 1 / 10 ? "recovered" : "treated";
    };
    const shift = () => {
      const now = noShift();
      for (const [sign, effect] of atOnce) now[sign] = effect * drive;
      for (const [sign, effect] of organs) now[sign] = effect * organsHurt;
      now.crp = crp * inflamed;
      now.sbp = sbp * drive * (1 - fluidEffect * fluids);
      now.dbp = dbp * drive * (1 - fluidEffect * fluids);
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
