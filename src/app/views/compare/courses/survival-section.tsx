import type { SurvivalComparison } from "../../../../core/report/report.ts";
import { survivalDrawing, survivalListing } from "../../../../core/shapes/survival-shape.ts";
import { survivalSentence } from "../../../../core/words/courses.ts";
import { CourseFigure } from "../../../charts/courses/course-figure.tsx";
import { RealKey, SyntheticKey } from "../../../charts/keys.tsx";
import { labelWidth } from "../../../charts/text-width.ts";
import compare from "../compare.module.css";
import styles from "./courses.module.css";

const HEIGHT = 330;

/** Kaplan-Meier curves with intervals and numbers at risk. */
export function SurvivalSection({ survival }: { survival: SurvivalComparison }) {
  const sentence = survivalSentence(survival);
  return (
    <div className={compare.section}>
      <header>
        <p>Steps are drawn where at least 5 real patients have the event between them.</p>
        <span className="keys">
          <RealKey>Real, 95% interval</RealKey>
          <SyntheticKey>Synthetic, dashed: 95% interval</SyntheticKey>
        </span>
      </header>
      <div className={styles.one}>
        <CourseFigure
          title={`Without ${survival.event}`}
          label={`Kaplan-Meier curves of real and synthetic patients without ${survival.event}. ${sentence}`}
          draw={(width) => survivalDrawing({ survival, width, height: HEIGHT, labelWidth })}
          listing={survivalListing(survival)}
          height={HEIGHT}
        />
      </div>
      <p className={styles.say}>{sentence}</p>
    </div>
  );
}
