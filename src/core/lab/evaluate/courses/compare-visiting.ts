import { quantileSorted, sortedPresent } from "../../../math/statistics.ts";
import type { Pulse } from "../../../metrics/metric.ts";
import type { VisitsComparison } from "../../../report/report.ts";
import { round } from "./compare-bands.ts";
import { REAL, SYNTHETIC, visitsOf, type CourseSide } from "./course-side.ts";
import { patientHistogram } from "./patient-histogram.ts";

const MOST_TICKS = 200;

/** When visits are: gaps and visits per patient of both tables, and the visits of some synthetic patients. */
export async function compareVisiting(
  sides: readonly [CourseSide, CourseSide],
  drawn: readonly number[],
  step: number,
  pulse: Pulse,
): Promise<VisitsComparison> {
  const real = gapsOf(sides[REAL]);
  await pulse();
  const synthetic = gapsOf(sides[SYNTHETIC]);
  await pulse();
  const gaps = patientHistogram(real.gaps, real.whose, synthetic.gaps, step);
  await pulse();
  const visits = sides.map(({ courses, patients }) =>
    Float64Array.from({ length: patients }, (_, patient) => visitsOf(courses, patient).length),
  );
  const each = Int32Array.from({ length: sides[REAL].patients }, (_, patient) => patient);
  const median = (values: Float64Array): number => round(quantileSorted(sortedPresent(values), 0.5));
  const made = sides[SYNTHETIC];
  return {
    raster: drawn
      .toSorted((a, b) => (made.lengths[a] as number) - (made.lengths[b] as number))
      .map((patient) =>
        Array.from(visitsOf(made.courses, patient), (row) => round(made.elapsed[row] as number))
          .filter((time) => !Number.isNaN(time))
          .slice(0, MOST_TICKS),
      ),
    gaps,
    perPatient: patientHistogram(visits[REAL] as Float64Array, each, visits[SYNTHETIC] as Float64Array, 1),
    gap: { real: median(real.gaps), synthetic: median(synthetic.gaps) },
    visits: {
      real: median(visits[REAL] as Float64Array),
      synthetic: median(visits[SYNTHETIC] as Float64Array),
    },
  };
}

interface Gaps {
  readonly gaps: Float64Array;
  readonly whose: Int32Array;
}

function gapsOf({ courses, patients, elapsed }: CourseSide): Gaps {
  const gaps: number[] = [];
  const whose: number[] = [];
  for (let patient = 0; patient < patients; patient++) {
    const own = visitsOf(courses, patient);
    for (let i = 1; i < own.length; i++) {
      const gap = (elapsed[own[i] as number] as number) - (elapsed[own[i - 1] as number] as number);
      if (Number.isNaN(gap)) continue;
      gaps.push(gap);
      whose.push(patient);
    }
  }
  return { gaps: Float64Array.from(gaps), whose: Int32Array.from(whose) };
}
