import { useState } from "react";
import type { CoursesComparison, NumberCourse } from "../../../../core/report/report.ts";
import {
  bandDrawing,
  bandListing,
  TRACKS_AT_ONCE,
  tracksDrawing,
  tracksOf,
} from "../../../../core/shapes/band-shape.ts";
import {
  bandSentence,
  bandsFoot,
  offWords,
  timeWords,
  valueWords,
  withinWords,
} from "../../../../core/words/courses.ts";
import { count, plural } from "../../../../core/words/numbers.ts";
import { useFiltered } from "../../../charts/columns/column-filter.ts";
import { CourseFigure } from "../../../charts/courses/course-figure.tsx";
import { RealKey, SyntheticKey } from "../../../charts/keys.tsx";
import { labelWidth } from "../../../charts/text-width.ts";
import { Choice } from "../../../parts/choice.tsx";
import compare from "../compare.module.css";
import styles from "./courses.module.css";

const HEIGHT = 240;
const FIRST = 5;
const MORE = 6;

/** Numbers over time, those furthest off first, and a few synthetic patients over the real band. */
export function BandsSection({ courses }: { courses: CoursesComparison }) {
  const numbers = useFiltered(courses.numbers, ({ name }) => name);
  const [limit, setLimit] = useState(FIRST);
  const [before, after] = [numbers.slice(0, 2), numbers.slice(2, limit)];
  const rest = numbers.length - limit;
  if (courses.numbers.length === 0)
    return (
      <div className={compare.section}>
        <p>No number changes within patients.</p>
      </div>
    );
  return (
    <div className={compare.section}>
      <header>
        <p>Median and 10 to 90% of patients, each by the visit nearest to the time. Furthest off first.</p>
        <span className="keys">
          <RealKey>Real</RealKey>
          <SyntheticKey>Synthetic, dashed: 10 to 90%</SyntheticKey>
        </span>
      </header>
      <div className={styles.tri}>
        {before.map((course) => (
          <Band key={course.name} course={course} courses={courses} />
        ))}
        <Tracks key={numbers[0]?.name} courses={courses} numbers={numbers} />
        {after.map((course) => (
          <Band key={course.name} course={course} courses={courses} />
        ))}
      </div>
      {rest > 0 && (
        <p className={compare.more}>
          <button type="button" className="btn quiet" onClick={() => setLimit(limit + MORE)}>
            Show {plural(Math.min(MORE, rest), "more number")}
          </button>
        </p>
      )}
      <p className={styles.say}>{bandsFoot(courses)}</p>
    </div>
  );
}

function Band({ course, courses: { clock } }: { course: NumberCourse; courses: CoursesComparison }) {
  return (
    <CourseFigure
      title={course.name}
      note={offWords(course)}
      verdict={course.verdict}
      label={bandSentence(course, clock)}
      draw={(width) => bandDrawing({ course, clock, width, height: HEIGHT, labelWidth })}
      listing={bandListing(course, clock)}
      height={HEIGHT}
      remark={withinWords(course)}
    />
  );
}

function Tracks({ courses, numbers }: { courses: CoursesComparison; numbers: readonly NumberCourse[] }) {
  const { clock, tracks } = courses;
  const [name, setName] = useState(numbers[0]?.name);
  const [turn, setTurn] = useState(0);
  const course = numbers.find((number) => number.name === name) ?? numbers[0];
  if (course === undefined) return null;
  const shown = tracksOf(course, tracks, turn);
  if (shown.length === 0) return null;
  const title = `${plural(shown.length, "synthetic patient")}: ${course.name}`;
  const listing = {
    heads: ["Synthetic patient", "Visits", "First value", "Last value", "Last seen"],
    rows: shown.map(({ times, values }, i) => ({
      name: count(i + 1),
      cells: [
        { text: count(times.length) },
        { text: valueWords(course, values[0] as number), of: "syn" as const },
        { text: valueWords(course, values.at(-1) as number), of: "syn" as const },
        { text: timeWords(clock, times.at(-1) as number) },
      ],
    })),
  };
  return (
    <div>
      <CourseFigure
        title={title}
        note={
          tracks.length > TRACKS_AT_ONCE && (
            <button type="button" className="link" onClick={() => setTurn(turn + 1)}>
              Others
            </button>
          )
        }
        label={`${title}, over the band of real patients.`}
        draw={(width) => tracksDrawing({ course, clock, width, height: HEIGHT, labelWidth }, tracks, turn)}
        listing={listing}
        height={HEIGHT}
        near="place"
      />
      {numbers.length > 1 && (
        <Choice
          label="Number that is drawn"
          value={course.name}
          options={numbers.map((number) => ({ value: number.name, label: number.name }))}
          onChange={setName}
        />
      )}
    </div>
  );
}
