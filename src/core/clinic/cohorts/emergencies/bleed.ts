import type { Rng } from "../../../math/rng.ts";
import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { leftAfterHour } from "./episode.ts";
import type { Emergency, Given, Onset, Phase, Seen } from "./episode.ts";
import { noShift } from "./shift.ts";

/**
 * Upper gastrointestinal bleeding: the pulse rises and pressure falls with the volume that is missing, at once; haemoglobin
 * falls only as fluid takes its place; urea rises with the blood that is digested. A unit of red cells is 10 g/L.
 * In those who die of it only half of what is lost is ever replaced.
 */
export function bleed(numbers: Numbers): Emergency {
  const of = numbersOf(numbers, "bleed");
  const [atFirst, spread, fatal, rate, stops] = [
    of("lost"),
    of("spread"),
    of("fatal"),
    of("rate"),
    of("stops"),
  ];
  const [transfuse, unit, units] = [of("transfuse"), of("unit"), of("units")];
  const [slow, fast, ureaDelay] = [of("dilution"), of("dilution.fluids"), of("urea.delay")];
  const [endoscopy, spared] = [of("endoscopy"), of("spared")];
  const againRate = -Math.log(1 - of("again")) / of("hours");
  const [heart, breathing, sbp, dbp] = [of("heart_rate"), of("respiratory_rate"), of("sbp"), of("dbp")];
  const [lactate, urea, before] = [of("lactate"), of("urea"), of("before")];

  const begin = ({ severity, treatedAfter, dies, hours, usualHaemoglobin }: Onset) => {
    let lost = Math.min(fatal, atFirst * Math.exp(spread * severity));
    let diluted = lost * (1 - Math.exp(-Math.min(hours, before) / slow));
    let digested = lost * (1 - Math.exp(-Math.min(hours, before) / ureaDelay));
    let [hour, transfused] = [0, 0];
    let bleeding = true;
    let phase: Phase = "worsening";
    let given: Given = {};
    const next = (seen: Seen, rng: Rng): void => {
      hour++;
      const treated = hour > treatedAfter;
      const scoped = hour === Math.ceil(treatedAfter + endoscopy);
      if (bleeding ? scoped || rng.uniform() < stops : rng.uniform() < againRate) bleeding = !bleeding;
      if (dies) bleeding = true;
      if (bleeding) lost = Math.min(fatal, lost + rate);
      const pace = 1 - leftAfterHour(treated ? fast : slow);
      diluted += Math.max(0, (dies ? lost / 2 : lost) - diluted) * pace;
      digested += (lost - digested) * (1 - leftAfterHour(ureaDelay));
      const cells = treated && seen.haemoglobin < transfuse ? units : 0;
      transfused += cells * unit;
      given = treated ? { fluids: diluted < lost - rate / 2, redCells: cells, endoscopy: scoped } : {};
      phase = !treated || bleeding ? "worsening" : missing() < rate ? "recovered" : "treated";
    };
    /** volume that nothing has replaced yet, as a share of the blood */
    const missing = (): number => Math.max(0, lost - diluted);
    const shift = () => {
      const now = noShift();
      const short = Math.max(0, missing() - spared);
      now.heart_rate = heart * missing();
      now.respiratory_rate = breathing * missing();
      now.sbp = sbp * short;
      now.dbp = dbp * short;
      now.lactate = lactate * missing();
      now.urea = urea * digested;
      now.haemoglobin = transfused - usualHaemoglobin * diluted;
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
