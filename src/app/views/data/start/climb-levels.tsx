import type { Climb } from "../../../../core/clinic/cohorts/climb/climb.ts";
import type { ClimbCourse } from "../../../../core/clinic/cohorts/climb/climb-course.ts";
import type { ClimbLevel } from "../../../../core/clinic/cohorts/climb/climb-lines.ts";
import { courseDrawing, courseLabel, timeWords } from "../../../../core/shapes/cohorts/course-picture.ts";
import { fixed, plural } from "../../../../core/words/numbers.ts";
import { ShapeChart } from "../../../charts/courses/shape-chart.tsx";
import { labelWidth } from "../../../charts/text-width.ts";
import { useWidth } from "../../../charts/use-width.ts";
import styles from "./start.module.css";

interface ClimbLevelsProps {
  readonly climb: Climb;
  /** the level that would be simulated */
  readonly level: number;
  readonly rowsPerPatient: number;
}

const TITLES = ["Vitals", "Labs that tell one story", "Conditions and drugs", "Time"] as const;

/** Four levels side by side: what each says of the patient that the one before does not. */
export function ClimbLevels({ climb, level, rowsPerPatient }: ClimbLevelsProps) {
  const { levels, time } = climb;
  const rows = Math.max(1, Math.round(rowsPerPatient));
  return (
    <ol className={styles.levels}>
      {levels.map((one, i) => (
        <li key={i} className={styles.level} data-on={level === i + 1 || undefined}>
          <Title number={i + 1} columns={i === 0 ? plural(one.columns, "column") : added(one.columns)} />
          <Lines level={one} />
        </li>
      ))}
      <li className={styles.level} data-on={level === 4 || undefined}>
        <Title number={4} columns={`${added(time.columns)}, about ${plural(rows, "row")} a patient`} />
        <Course climb={climb} />
      </li>
    </ol>
  );
}

/** ", potassium 6.6 mmol/L", where it was measured at that time */
function measuredThen({ points, name, valueUnit = "", decimals }: ClimbCourse, time: number): string {
  const value = points.find((point) => point.time === time)?.value;
  const what = /^[A-Z][a-z]+( |$)/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
  return value === undefined ? "" : `, ${what} ${fixed(value, decimals)} ${valueUnit}`.trimEnd();
}

const added = (columns: number): string => `+ ${plural(columns, "column")}`;

function Title({ number, columns }: { number: number; columns: string }) {
  return (
    <div className={styles.levelTitle}>
      <i aria-hidden="true">{number}</i>
      <h3>
        <span className="vh">Level {number}: </span>
        {TITLES[number - 1]}
      </h3>
      <span className="s q3">{columns}</span>
    </div>
  );
}

function Lines({ level: { lines, more } }: { level: ClimbLevel }) {
  return (
    <>
      <dl className={styles.lines}>
        {lines.map(({ name, value, derived }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {value}
              {derived !== undefined && <span className="q3"> {derived}</span>}
            </dd>
          </div>
        ))}
      </dl>
      {more > 0 && <p className={`s q3 ${styles.more}`}>and {plural(more, "more column")}</p>}
    </>
  );
}

const COURSE_HEIGHT = 128;

function Course({ climb: { time } }: { climb: Climb }) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const { course } = time;
  if (course === undefined) return <p className="s q3">{plural(time.visits, "visit")}</p>;
  return (
    <>
      <div ref={ref} className={styles.course}>
        {width > 0 && (
          <ShapeChart
            label={courseLabel(course)}
            drawing={courseDrawing(course, width, COURSE_HEIGHT, labelWidth)}
          />
        )}
      </div>
      <dl className={styles.lines}>
        {course.events.map((event, i) => (
          <div key={i}>
            <dt>{timeWords(event.time, course.unit)}</dt>
            <dd>
              {event.text}
              <span className="q3">{measuredThen(course, event.time)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
