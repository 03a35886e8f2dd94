import type { ListedNumber } from "../../../core/clinic/cohorts/numbers/body/listed-numbers.ts";

export interface Subject {
  readonly name: string;
  /** how many numbers it has, of those that were found */
  readonly count: number;
  /** by publication */
  readonly sources: readonly (readonly ListedNumber[])[];
}

/**
 * Numbers that have every word of `text` somewhere, of one cohort unless "all", by what they are about, in the order of the tables.
 */
export function findNumbers(numbers: readonly ListedNumber[], text: string, cohort: string): Subject[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const subjects = new Map<string, ListedNumber[]>();
  for (const number of numbers) {
    if (cohort !== "all" && !number.cohorts.includes(cohort)) continue;
    const { id, about, subject, measure, unit, population, citation, year, how, note = "" } = number;
    const all = [id, about, subject, measure, unit, population, citation, year, how, note]
      .join(" ")
      .toLowerCase();
    if (!words.every((word) => all.includes(word))) continue;
    const own = subjects.get(subject);
    if (own === undefined) subjects.set(subject, [number]);
    else own.push(number);
  }
  return [...subjects].map(([name, found]) => ({ name, count: found.length, sources: bySource(found) }));
}

function bySource(numbers: readonly ListedNumber[]): ListedNumber[][] {
  const sources = new Map<string, ListedNumber[]>();
  for (const number of numbers) {
    const own = sources.get(number.citation);
    if (own === undefined) sources.set(number.citation, [number]);
    else own.push(number);
  }
  return [...sources.values()];
}
