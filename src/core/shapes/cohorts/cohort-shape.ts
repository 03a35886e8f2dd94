/** The picture of a simulated cohort as geometry: in ink, since its patients are neither real nor a model's. */
import type { CohortPicture } from "../../table/cohort-picture.ts";
import { areaPath, linePath, px, type Drawing, type Mark, type Place } from "../drawing.ts";

/** Room around the marks, for their strokes. */
const PAD = 4;

type Of<Kind extends CohortPicture["kind"]> = Extract<CohortPicture, { kind: Kind }>;

/** @param width in pixels, as `height` */
export function cohortDrawing(picture: CohortPicture, width: number, height: number): Drawing {
  const frame = { width, height };
  return { width, height, marks: marksOf(picture, frame), labels: [], spots: [] };
}

interface Frame {
  readonly width: number;
  readonly height: number;
}

function marksOf(picture: CohortPicture, frame: Frame): Mark[] {
  switch (picture.kind) {
    case "lines":
      return lines(picture, frame);
    case "points":
      return [floor(frame), ...points(picture, frame)];
    case "steps":
      return [...steps(picture.counts, frame), floor(frame)];
    case "bars":
      return [floor(frame), ...bars(picture.counts, frame)];
    case "band":
      return band(picture, frame);
  }
}

const floor = ({ width, height }: Frame): Mark => ({
  kind: "axis",
  d: `M${PAD} ${height - 3.5}H${px(width - PAD)}`,
});

/** Where values from `low` to `high` stand between two ends in pixels. */
function scale(
  values: readonly number[],
  from: number,
  to: number,
  least = Infinity,
): (value: number) => number {
  const low = values.reduce((a, b) => Math.min(a, b), least);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  return (value) => from + ((value - low) / (high - low || 1)) * (to - from);
}

/** Each in a lane of its own, from above. */
function lines({ lines: all }: Of<"lines">, { width, height }: Frame): Mark[] {
  const x = scale(
    all.flatMap(({ times }) => times),
    PAD,
    width - PAD,
  );
  const lane = (height - 2 * PAD) / all.length;
  return all.map(({ times, values }, i) => {
    const top = PAD + i * lane;
    const y = scale(values, top + 0.85 * lane, top + 0.15 * lane);
    return {
      kind: "ink-line",
      d: linePath(times.map((time, at) => ({ x: x(time), y: y(values[at] as number) }))),
    };
  });
}

function points({ points: all }: Of<"points">, { width, height }: Frame): Mark[] {
  const x = scale(
    all.map((point) => point.x),
    PAD + 4,
    width - PAD - 4,
  );
  const y = scale(
    all.map((point) => point.y),
    height - 10,
    PAD + 2,
  );
  const dot = (at: Place): string =>
    `M${px(at.x - 1.7)} ${px(at.y)}a1.7 1.7 0 1 0 3.4 0a1.7 1.7 0 1 0 -3.4 0`;
  return [{ kind: "ink-dot", d: all.map((point) => dot({ x: x(point.x), y: y(point.y) })).join("") }];
}

function steps(counts: readonly number[], { width, height }: Frame): Mark[] {
  const base = height - PAD;
  const y = scale(counts, base, PAD + 2, 0);
  const slot = (width - 2 * PAD) / Math.max(1, counts.length);
  const stairs = counts.map((count, i) => `V${px(y(count))}H${px(PAD + (i + 1) * slot)}`).join("");
  const line = `M${PAD} ${px(base)}${stairs}V${px(base)}`;
  return [
    { kind: "ink-fill", d: `${line}Z` },
    { kind: "ink-line", d: line },
  ];
}

function bars(counts: readonly number[], { width, height }: Frame): Mark[] {
  const base = height - PAD;
  const y = scale(counts, base, PAD + 2, 0);
  const slot = (width - 2 * PAD) / Math.max(1, counts.length);
  const wide = Math.max(1, 0.72 * slot);
  const paths = counts.map((count, i) =>
    count === 0
      ? ""
      : `M${px(PAD + i * slot + (slot - wide) / 2)} ${px(base)}V${px(y(count))}h${px(wide)}V${px(base)}`,
  );
  return [{ kind: "ink-bar", d: paths.join("") }];
}

function band({ band: at, one }: Of<"band">, { width, height }: Frame): Mark[] {
  const x = scale(
    [...at, ...one].map(({ time }) => time),
    PAD,
    width - PAD,
  );
  const y = scale(
    [...at.flatMap(({ low, high }) => [low, high]), ...one.map(({ value }) => value)],
    height - PAD - 2,
    PAD + 2,
  );
  const along = (value: (place: (typeof at)[number]) => number): Place[] =>
    at.map((place) => ({ x: x(place.time), y: y(value(place)) }));
  return [
    {
      kind: "ink-fill",
      d: areaPath(
        along(({ high }) => high),
        along(({ low }) => low),
      ),
    },
    { kind: "ink-line", d: linePath(along(({ middle }) => middle)) },
    {
      kind: "ink-line",
      d: linePath(one.map(({ time, value }) => ({ x: x(time), y: y(value) }))),
      dash: "3 2",
    },
  ];
}
