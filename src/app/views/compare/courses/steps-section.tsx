import { useState } from "react";
import type { StepMatrix } from "../../../../core/report/report.ts";
import {
  stepsDrawing,
  stepsListing,
  stepsTold,
  type StepView,
} from "../../../../core/shapes/transition-shape.ts";
import { offWords, STEPS_FOOT, stepsSentence } from "../../../../core/words/courses.ts";
import { plural } from "../../../../core/words/numbers.ts";
import { useFiltered } from "../../../charts/columns/column-filter.ts";
import { CourseFigure } from "../../../charts/courses/course-figure.tsx";
import { labelWidth } from "../../../charts/text-width.ts";
import compare from "../compare.module.css";
import styles from "./courses.module.css";

const FIRST = 2;

/** For each changing category: what follows what, real, synthetic, and the difference. */
export function StepsSection({ matrices }: { matrices: readonly StepMatrix[] }) {
  const shown = useFiltered(matrices, ({ name }) => name);
  const [all, setAll] = useState(false);
  return (
    <div className={compare.section}>
      <header>
        <p>
          The level now (rows) and at the next visit, or the end (columns). {STEPS_FOOT} Blue: less often,
          orange: more often than in real patients.
        </p>
      </header>
      {(all ? shown : shown.slice(0, FIRST)).map((matrix) => (
        <Matrix key={matrix.name} matrix={matrix} />
      ))}
      {!all && shown.length > FIRST && (
        <p className={compare.more}>
          <button type="button" className="btn quiet" onClick={() => setAll(true)}>
            Show {plural(shown.length - FIRST, "more column")}
          </button>
        </p>
      )}
    </div>
  );
}

const titles: Readonly<Record<StepView, (matrix: StepMatrix) => string>> = {
  real: ({ real }) => `Real, ${plural(stepsTold(real), "step")}`,
  synthetic: ({ synthetic }) => `Synthetic, ${plural(stepsTold(synthetic), "step")}`,
  difference: () => "Difference in points",
};

function Matrix({ matrix }: { matrix: StepMatrix }) {
  const height = 24 + 26 * matrix.levels.length;
  const sentence = stepsSentence(matrix);
  return (
    <section className={styles.matrix} aria-label={matrix.name}>
      <h3>
        {matrix.name} <span className="s13 q">{offWords(matrix)}</span>
      </h3>
      <div className={styles.tri}>
        {(["real", "synthetic", "difference"] as const).map((view) => (
          <CourseFigure
            key={view}
            title={titles[view](matrix)}
            {...(view === "difference" && { verdict: matrix.verdict })}
            label={`Steps of ${matrix.name}, ${view}. ${sentence}`}
            draw={(width) => stepsDrawing({ matrix, view, width, labelWidth })}
            listing={stepsListing(matrix)}
            height={height}
            near="place"
          />
        ))}
      </div>
      <p className={styles.say}>{sentence}</p>
    </section>
  );
}
