import { FaultError } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import type { IncidenceSeries } from "../../report/report.ts";
import { expectedSeries, type ExpectedSeries } from "../../surveillance/expected.ts";
import { daysIn, incidenceOf, spanOf, tellsDays, type OneLevel } from "../../surveillance/incidence.ts";
import { suitableColumns } from "../../surveillance/suitable.ts";
import { withPatients } from "../../table/split.ts";
import type { Table } from "../../table/table.ts";
import { incidenceSeries, type AskedSeries } from "./incidence-series.ts";

/** What a series is made of, by a log-linear regression; see `ExpectedSeries`. */
export type Pattern = Pick<ExpectedSeries, "trend" | "season" | "weekday" | "dispersion">;

export interface Surveillance {
  readonly column: string;
  readonly series: IncidenceSeries;
  /** left out where a series is too short or empty */
  readonly real?: Pattern;
  readonly synthetic?: Pattern;
  /** Rows of the real table without a day; of the synthetic one those and the ones on other days too. NaN for 1 to 4 real ones. */
  readonly notCounted: { readonly real: number; readonly synthetic?: number };
}

/**
 * Events of a table by day or week, with alarms, beside those of a synthetic table.
 * @param asked its column left out: the time of courses, or the date column that has a series
 * Throws FaultError `unknown-column` or `no-incidence`.
 */
export async function surveil(
  given: Table,
  synthetic: Table | undefined,
  asked: Omit<AskedSeries, "column"> & { readonly column?: string | undefined },
  pulse: () => Promise<void> = breathe,
): Promise<Surveillance> {
  const real = given.patients ? given : withPatients(given);
  const column = asked.column ?? columnFor(real);
  const series = await incidenceSeries(real, synthetic, { ...asked, column }, pulse);
  const { by } = asked;
  const span = spanOf(daysIn(real, column));
  const own = incidenceOf(real, { column, every: series.every, by, span });
  const shape = patternOf(real, column, series, by);
  const hasLevel = series.synthetic?.some((count) => count > 0) === true;
  const made = synthetic && hasLevel ? patternOf(synthetic, column, series, by, span) : undefined;
  const other =
    synthetic && hasLevel ? incidenceOf(synthetic, { column, every: series.every, by, span }) : undefined;
  return {
    column,
    series,
    ...(shape && { real: shape }),
    ...(made && { synthetic: made }),
    notCounted: {
      real: own.undated > 0 && own.undated < 5 ? NaN : own.undated,
      ...(other && { synthetic: other.undated + other.outside }),
    },
  };
}

/** Season, trend and dispersion of the series, and its days of the week whatever it is counted by. */
function patternOf(
  table: Table,
  column: string,
  { every }: IncidenceSeries,
  by: OneLevel | undefined,
  span = spanOf(daysIn(table, column)),
): Pattern | undefined {
  const found = expectedSeries(incidenceOf(table, { column, every, by, span }));
  if (found === undefined) return undefined;
  const { trend, season, dispersion } = found;
  const weekday =
    found.weekday ?? expectedSeries(incidenceOf(table, { column, every: "day", by, span }))?.weekday;
  return { trend, season, weekday, dispersion };
}

function columnFor(table: Table): string {
  const [first] = suitableColumns(table);
  if (first !== undefined) return first;
  const dated = table.schema.columns.filter(tellsDays).map(({ name }) => `“${name}”`);
  throw new FaultError({
    code: "no-incidence",
    reason:
      dated.length > 0
        ? `No date column has 200 events over 8 weeks to 15 years, two a week or more.`
        : "No column of the table is read as dates that tell a day.",
    remedy:
      dated.length > 0
        ? `Name one to count it nevertheless: ${dated.slice(0, 5).join(", ")}.`
        : "Check how its dates were read, and set their format.",
  });
}
