import type { Rng } from "../../../math/rng.ts";
import { SEPSIS, emergencies } from "../emergencies/emergencies.ts";
import { numbersOf } from "../emergencies/episode.ts";
import type { Episode } from "../emergencies/episode.ts";
import { noShift, shifted } from "../emergencies/shift.ts";
import type { Shift, Sign } from "../emergencies/shift.ts";
import { Rows } from "../simulating/rows.ts";
import type { Course } from "../simulating/stage.ts";
import { drawRule, PANELS } from "./icu-draws.ts";
import { LABS, VITALS, episodeAtAdmission, shared, usual } from "./icu-body.ts";
import { placeOf } from "./icu-patient.ts";
import { comaScale, noradrenalineRule, oxygenRule } from "./icu-support.ts";

const HOURS = 2 * 24;
const DECLINING = [
  "heart_rate",
  "sbp",
  "dbp",
  "spo2",
  "respiratory_rate",
  "gcs",
  "lactate",
] as const satisfies readonly Sign[];

/** The first 48 hours in intensive care, an hour a row; those who die leave with their last hour. */
export const icuCourse: Course = {
  name: "icu hours",
  prepare: ({ numbers }) => {
    const hour = icuHour(numbers);
    return (patients, rng) => {
      const death = patients.get("death_hour");
      const hours = Array.from(death, (at) => (Number.isNaN(at) ? HOURS : Math.min(HOURS, at)));
      const rows = new Rows(
        hours.reduce((sum, count) => sum + count, 0),
        patients.first,
      );
      const [patient, visit] = [rows.add("patient"), rows.add("visit")];
      let at = 0;
      for (const [i, count] of hours.entries())
        for (let k = 0; k < count; k++) {
          patient[at] = i;
          visit[at++] = k;
        }
      for (const name of patients.names) {
        const values = patients.get(name);
        rows.set(
          name,
          Float64Array.from(patient, (place) => values[place] as number),
        );
      }
      for (const name of ["hour", "sepsis"]) rows.add(name);
      let first = 0;
      for (const [i, count] of hours.entries()) {
        hour(patients, rows, i, first, count, rng);
        first += count;
      }
      return rows;
    };
  },
};

type Follow = (patients: Rows, rows: Rows, i: number, first: number, count: number, rng: Rng) => void;

