import { useId, useState } from "react";
import type { IncidenceComparison, IncidenceSeries, Report } from "../../../core/report/report.ts";
import {
  alarmWords,
  periodWords,
  realWords,
  scaledSynthetic,
  seriesName,
} from "../../../core/shapes/incidence-shape.ts";
import { fixed } from "../../../core/words/numbers.ts";
import { IncidenceChart, IncidenceKeys } from "../../charts/incidence-chart.tsx";
import { Icon } from "../../parts/icon.tsx";
import styles from "./compare.module.css";
import { Fold } from "./fold.tsx";
import { partFold } from "./folds.ts";

/** The part of the page, where a date column has a series. */
export function IncidenceFold({ report }: { report: Report }) {
  const { incidence: comparison } = report;
  const rows = report.courses === undefined ? "rows" : "visits";
  if (comparison === undefined && awaited(report))
    return (
      <Fold id={partFold("incidence")} title="Incidence" about="Not counted yet">
        <p className={`s13 q ${styles.section}`} role="status">
          How many {rows} fall in each week is counted once the verdicts stand, with the other measures that
          decide none.
        </p>
      </Fold>
    );
  if (comparison === undefined || comparison.columns.length === 0) return null;
  const names = comparison.columns.map(({ name }) => name).join(", ");
  return (
    <Fold
      id={partFold("incidence")}
      title="Incidence"
      about={`${rows === "rows" ? "Rows" : "Visits"} by week or day: ${names}`}
    >
      <IncidenceSection comparison={comparison} rows={rows} />
    </Fold>
  );
}

/** Series by date are still to be counted. */
const awaited = ({ pending }: Report): boolean => pending?.includes("outbreak-agreement") === true;

interface SectionProps {
  readonly comparison: IncidenceComparison;
  readonly rows: "rows" | "visits";
}

/** Events by day or week, real beside synthetic, for each date column that has such a series. */
function IncidenceSection({ comparison: { columns }, rows }: SectionProps) {
  const [name, setName] = useState(columns[0]?.name);
  const [level, setLevel] = useState(0);
  const [every, setEvery] = useState<IncidenceSeries["every"] | undefined>();
  const [asTable, setAsTable] = useState(false);
  const column = columns.find((one) => one.name === name) ?? columns[0];
  if (column === undefined) return null;
  const named = [...new Set(column.series.map(seriesName))];
  const own = column.series.filter((one) => seriesName(one) === (named[level] ?? named[0]));
  const series = own.find((one) => one.every === every) ?? own[0];
  if (series === undefined) return null;
  return (
    <div className={styles.section}>
      <header>
        <p>
          How many {rows} fall in each {series.every}, synthetic ones on the scale of the real ones. Real
          counts of fewer than 5 patients are not shown
          {series.rounded ? ", and the others are in whole fives" : ""}.
        </p>
        <IncidenceKeys alarms={series.alarms !== undefined} />
      </header>
      <div className={styles.mapBar} data-worst>
        {columns.length > 1 && (
          <Choice label="Date" value={column.name} names={columns.map((one) => one.name)} choose={setName} />
        )}
        {named.length > 1 && (
          <Choice
            label={rows === "rows" ? "Rows" : "Visits"}
            value={named[level] ?? ""}
            names={named}
            choose={(chosen) => setLevel(named.indexOf(chosen))}
          />
        )}
        {own.length > 1 && (
          <span className="seg" role="group" aria-label="Counted by">
            {own.map((one) => (
              <button
                key={one.every}
                type="button"
                className={one === series ? "on" : ""}
                aria-pressed={one === series}
                onClick={() => setEvery(one.every)}
              >
                {one.every === "week" ? "Week" : "Day"}
              </button>
            ))}
          </span>
        )}
        <span className="grow" />
        <button
          type="button"
          className="btn sm"
          aria-pressed={asTable}
          data-worst-focus
          onClick={() => setAsTable(!asTable)}
        >
          <Icon name="table" />
          Table
        </button>
      </div>
      {asTable ? <IncidenceTable series={series} /> : <IncidenceChart name={column.name} series={series} />}
      <p className={`s13 q ${styles.alarms}`}>{alarmWords(series)}</p>
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly names: readonly string[];
  choose(name: string): void;
}

function Choice({ label, value, names, choose }: ChoiceProps) {
  const id = useId();
  return (
    <span className={styles.choice}>
      <label htmlFor={id}>{label}</label>
      <select id={id} className="inp" value={value} onChange={(event) => choose(event.target.value)}>
        {names.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </span>
  );
}

function IncidenceTable({ series }: { series: IncidenceSeries }) {
  const made = scaledSynthetic(series);
  const alarmed = (periods: readonly number[] | undefined, i: number): string =>
    periods?.includes(i) ? " (alarm)" : "";
  return (
    <div className={styles.incidenceTable}>
      <table className="t">
        <thead>
          <tr>
            <th scope="col">{series.every === "week" ? "Week" : "Day"}</th>
            <th scope="col">Real</th>
            <th scope="col">Synthetic, to scale</th>
          </tr>
        </thead>
        <tbody>
          {series.real.map((value, i) => (
            <tr key={periodWords(series, i)}>
              <th scope="row">{periodWords(series, i)}</th>
              <td>{realWords(series, value) + alarmed(series.alarms?.real, i)}</td>
              <td>{made[i] === undefined ? "" : fixed(made[i], 0) + alarmed(series.alarms?.synthetic, i)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
