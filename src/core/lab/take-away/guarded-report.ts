import type { Detail } from "../../metrics/metric.ts";
import type { IncidenceComparison, MapComparison, Report } from "../../report/report.ts";
import { guardedItem } from "../reading-list.ts";
import { isSmall } from "../small-cells.ts";
import { guardedCourses } from "./guarded-courses.ts";

/** Why a group's figures are left out. */
export const TOO_FEW = "It has fewer than 5 patients.";

/**
 * The report as it may be written into a file for others. Metrics leave out groups of 1 to 4 patients already; here is
 * the second wall: such points, groups and rates go (a rate becomes NaN), whatever a metric did. Only the parts that are
 * named here are taken over, so that what is added to a report later is not shared by accident.
 */
export function guardedReport(report: Report): Report {
  const {
    version,
    run,
    shape,
    target,
    axes,
    risk,
    metrics,
    columns,
    correlations,
    map,
    courses,
    incidence,
    reading,
    headline,
    caveat,
    findings,
    notMeasured,
    tables,
    claimed,
    pending,
    notes,
  } = report;
  return {
    version,
    run,
    shape,
    ...(target === undefined ? {} : { target }),
    axes,
    ...(risk === undefined ? {} : { risk }),
    metrics: metrics.map(({ info, result, seconds }) => ({
      info,
      seconds,
      result:
        result.status === "ok" && result.detail !== undefined
          ? { ...result, detail: guardedDetail(result.detail) }
          : result,
    })),
    columns,
    correlations,
    ...(map === undefined ? {} : { map: guardedMap(map, shape.train) }),
    ...(courses === undefined ? {} : { courses: guardedCourses(courses) }),
    ...(incidence === undefined ? {} : { incidence: guardedIncidence(incidence) }),
    ...(reading === undefined ? {} : { reading: reading.map(guardedItem) }),
    headline,
    ...(caveat === undefined ? {} : { caveat }),
    findings,
    notMeasured,
    ...(tables === undefined ? {} : { tables }),
    ...(claimed === undefined ? {} : { claimed }),
    ...(pending === undefined ? {} : { pending }),
    notes,
  };
}

const guardedMap = ({ maps }: MapComparison, rows: number): MapComparison => ({
  maps: maps.map((map) => ({
    ...map,
    cells: map.cells.map((share) => (isSmall(Math.round(share * rows)) ? 0 : share)),
  })),
});

const guardedIncidence = ({ columns }: IncidenceComparison): IncidenceComparison => ({
  columns: columns.map(({ name, series }) => ({
    name,
    series: series.map((one) => ({
      ...one,
      real: one.real.map((count) => (isSmall(count) ? NaN : count)),
    })),
  })),
});

function guardedDetail(detail: Detail): Detail {
  switch (detail.type) {
    case "curves":
      return {
        ...detail,
        curves: detail.curves.map((curve) => ({
          ...curve,
          points: curve.points.filter(({ rows }) => !isSmall(rows)),
        })),
      };
    case "groups":
      return {
        ...detail,
        groups: detail.groups.map((group) =>
          group.patients !== undefined && isSmall(group.patients)
            ? { name: group.name, reason: group.reason ?? TOO_FEW }
            : group,
        ),
      };
    case "rules":
      return {
        ...detail,
        rules: detail.rules.map((rule) =>
          isSmall(Math.round(rule.real * rule.rows)) ? { ...rule, real: NaN } : rule,
        ),
      };
    case "per-column":
    case "models":
    case "figures":
    case "coefficients":
      return detail;
  }
}
