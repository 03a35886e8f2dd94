import { useState } from "react";
import type { CoursesComparison } from "../../../../core/report/report.ts";
import { timelineDrawing, timelineListing } from "../../../../core/shapes/timeline-shape.ts";
import { behindWords } from "../../../../core/words/courses.ts";
import { count } from "../../../../core/words/numbers.ts";
import { CourseFigure } from "../../../charts/courses/course-figure.tsx";
import { labelWidth } from "../../../charts/text-width.ts";
import compare from "../compare.module.css";
import styles from "./courses.module.css";

/** One synthetic patient at a time, with the course in words. */
export function PatientSection({
  courses: { timelines, clock },
  synthesizer,
}: {
  courses: CoursesComparison;
  /** that made the patients */
  synthesizer: string;
}) {
  const [at, setAt] = useState(0);
  const timeline = timelines[at % timelines.length];
  if (timeline === undefined) return null;
  const turn = (by: number): void => setAt((at + by + timelines.length) % timelines.length);
  const usual = timeline.numbers.some((number) => number.usual !== undefined);
  return (
    <div className={compare.section}>
      <div className={styles.bar}>
        <p className="s13 q grow">
          {count((at % timelines.length) + 1)} of {count(timelines.length)}: courses of the usual length in
          which something changes.
        </p>
        <button type="button" className="btn sm" onClick={() => turn(-1)}>
          Previous
        </button>
        <button type="button" className="btn sm" onClick={() => turn(1)}>
          Next
        </button>
      </div>
      <div className={styles.one}>
        <CourseFigure
          key={timeline.number}
          title={`Synthetic patient ${count(timeline.number)}`}
          label={`Synthetic patient ${count(timeline.number)}. ${timeline.story}`}
          draw={(width) => timelineDrawing({ timeline, clock, width, labelWidth })}
          listing={timelineListing(timeline, clock)}
          height={200}
        />
      </div>
      <p className={styles.say} aria-live="polite">
        {timeline.story}
      </p>
      <p className={styles.quiet}>
        {behindWords(synthesizer)}
        {usual && " Grey: what is usual for adults."}
      </p>
    </div>
  );
}
