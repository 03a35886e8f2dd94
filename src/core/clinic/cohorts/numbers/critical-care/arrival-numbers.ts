import { sourced } from "../sourced-number.ts";
import type { SourcedNumber } from "../sourced-number.ts";

/** When people arrive at an emergency department, by hour of the day. */
export const arrivalNumbers: readonly SourcedNumber[] = sourced(
  {
    measure: "share",
    unit: "1",
    population: "attendances at accident and emergency departments, England, March 2012 to February 2013",
    source: "hscic-2013",
    how: "calibrated",
    note: "close to 60% arrive from 9.00 to 18.00, most between 10.00 and 12.00; hours between follow a smooth course",
    range: [0, 1],
  },
  [
    ["ed.arrival.0", "Arrive from 0:00 to 0:59", 0.021],
    ["ed.arrival.1", "Arrive from 1:00 to 1:59", 0.017],
    ["ed.arrival.2", "Arrive from 2:00 to 2:59", 0.014],
    ["ed.arrival.3", "Arrive from 3:00 to 3:59", 0.012],
    ["ed.arrival.4", "Arrive from 4:00 to 4:59", 0.011],
    ["ed.arrival.5", "Arrive from 5:00 to 5:59", 0.011],
    ["ed.arrival.6", "Arrive from 6:00 to 6:59", 0.014],
    ["ed.arrival.7", "Arrive from 7:00 to 7:59", 0.02],
    ["ed.arrival.8", "Arrive from 8:00 to 8:59", 0.032],
    ["ed.arrival.9", "Arrive from 9:00 to 9:59", 0.066],
    ["ed.arrival.10", "Arrive from 10:00 to 10:59", 0.073],
    ["ed.arrival.11", "Arrive from 11:00 to 11:59", 0.073],
    ["ed.arrival.12", "Arrive from 12:00 to 12:59", 0.068],
    ["ed.arrival.13", "Arrive from 13:00 to 13:59", 0.066],
    ["ed.arrival.14", "Arrive from 14:00 to 14:59", 0.065],
    ["ed.arrival.15", "Arrive from 15:00 to 15:59", 0.064],
    ["ed.arrival.16", "Arrive from 16:00 to 16:59", 0.064],
    ["ed.arrival.17", "Arrive from 17:00 to 17:59", 0.061],
    ["ed.arrival.18", "Arrive from 18:00 to 18:59", 0.056],
    ["ed.arrival.19", "Arrive from 19:00 to 19:59", 0.051],
    ["ed.arrival.20", "Arrive from 20:00 to 20:59", 0.044],
    ["ed.arrival.21", "Arrive from 21:00 to 21:59", 0.038],
    ["ed.arrival.22", "Arrive from 22:00 to 22:59", 0.033],
    ["ed.arrival.23", "Arrive from 23:00 to 23:59", 0.026],
  ],
);
