import type { Courses } from "./courses.ts";

/** Most visits of one patient that a model learns from: with more, one long stay would outweigh all other patients. */
export const MOST_VISITS = 1_000;

/** Patients with more visits than a model learns from. */
export function beyondMost({ starts }: Courses, most = MOST_VISITS): number {
  let beyond = 0;
  for (let p = 0; p + 1 < starts.length; p++)
    if ((starts[p + 1] as number) - (starts[p] as number) > most) beyond++;
  return beyond;
}

/**
 * The courses with the first `most` visits of each patient, which stand one after the other as they did, so that every gap
 * is one of the table. The same courses where no patient has more.
 */
export function firstVisits(courses: Courses, most = MOST_VISITS): Courses {
  if (beyondMost(courses, most) === 0) return courses;
  const kept: number[] = [];
  const starts = new Int32Array(courses.starts.length);
  for (let p = 0; p + 1 < starts.length; p++) {
    const start = courses.starts[p] as number;
    const end = Math.min(courses.starts[p + 1] as number, start + most);
    for (let k = start; k < end; k++) kept.push(courses.rows[k] as number);
    starts[p + 1] = kept.length;
  }
  return { ...courses, rows: Int32Array.from(kept), starts };
}
