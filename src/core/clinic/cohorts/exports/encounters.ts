import { DAY, HOUR } from "../simulating/calendar.ts";
import type { Coding } from "./codes.ts";
import type { Visit, VisitBlock } from "./visit-block.ts";

const ACT = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
const AMBULATORY: Coding = { system: ACT, code: "AMB", display: "ambulatory" };
const EMERGENCY: Coding = { system: ACT, code: "EMER", display: "emergency" };
const INPATIENT: Coding = { system: ACT, code: "IMP", display: "inpatient encounter" };

/** What the rows of a cohort are, unless a row says it itself. */
const OF_COHORT: Readonly<Record<string, Coding>> = {
  icu: INPATIENT,
  "heart-failure": INPATIENT,
  emergency: EMERGENCY,
};

/** Cells of `visit_kind`. */
const OF_KIND: Readonly<Record<string, Coding>> = {
  Admission: INPATIENT,
  Readmission: INPATIENT,
  "Planned visit": AMBULATORY,
  "Emergency visit": EMERGENCY,
};

/** A stay or a visit: of hourly rows one for all of a patient's. */
export interface Encounter {
  readonly visit: Visit;
  readonly act: Coding;
  /** milliseconds since 1970; undefined where the rows do not say it */
  readonly end: number | undefined;
}

/** The encounters of a block, in its order. */
export function* encountersIn({ visits, cell }: VisitBlock, cohort: string): Generator<Encounter> {
  for (const [i, visit] of visits.entries()) {
    if (visit.hourly && !visit.first) continue;
    const act = OF_KIND[cell("visit_kind", visit.row)] ?? OF_COHORT[cohort] ?? AMBULATORY;
    yield { visit, act, end: visit.hourly ? lastHour(visits, i) : stayEnd(visit, cell) };
  }
}

/** The end of the last hour of the patient whose first row is at place `from`. */
function lastHour(visits: readonly Visit[], from: number): number {
  let at = from;
  while (visits[at + 1]?.first === false) at++;
  return (visits[at] as Visit).time + HOUR;
}

/** Of the first stay, which alone has a length. */
function stayEnd({ first, row, time }: Visit, cell: VisitBlock["cell"]): number | undefined {
  const days = first ? cell("los_days", row) : "";
  return days === "" ? undefined : time + Number(days) * DAY;
}
