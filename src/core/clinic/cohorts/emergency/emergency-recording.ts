import { bloodPh } from "../emergencies/ketoacidosis.ts";
import { keepWithin, leaveOut, writePressures } from "../emergencies/written-hours.ts";
import { numbersOf } from "../numbers/numbers.ts";
import type { Stage } from "../simulating/stage.ts";

const PANELS = {
  blood: ["glucose", "potassium", "creatinine", "urea", "haemoglobin", "white_cells", "ecg_change"],
  crp: ["crp"],
  gas: ["bicarbonate", "ph", "lactate"],
  ketones: ["ketones"],
} as const;

/** Adds what is read of true values before devices err: pH by bicarbonate, and changes of the electrocardiogram. */
export const readings: Stage = {
  name: "emergency readings",
  prepare: ({ numbers }) => {
    const [ph, spread] = [bloodPh(numbers), numbers.of("gas.spread")];
    const of = numbersOf(numbers, "ed.ecg");
    const [middle, slope] = [of("middle"), of("slope")];
    return (rows) => {
      const [acid, change, emergency] = [rows.add("ph"), rows.add("ecg_change"), rows.add("emergency")];
      const [bicarbonate, potassium] = [rows.get("bicarbonate"), rows.get("potassium")];
      const breathing = rows.get("gas_own");
      const [reader, calcium, crisis] = [rows.get("ecg_reader"), rows.get("calcium"), rows.get("crisis")];
      for (let i = 0; i < rows.count; i++) {
        acid[i] = ph(Math.max(1, bicarbonate[i] as number)) + spread * (breathing[i] as number);
        const at = slope * ((potassium[i] as number) - middle);
        change[i] = calcium[i] === 0 && at > (reader[i] as number) ? 1 : 0;
        emergency[i] = crisis[i] as number;
      }
    };
  },
};

/**
 * How each patient breathes beside what acid asks for (`gas_own`, standard normal), what each one's electrocardiogram takes to
 * show potassium (`ecg_reader`, logistic), and that nobody had `calcium` yet.
 */
export const electrocardiogram: Stage = {
  name: "electrocardiogram",
  prepare: () => (rows, rng) => {
    const [reader, own] = [rows.add("ecg_reader"), rows.add("gas_own"), rows.add("calcium")];
    for (let i = 0; i < rows.count; i++) {
      const u = rng.uniform();
      own[i] = rng.normal();
      reader[i] = Math.log((u + 1 / 1000) / (1 + 1 / 1000 - u));
    }
  },
};

/** Keeps what is written within what a living body shows and pressures in order, and leaves out what was not measured. */
export const writtenInDepartment: Stage = {
  name: "emergency written",
  prepare: ({ numbers }) => {
    const of = numbersOf(numbers, "icu");
    const least = { sbp: of("least.sbp"), dbp: of("least.dbp"), pulse: of("least.pulse") };
    const bounds = [
      ["heart_rate", of("least.heart_rate"), 2 * 100 + 10],
      ["respiratory_rate", of("least.respiratory_rate"), 100],
      ["temperature", of("least.temperature"), of("most.temperature")],
      ["spo2", of("least.spo2"), 100],
      ["potassium", of("least.potassium"), 12],
      ["glucose", of("least.glucose"), 100],
      ["haemoglobin", of("least.haemoglobin"), 2 * 100],
      ["crp", 1 / 10, 1000],
      ["lactate", 1 / 10, of("most.lactate")],
      ["creatinine", 1, of("most.creatinine")],
      ["urea", 1 / 2, 100],
      ["ketones", 0, 24],
      ["gcs", of("least.gcs"), of("most.gcs")],
      ["bicarbonate", 1, 60],
    ] as const;
    return (rows) => {
      keepWithin(rows, bounds);
      writePressures(rows, least);
      for (const [panel, signs] of Object.entries(PANELS)) leaveOut(rows, panel, signs);
    };
  },
};
