import {
  TRAIN,
  type AlignedCourses,
  type CourseColumn,
  type CourseSide,
} from "../../measuring/courses/aligned-courses.ts";
import { visitPairs } from "../../measuring/courses/visit-pairs.ts";
import {
  correlationOf,
  productSums,
  ranksOf,
  totalsOf,
  type PatientSums,
} from "../../measuring/courses/weighted-distances.ts";
import type { Pulse } from "../../metric.ts";
import { inTurn } from "../../measuring/courses/over-patients.ts";
import { courseDistance } from "./course-distance.ts";

/** Columns whose pairs are looked at, the first ones. */
const MOST_COLUMNS = 20;
const LEAST_PAIRS = 30;

/** |r - r'| of one column's ranks at a visit with another's at the next, over all ordered pairs of different columns. */
export const crossLag = courseDistance({
  id: "cross-lag",
  name: "One column before another",
  margin: 0.05,
  range: [0, 2],
  furthest: 1,
  summary: "Whether one column tells another's next value as well as in real patients.",
  reference: "Cross-lagged rank correlations: Kenny 1975, Spearman 1904",
  limits: `Sees numbers, ordered levels and yes or no, of at most ${MOST_COLUMNS} columns, one step ahead.`,
  scored: false,

  things: async (courses, pulse) => {
    const columns = courses.columns.filter(isOrdered).slice(0, MOST_COLUMNS);
    const ordered = columns.flatMap((a) => columns.flatMap((b) => (a === b ? [] : [[a, b] as const])));
    const everybody = new Uint16Array((courses.sides[TRAIN] as CourseSide).patients).fill(1);
    const train = await sumsOf(courses, columns, TRAIN, pulse);
    const usual = train.map((sums) => {
      const totals = totalsOf(sums, everybody);
      return (totals[0] as number) < LEAST_PAIRS ? NaN : correlationOf(totals);
    });
    if (usual.every(Number.isNaN))
      return "There are no two columns that change from visit to visit in order.";
    return {
      names: ordered.map(([a, b]) => `${a.name} before ${b.name}`),
      distancesOf: async (side) => {
        const each = side === TRAIN ? train : await sumsOf(courses, columns, side, pulse);
        return (weights) =>
          Float64Array.from(each, (sums, i) => {
            if (Number.isNaN(usual[i])) return NaN;
            const r = correlationOf(totalsOf(sums, weights));
            return Math.abs((usual[i] as number) - (Number.isNaN(r) ? 0 : r));
          });
      },
    };
  },
  sentence: ({ value, usual }) =>
    `Rank correlations of one column with another's next value are off by ${value.toFixed(3)} on average; ` +
    `in as many held-out patients by ${usual.toFixed(3)}.`,
});

/** Numbers, ordinal levels and two levels, that change within patients. */
const isOrdered = ({ cells, fixed }: CourseColumn): boolean =>
  !fixed && (cells.type === "numeric" || cells.levels.length === 2 || cells.schema.measure === "ordinal");

const valuesOf = ({ cells }: CourseColumn, side: number): Float64Array =>
  cells.type === "numeric"
    ? (cells.values[side] as Float64Array)
    : Float64Array.from(cells.codes[side] as Int32Array, (code) => (code < 0 ? NaN : code));

async function sumsOf(
  { sides }: AlignedCourses,
  columns: readonly CourseColumn[],
  side: number,
  pulse: Pulse,
): Promise<PatientSums[]> {
  const own = sides[side] as CourseSide;
  const { previous, next, patient } = visitPairs(own);
  const ranks = await inTurn(columns, pulse, (column) => {
    const values = valuesOf(column, side);
    return [previous, next].map((rows) => ranksOf(Float64Array.from(rows, (row) => values[row] as number)));
  });
  const sums = await inTurn(ranks, pulse, ([before]) =>
    ranks.flatMap(([, after], b) =>
      ranks[b]?.[0] === before || before === undefined || after === undefined
        ? []
        : [productSums(before, after, patient, own.patients)],
    ),
  );
  return sums.flat();
}
