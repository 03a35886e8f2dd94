import type { Report } from "../../report/report.ts";
import type { Family } from "../../metrics/metric.ts";
import { LEAST_HELD_OUT } from "../../metrics/measuring/least-rows.ts";
import { withPatients } from "../../table/split.ts";
import type { Table } from "../../table/table.ts";
import { patientsOf } from "../../metrics/measuring/patients.ts";

const NAMES: Readonly<Record<Family, string>> = {
  fidelity: "fidelity",
  utility: "utility",
  privacy: "privacy",
  fairness: "fairness",
  clinical: "clinical plausibility",
};
const families = Object.keys(NAMES) as Family[];

type Counted = Parameters<typeof patientsOf>[0];

const words = new Intl.ListFormat("en-GB");

/** The sides that cannot be told with so many held-out patients. */
export const sidesNotTold = (heldOut: number): Family[] =>
  families.filter((family) => heldOut < LEAST_HELD_OUT[family]);

/**
 * "Not measurable with 100 patients: fidelity and privacy."; undefined where every side is, or nobody was held out. A side of
 * which a measure is worse all the same is told.
 * @param rows the measures as judged
 */
export function notMeasurable(
  { train, holdout }: Record<"train" | "holdout", Counted>,
  rows: Report["metrics"] = [],
): string | undefined {
  const [learned, held] = [patientsOf(train), patientsOf(holdout)];
  const told = new Set(rows.filter(isAlarm).map(({ info }) => info.family));
  const sides = held > 0 ? sidesNotTold(held).filter((side) => !told.has(side)) : [];
  if (sides.length === 0) return undefined;
  const all = (learned + held).toLocaleString("en-US");
  return `Not measurable with ${all} patients: ${words.format(sides.map((side) => NAMES[side]))}.`;
}

const isAlarm = ({ info, result }: Report["metrics"][number]): boolean =>
  info.scored && result.status === "ok" && /worse/u.test(result.verdict);

/**
 * What a person should know before training: which sides of the evaluation so few patients cannot tell, and how many would.
 * @param share of the patients that is held out
 */
export function beforeTraining(table: Table, share: number): string | undefined {
  const patients = patientsOf(table.patients ? table : withPatients(table));
  const heldOut = Math.round(share * patients);
  const sides = share > 0 ? sidesNotTold(heldOut) : [];
  if (sides.length === 0) return undefined;
  const needed = Math.ceil(Math.max(...sides.map((side) => LEAST_HELD_OUT[side])) / share);
  return (
    `With ${patients.toLocaleString("en-US")} patients, about ${heldOut} of them held out, the evaluation cannot tell ` +
    `${words.format(sides.map((side) => NAMES[side]))}; that takes about ${needed.toLocaleString("en-US")} patients.`
  );
}
