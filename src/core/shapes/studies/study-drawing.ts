/** A picture of a study as geometry, whatever its type; the page and the saved file draw it alike. */
import type { StudyKind, StudyPicture } from "../../report/study.ts";
import type { LabelWidth } from "../column-shape.ts";
import type { Drawing, Mark } from "../drawing.ts";
import { barsDrawing } from "./bars-shape.ts";
import { linesDrawing } from "./lines-shape.ts";
import { matrixDrawing, matrixLeast } from "./matrix-shape.ts";
import { pointsDrawing } from "./points-shape.ts";
import { rangesDrawing, rangesLeast } from "./ranges-shape.ts";
import { barMarks, lineMarks, pointMark, turnsOf } from "./study-marks.ts";

/** `width` in pixels; a drawing may come out wider where it cannot be squeezed (`studyLeast`). */
export function studyDrawing(picture: StudyPicture, width: number, labelWidth: LabelWidth): Drawing {
  switch (picture.type) {
    case "lines":
      return linesDrawing(picture, width, labelWidth);
    case "bars":
      return barsDrawing(picture, width, labelWidth);
    case "matrix":
      return matrixDrawing(picture, width, labelWidth);
    case "points":
      return pointsDrawing(picture, width, labelWidth);
    case "ranges":
      return rangesDrawing(picture, width, labelWidth);
  }
}

/** Narrower than this a picture scrolls. */
export function studyLeast(picture: StudyPicture, labelWidth: LabelWidth): number {
  switch (picture.type) {
    case "matrix":
      return matrixLeast(picture, labelWidth);
    case "ranges":
      return rangesLeast(picture, labelWidth);
    case "lines":
    case "bars":
    case "points":
      return 0;
  }
}

export interface StudyKey {
  readonly name: string;
  readonly marks: readonly Mark[];
}
export const KEY = { width: 30, height: 14 } as const;

/** What each mark stands for, in the order of the picture; none where every mark is labelled. */
export function studyKeys(picture: StudyPicture): StudyKey[] {
  switch (picture.type) {
    case "lines":
      return [
        ...keysOf(picture.lines, lineKey),
        ...(picture.chance === undefined
          ? []
          : [{ name: "A guess", marks: [{ kind: "axis", d: "M0 7H30", dash: "6 4" }] as const }]),
      ];
    case "bars":
      return keysOf(picture.series, (kind, turn) => barMarks(kind, turn, "M5 1H25V13H5Z"));
    case "points":
      return keysOf(picture.points, (kind, turn) => [pointMark(kind, turn, 15, 7)]);
    case "ranges":
      return [
        {
          name: "Synthetic, 95% interval",
          marks: [{ kind: "synthetic-thin", d: "M1 7H29M1 3v8M29 3v8" }, pointMark("synthetic", 0, 15, 7)],
        },
        ...(picture.columns.some(({ real }) => real !== undefined)
          ? [
              {
                name: "Real rows",
                marks: [
                  { kind: "real-fill", d: "M2 1H28V13H2Z" },
                  { kind: "real-line", d: "M15 1V13" },
                ] as const,
              },
            ]
          : []),
      ];
    case "matrix":
      return [];
  }
}

const keysOf = (
  all: readonly { readonly name: string; readonly kind: StudyKind }[],
  draw: (kind: StudyKind, turn: number) => Mark[],
): StudyKey[] => {
  const turns = turnsOf(all);
  return all.map(({ name, kind }, i) => ({ name, marks: draw(kind, turns[i] as number) }));
};

function lineKey(kind: StudyKind, turn: number): Mark[] {
  const line = lineMarks(kind, turn, "M0 7H30");
  if (kind === "real") return [{ kind: "real-fill", d: "M0 2H30V12H0Z" }, ...line];
  return kind === "independent" ? line : [...line, pointMark(kind, turn, 15, 7)];
}
