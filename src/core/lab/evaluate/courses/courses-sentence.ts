import { impossibleCourses } from "../../../metrics/clinical/visits/impossible-courses.ts";
import { c2stPatients } from "../../../metrics/fidelity/visits/c2st-patients.ts";
import type { Metric } from "../../../metrics/metric.ts";
import type { CoursesComparison, Report } from "../../../report/report.ts";
import { plural } from "../../../words/numbers.ts";
import type { Compared } from "./compare-courses.ts";

const joined = new Intl.ListFormat("en-GB", { type: "conjunction" });
const MOST_NAMED = 2;
/** Of parts that are alike, about so many differ by half as much again as samples do on average. */
const MOST_BY_CHANCE = 0.2;

/** The comparison with the measures that are about courses, and one sentence on all of it. */
export function concludedCourses(
  compared: Compared,
  rows: Report["metrics"],
  metrics: readonly Metric[],
): CoursesComparison {
  const about = new Set(metrics.flatMap(({ id, about: what }) => (what === "courses" ? [id] : [])));
  const measured = rows.filter(({ info }) => about.has(info.id));
  const parts = [lookWords(compared), toldApart(measured), impossible(measured)];
  return {
    ...compared,
    measures: measured.map(({ info }) => info.id),
    sentence: `${parts.filter((part) => part !== undefined).join("; ")}.`,
  };
}

/** Whether bands and steps lie within sampling noise, and which do not. */
function lookWords({ numbers, steps }: Compared): string {
  const all = [...numbers, ...steps].filter(({ verdict }) => verdict !== "cannot-tell");
  if (all.length === 0) return "Too few visits to compare courses";
  const off = all.filter(({ verdict }) => verdict !== "good").toSorted((a, b) => b.noise - a.noise);
  if (off.length === 0) return "Courses look right";
  const named = off.slice(0, MOST_NAMED).map(({ name }) => name);
  const rest = off.length - named.length;
  const names = joined.format(rest > 0 ? [...named, plural(rest, "other")] : named);
  const much = off.some(({ verdict }) => verdict === "much-worse");
  const share = off.length / all.length;
  if (!much && share <= MOST_BY_CHANCE) return `Courses look right but for ${names}`;
  return `Courses of ${names} differ from real ones`;
}

function toldApart(rows: Report["metrics"]): string | undefined {
  const row = rows.find(({ info }) => info.id === c2stPatients.id);
  if (row?.result.status !== "ok") return undefined;
  if (/worse/u.test(row.result.verdict)) return "whole patients can still be told from real ones";
  return row.result.verdict === "good"
    ? "whole patients cannot be told from real ones"
    : "whether whole patients can be told from real ones cannot be said";
}

function impossible(rows: Report["metrics"]): string | undefined {
  const row = rows.find(({ info }) => info.id === impossibleCourses.id);
  if (row?.result.status !== "ok") return undefined;
  return row.result.value === 0 && row.result.verdict === "good"
    ? "no visit stands in an impossible order"
    : undefined;
}