function icuHour(numbers: Parameters<typeof emergencies>[0]): Follow {
  const of = numbersOf(numbers, "icu");
  const kinds = emergencies(numbers);
  const before = numbers.of("sepsis.before");
  const vitals = VITALS.map((sign) => [sign, of(`${sign}.within`), of(`${sign}.again`)] as const);
  const [within, again, pressures] = [of("lab.within"), of("lab.again"), of("pressures")];
  const pressor = noradrenalineRule(numbers);
  const [scale, oxygen, draws] = [comaScale(numbers), oxygenRule(numbers), drawRule(numbers)];
  const [sighs, slower, sedated] = [
    of("ventilated.spo2"),
    of("ventilated.respiratory_rate"),
    of("ventilated.gcs"),
  ];
  const onset = -Math.log(1 - of("sepsis.new")) / HOURS;
  const [tubed, freed, tubing] = [of("intubated"), of("extubated"), of("intubated.severity")];
  const declining = DECLINING.map((sign) => [sign, of(`decline.${sign}`)] as const);
  const declineHours = of("decline.hours");
  const lungs = placeOf("respiratory");

  return (patients, rows, i, first, count, rng) => {
    const value = (name: string): number => patients.get(name)[i] as number;
    const [severity, death, died] = [value("severity"), value("death_hour"), value("died_in_hospital") === 1];
    const base = new Map([...VITALS, ...LABS].map((sign) => [sign as Sign, value(usual(sign))]));
    const breathless = value("diagnosis") === lungs;
    let episode: Episode | undefined = episodeAtAdmission(kinds, before, patients, i);
    let septic = value("crisis") === SEPSIS;
    let [tube, dose] = [value("ventilated"), value("noradrenaline")];
    const wander = wanderFrom(patients, i, episode?.shift() ?? noShift(), base, tube, dose);
    const out = (name: string, row: number, is: number): void => {
      rows.get(name)[row] = is;
    };
    out("sepsis", first, septic ? 1 : 0);
    let seen = {
      map: 0,
      haemoglobin: value("haemoglobin"),
      potassium: value("potassium"),
      glucose: value("glucose"),
    };
    seen.map = meanOf(value("sbp"), value("dbp"));

    for (let hour = 1; hour < count; hour++) {
      const row = first + hour;
      out("hour", row, hour);
      episode?.next(seen, rng);
      if (episode === undefined && rng.uniform() < onset) {
        septic = true;
        episode = newSepsis(hour);
      } else if (septic && episode?.phase === "recovered") septic = false;
      tube = rng.uniform() < rate(tube) ? 1 - tube : tube;
      const shift: Shift = episode?.shift() ?? noShift();
      decline(shift, Number.isNaN(death) ? 0 : 1 - (death - hour) / declineHours);
      wanderOn(rng);
      for (const sign of [...VITALS, ...LABS]) out(sign, row, signAt(sign, shift));
      breathe(row, shift);
      support(row, seen.map);
      out("sepsis", row, septic ? 1 : 0);
      for (const panel of PANELS) out(`drawn_${panel}`, row, draws(panel, severity + (septic ? 1 : 0), rng));
      const [sbp, dbp] = [rows.get("sbp")[row] as number, rows.get("dbp")[row] as number];
      const lab = (name: string): number => rows.get(name)[row] as number;
      seen = {
        map: meanOf(sbp, dbp),
        haemoglobin: lab("haemoglobin"),
        potassium: lab("potassium"),
        glucose: lab("glucose"),
      };
    }

    function newSepsis(_hour: number): Episode | undefined {
      return kinds[SEPSIS]?.begin({
        severity: value("crisis_severity"),
        hours: 0,
        treatedAfter: 3,
        dies: died,
        usualHaemoglobin: value(usual("haemoglobin")),
      });
    }
    function rate(now: number): number {
      const tilt = tubing * severity;
      return now === 1 ? freed * Math.exp(-tilt) : tubed * Math.exp(tilt + (septic ? 1 : 0));
    }
    function decline(shift: Shift, share: number): void {
      if (share <= 0) return;
      for (const [sign, effect] of declining) shift[sign] += effect * share;
    }
    function wanderOn(stream: Rng): void {
      const together = stream.normal();
      for (const [sign, spread, keep] of vitals) {
        const noise =
          sign === "sbp" || sign === "dbp" ? shared(pressures, together, stream.normal()) : stream.normal();
        wander.set(sign, keep * (wander.get(sign) ?? 0) + Math.sqrt(1 - keep * keep) * spread * noise);
      }
      for (const sign of LABS)
        wander.set(
          sign,
          again * (wander.get(sign) ?? 0) + Math.sqrt(1 - again * again) * within * stream.normal(),
        );
    }
    function signAt(sign: (typeof VITALS)[number] | (typeof LABS)[number], shift: Shift): number {
      const is = shifted(sign, base.get(sign) as number, shift);
      const by = wander.get(sign) ?? 0;
      return isLab(sign) ? is * Math.exp(by) : is + by;
    }
    function breathe(row: number, shift: Shift): void {
      const [spo2, breaths] = [rows.get("spo2"), rows.get("respiratory_rate")];
      if (tube === 1) {
        spo2[row] = (spo2[row] as number) + sighs;
        breaths[row] = (breaths[row] as number) + slower;
      }
      out("ventilated", row, tube);
      out("gcs", row, scale(value("coma_depth") + sedated * tube) + shift.gcs);
      out("fio2", row, oxygen(tube === 1, breathless, spo2[row] as number, value("oxygen_need")));
    }
    function support(row: number, pressure: number): void {
      dose = pressor.next(dose, pressure);
      out("noradrenaline", row, dose);
      out("sbp", row, (rows.get("sbp")[row] as number) + pressor.sbp * dose);
      out("dbp", row, (rows.get("dbp")[row] as number) + pressor.dbp * dose);
    }
  };

  /** How far each sign is from what the patient's usual and the emergency make it, at admission. */
  function wanderFrom(
    patients: Rows,
    i: number,
    shift: Shift,
    base: ReadonlyMap<Sign, number>,
    tube: number,
    dose: number,
  ): Map<Sign, number> {
    const help = new Map<Sign, number>([
      ["sbp", pressor.sbp * dose],
      ["dbp", pressor.dbp * dose],
      ["spo2", sighs * tube],
      ["respiratory_rate", slower * tube],
    ]);
    return new Map(
      [...VITALS, ...LABS].map((sign) => {
        const is = patients.get(sign)[i] as number;
        const expected = shifted(sign, base.get(sign) as number, shift);
        return [sign, isLab(sign) ? Math.log(is / expected) : is - expected - (help.get(sign) ?? 0)];
      }),
    );
  }
}

const labs = new Set<Sign>(LABS);
const isLab = (sign: Sign): boolean => labs.has(sign);
const meanOf = (sbp: number, dbp: number): number => dbp + (sbp - dbp) / 3;
