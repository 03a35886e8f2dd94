import { titleOf } from "../climb/column-words.ts";
import { everyCohort } from "../cohorts.ts";
import type { Cohort } from "../cohort.ts";
import type { Setting } from "../simulating/stage.ts";
import { everyNumber, numbersWith } from "./numbers.ts";
import type { SourcedNumber } from "./sourced-number.ts";
import { sources } from "./sources.ts";

/** A number as it stands in the page: with its publication, and the cohorts that ask for it. */
export interface ListedNumber extends Omit<SourcedNumber, "source"> {
  readonly citation: string;
  readonly year: number;
  readonly at: string;
  readonly cohorts: readonly string[];
  /** what it is about, as the first word of its id has it: "Systolic pressure" */
  readonly subject: string;
}

/** Every number of the simulator, in the order of its tables. */
export function listNumbers(): ListedNumber[] {
  const publications = new Map(sources.map((source) => [source.id, source]));
  const asked = everyCohort.map((cohort) => ({ id: cohort.id, ids: askedBy(cohort) }));
  return everyNumber.map(({ source, ...number }) => {
    const { citation, year, at } = publications.get(source) ?? { citation: source, year: 0, at: "" };
    const cohorts = asked.filter(({ ids }) => ids.has(number.id)).map(({ id }) => id);
    const subject = titleOf(number.id.split(".")[0] ?? number.id);
    return { ...number, citation, year, at, cohorts, subject };
  });
}

/** Ids of the numbers that a cohort's stages ask for, whatever its hospitals. */
export function askedBy(cohort: Cohort): ReadonlySet<string> {
  const before = known.get(cohort);
  if (before !== undefined) return before;
  const asked = new Set<string>();
  const published = numbersWith();
  const numbers = {
    of: (id: string): number => {
      asked.add(id);
      return published.of(id);
    },
  };
  for (const hospitals of [1, 12]) {
    const setting: Setting = {
      numbers,
      pyramid: undefined,
      hospitals,
      units: hospitals === 1 ? "one" : "own",
    };
    for (const { prepare } of [...cohort.stages, ...cohort.recording]) prepare(setting);
    cohort.course.prepare(setting);
  }
  known.set(cohort, asked);
  return asked;
}

/** Stages take a while to prepare. */
const known = new WeakMap<Cohort, ReadonlySet<string>>();
