/** When synthetic patients have their visits: a row for each, a tick for each visit. */
import type { CoursesComparison } from "../report/report.ts";
import { timeWords } from "../words/courses.ts";
import { count } from "../words/numbers.ts";
import type { LabelWidth } from "./column-shape.ts";
import { acrossBox, courseAxis, timeFoot, type Box } from "./course-axis.ts";
import { px, type Drawing, type Listing } from "./drawing.ts";

export interface RasterFrame {
  readonly raster: readonly (readonly number[])[];
  readonly clock: CoursesComparison["clock"];
  readonly width: number;
  readonly labelWidth: LabelWidth;
}

const ROW = 8;
const TICK = 6;

export function rasterDrawing({ raster, clock, width, labelWidth }: RasterFrame): Drawing {
  const box: Box = { left: 4, top: 4, right: width - 8, bottom: 4 + ROW * raster.length + 2 };
  const axis = courseAxis(raster.flat(), Math.max(2, Math.min(7, Math.floor(width / 70))));
  const across = acrossBox(axis, box);
  const foot = timeFoot(axis, box, clock.axis, labelWidth);
  const rows = raster.map((times, row) => ({ times, y: box.top + row * ROW }));
  return {
    width,
    height: box.bottom + 36,
    marks: [
      {
        kind: "grid",
        d: rows
          .filter(({ times }) => times.length > 1)
          .map(
            ({ times, y }) =>
              `M${px(across(times[0] as number))} ${px(y + TICK / 2)}H${px(across(times.at(-1) as number))}`,
          )
          .join(""),
      },
      {
        kind: "synthetic-thin",
        d: rows
          .flatMap(({ times, y }) => times.map((time) => `M${px(across(time))} ${px(y)}v${TICK}`))
          .join(""),
      },
      foot.mark,
    ],
    labels: foot.labels,
    spots: rows.map(({ times, y }) => ({
      x: across(times.at(-1) ?? 0),
      y,
      title: "A synthetic patient",
      lines: [
        { of: "syn", label: "Visits", value: count(times.length) },
        { label: "Last", value: times.length > 0 ? timeWords(clock, times.at(-1) as number) : "–" },
      ],
    })),
  };
}

export function rasterListing({ raster, clock }: Pick<RasterFrame, "raster" | "clock">): Listing {
  return {
    heads: ["Synthetic patient", "Visits", "First", "Last"],
    rows: raster.map((times, i) => ({
      name: count(i + 1),
      cells: [
        { text: count(times.length), of: "syn" },
        { text: times.length > 0 ? timeWords(clock, times[0] as number) : "–" },
        { text: times.length > 0 ? timeWords(clock, times.at(-1) as number) : "–" },
      ],
    })),
  };
}
