import { keepWithin, leaveOut, writePressures } from "../emergencies/written-hours.ts";
import { numbersOf } from "../numbers/numbers.ts";
import type { Rows } from "../simulating/rows.ts";
import type { Stage } from "../simulating/stage.ts";
import { PANELS, PANEL_SIGNS } from "./icu-draws.ts";
import { sofa } from "./sofa.ts";

/** Makes whole numbers of vitals within what a living body shows, keeps pressures in order, and leaves out what was not drawn. */
const written: Stage = {
  name: "icu written",
  prepare: ({ numbers }) => {
    const of = numbersOf(numbers, "icu");
    const least = { sbp: of("least.sbp"), dbp: of("least.dbp"), pulse: of("least.pulse") };
    const bounds = [
      ["heart_rate", of("least.heart_rate"), of("most.heart_rate")],
      ["respiratory_rate", of("least.respiratory_rate"), 60],
      ["temperature", of("least.temperature"), of("most.temperature")],
      ["spo2", of("least.spo2"), 100],
      ["potassium", of("least.potassium"), 12],
      ["glucose", of("least.glucose"), 100],
      ["haemoglobin", of("least.haemoglobin"), 2 * 100],
      ["crp", 1, 1000],
      ["lactate", 1 / 10, of("most.lactate")],
      ["creatinine", of("least.creatinine"), of("most.creatinine")],
      ["platelets", of("least.platelets"), of("most.platelets")],
      ["white_cells", 1 / 10, of("most.white_cells")],
      ["gcs", of("least.gcs"), of("most.gcs")],
      ["fio2", of("fio2.room"), of("fio2.most")],
    ] as const;
    return (rows) => {
      keepWithin(rows, bounds);
      writePressures(rows, least);
      const [gcs, fio2, dose] = [rows.get("gcs"), rows.get("fio2"), rows.get("noradrenaline")];
      for (let i = 0; i < rows.count; i++) {
        gcs[i] = Math.round(gcs[i] as number);
        fio2[i] = Math.round(100 * (fio2[i] as number)) / 100;
        dose[i] = Math.round(100 * (dose[i] as number)) / 100;
      }
      for (const panel of PANELS) leaveOut(rows, panel, PANEL_SIGNS[panel]);
    };
  },
};

/** Mean pressure and SOFA as computed of what was written; labs that were not drawn are taken from the last draw. */
const computed: Stage = {
  name: "icu computed",
  prepare: ({ numbers }) => {
    const score = sofa(numbers);
    return (rows) => {
      const [map, total] = [rows.add("map"), rows.add("sofa")];
      const of = (name: string): Float64Array => rows.get(name);
      const [sbp, dbp, spo2, fio2] = [of("sbp"), of("dbp"), of("spo2"), of("fio2")];
      const [dose, gcs] = [of("noradrenaline"), of("gcs")];
      const [platelets, creatinine] = [lastDrawn(rows, "platelets"), lastDrawn(rows, "creatinine")];
      for (let i = 0; i < rows.count; i++) {
        const [high, low] = [sbp[i] as number, dbp[i] as number];
        map[i] = Math.round(low + (high - low) / 3);
        total[i] = score({
          spo2: Math.round(spo2[i] as number),
          fio2: fio2[i] as number,
          platelets: Math.round(platelets(i)),
          map: map[i] as number,
          noradrenaline: dose[i] as number,
          gcs: gcs[i] as number,
          creatinine: Math.round(creatinine(i)),
        });
      }
    };
  },
};

/** Row by row in order: the value of the row, or the last of the same patient before it. */
function lastDrawn(rows: Rows, name: string): (row: number) => number {
  const values = rows.get(name);
  const patient = rows.has("patient") ? rows.get("patient") : undefined;
  let [last, whose] = [NaN, -1];
  return (row) => {
    const who = patient?.[row] ?? row;
    if (who !== whose) last = NaN;
    whose = who;
    const value = values[row] as number;
    if (!Number.isNaN(value)) last = value;
    return last;
  };
}

/** What was written in intensive care, of patients and of hours. */
export const icuRecording: readonly Stage[] = [written, computed];
