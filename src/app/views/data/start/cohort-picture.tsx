import type { CohortPicture as Picture } from "../../../../core/table/cohort-picture.ts";
import { cohortDrawing } from "../../../../core/shapes/cohorts/cohort-shape.ts";
import { MarkPath } from "../../../charts/courses/shape-chart.tsx";
import { useWidth } from "../../../charts/use-width.ts";
import styles from "./start.module.css";

const HEIGHT = 72;

/** A cohort's own rows in ink, as wide as the card; its place is kept until it is drawn. Its caption says what it shows. */
export function CohortPicture({ picture }: { picture: Picture | undefined }) {
  const [ref, width] = useWidth<HTMLSpanElement>();
  return (
    <span ref={ref} className={styles.picture} aria-hidden="true">
      {picture !== undefined && width > 0 && (
        <svg width={width} height={HEIGHT}>
          {cohortDrawing(picture, width, HEIGHT).marks.map((mark, i) => (
            <MarkPath key={i} mark={mark} hatch="" />
          ))}
        </svg>
      )}
    </span>
  );
}
