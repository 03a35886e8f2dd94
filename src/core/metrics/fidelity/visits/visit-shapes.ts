import {
  TRAIN,
  type AlignedCourses,
  type CourseColumn,
  type CourseSide,
} from "../../measuring/courses/aligned-courses.ts";
import { inTurn, meanOf } from "../../measuring/courses/over-patients.ts";
import {
  codeCounts,
  kolmogorovBeside,
  emptySums,
  totalsOf,
  variationOf,
} from "../../measuring/courses/weighted-distances.ts";
import { percentage } from "../../measuring/verdict.ts";
import { courseDistance } from "./course-distance.ts";

/** First and last visit of each band, from 0. */
const BANDS = [
  [0, 0],
  [1, 2],
  [3, 5],
  [6, Infinity],
] as const;
const LEAST_ROWS = 30;

/**
 * Distance of each column's distribution at the first, second and third, fourth to sixth, and later visits: KS and missing
 * rates of numbers, TV of levels, missing as one.
 */
export const visitShapes = courseDistance({
  id: "visit-shapes",
  name: "Columns visit by visit",
  margin: 0.05,
  range: [0, 1],
  furthest: 1,
  summary: "Whether columns are distributed as in real patients at early and at late visits.",
  reference: "KSComplement and TVComplement (SDMetrics) at visits 1, 2 to 3, 4 to 6, 7 and later",
  limits: "Sees columns one at a time, and no single patient's course.",
  scored: false,

  things: async (courses, pulse) => {
    const columns = courses.columns.filter(({ fixed }) => !fixed);
    if (columns.length === 0) return "No column changes from visit to visit.";
    const real = bandsOf(courses.sides[TRAIN] as CourseSide);
    return {
      names: columns.map(({ name }) => name),
      distancesOf: async (side) => {
        const bands = bandsOf(courses.sides[side] as CourseSide);
        const each = await inTurn(columns, pulse, (column) =>
          distanceOf(courses, column, side, { real, bands }),
        );
        return (weights) => Float64Array.from(each, (of) => of(weights));
      },
    };
  },
  sentence: ({ value, usual }) =>
    `Visit by visit, columns are distributed ${percentage(value)} apart from those of training patients; ` +
    `those of as many held-out patients ${percentage(usual)}.`,
});

/** The rows of each band. */
function bandsOf({ starts, whose }: CourseSide): Int32Array[] {
  const found: number[][] = BANDS.map(() => []);
  whose.forEach((patient, row) => {
    const visit = row - (starts[patient] as number);
    found[BANDS.findIndex(([first, last]) => visit >= first && visit <= last)]?.push(row);
  });
  return found.map((rows) => Int32Array.from(rows));
}

function distanceOf(
  { sides }: AlignedCourses,
  { cells }: CourseColumn,
  side: number,
  { real, bands }: { readonly real: readonly Int32Array[]; readonly bands: readonly Int32Array[] },
): (weights: Uint16Array) => number {
  const own = sides[side] as CourseSide;
  const each = real.flatMap((rows, band) =>
    rows.length < LEAST_ROWS ? [] : [bandDistance(cells, side, rows, bands[band] as Int32Array, own)],
  );
  return (weights) => meanOf(each.map((of) => of(weights)));
}

function bandDistance(
  cells: CourseColumn["cells"],
  side: number,
  real: Int32Array,
  rows: Int32Array,
  own: CourseSide,
): (weights: Uint16Array) => number {
  const whose = rows.map((row) => own.whose[row] as number);
  if (cells.type === "coded") {
    const [x, y] = [cells.codes[TRAIN], cells.codes[side]] as [Int32Array, Int32Array];
    const counted = codeCounts(
      rows.map((row) => y[row] as number),
      whose,
      cells.levels.length,
      own.patients,
    );
    const usual = new Float64Array(cells.levels.length + 1);
    for (const row of real) {
      const code = x[row] as number;
      const at = code < 0 ? cells.levels.length : code;
      usual[at] = (usual[at] as number) + 1;
    }
    return (weights) => variationOf(usual, totalsOf(counted, weights));
  }
  const [x, y] = [cells.values[TRAIN], cells.values[side]] as [Float64Array, Float64Array];
  const [known, values] = [
    Float64Array.from(real, (row) => x[row] as number),
    Float64Array.from(rows, (row) => y[row] as number),
  ];
  const apart = kolmogorovBeside(known, { values, whose });
  const lacking = known.filter(Number.isNaN).length / known.length;
  const cellsOf = emptySums(own.patients, 2);
  values.forEach((value, i) => {
    const at = 2 * (whose[i] as number);
    cellsOf.sums[at] = (cellsOf.sums[at] as number) + 1;
    if (Number.isNaN(value)) cellsOf.sums[at + 1] = (cellsOf.sums[at + 1] as number) + 1;
  });
  return (weights) => {
    const [all = 0, missing = 0] = totalsOf(cellsOf, weights);
    if (all === 0) return 1;
    const shape = lacking === 1 && missing === all ? 0 : apart(weights);
    return 1 - (1 - (Number.isNaN(shape) ? 1 : shape)) * (1 - Math.abs(lacking - missing / all));
  };
}
