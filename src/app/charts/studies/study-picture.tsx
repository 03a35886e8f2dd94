import { useId } from "react";
import type { StudyPicture as Picture } from "../../../core/report/study.ts";
import { KEY, studyDrawing, studyKeys, studyLeast } from "../../../core/shapes/studies/study-drawing.ts";
import { studyLabel } from "../../../core/shapes/studies/study-words.ts";
import { MarkPath, ShapeChart } from "../courses/shape-chart.tsx";
import { Hatch } from "../hatch.tsx";
import { labelWidth } from "../text-width.ts";
import { useWidth } from "../use-width.ts";
import styles from "./study-picture.module.css";

/** Any picture of a study, as wide as its place; what cannot be squeezed scrolls. One image with a sentence to assistive technology. */
export function StudyPicture({ picture }: { picture: Picture }) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const least = studyLeast(picture, labelWidth);
  const drawn = Math.max(width, least);
  const scrolls = width > 0 && drawn > width;
  return (
    <div
      ref={ref}
      className={styles.place}
      data-type={picture.type}
      {...(scrolls && { role: "region", tabIndex: 0, "aria-label": `${picture.title}, scrolls sideways` })}
    >
      {width > 0 && (
        <ShapeChart
          label={studyLabel(picture)}
          drawing={studyDrawing(picture, drawn, labelWidth)}
          near={picture.type === "lines" ? "time" : "place"}
        />
      )}
    </div>
  );
}

/** What the marks of a picture stand for: the same in every picture of a study with the same methods. */
export function StudyKeys({ picture }: { picture: Picture }) {
  const hatch = useId();
  return (
    <span className="keys">
      {studyKeys(picture).map(({ name, marks }) => (
        <span key={name} className="key">
          <svg width={KEY.width} height={KEY.height} aria-hidden="true">
            <defs>
              <Hatch id={hatch} />
            </defs>
            {marks.map((mark, i) => (
              <MarkPath key={i} mark={mark} hatch={hatch} />
            ))}
          </svg>
          {name}
        </span>
      ))}
    </span>
  );
}
