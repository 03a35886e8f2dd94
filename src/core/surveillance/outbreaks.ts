import { breathe } from "../math/breathe.ts";
import { ears, earsDefaults } from "./ears.ts";
import { farrington, farringtonDefaults, reaches, type Watched } from "./farrington.ts";
import { wholePeriods, type Incidence } from "./incidence.ts";

/** Which rule tells alarms. */
export type Detector = "farrington" | "ears-c2";

export const detectorNames: Readonly<Record<Detector, string>> = {
  farrington: "Farrington's algorithm with Noufaily's improvements",
  "ears-c2": "EARS C2",
};

export interface Watch {
  readonly detector: Detector;
  /** the periods that could be judged, in order */
  readonly watched: readonly Watched[];
  /** alarms side by side are one outbreak: its first and its last period */
  readonly outbreaks: readonly { readonly from: number; readonly to: number }[];
}

/** Why no outbreak can be told. */
export interface Unwatched {
  readonly reason: string;
}

/** Years that the baseline must reach back. */
const LEAST_YEARS = 2;
/** Weeks that must be left to judge. */
const LEAST_WATCHED = 8;
/** Periods judged before other work is let through. */
const A_PULSE = 8;
/** Events in a period, on average, below which nothing can be told. */
const LEAST_EVENTS = 1;

/** Which detector a series allows: Farrington where two past years and eight weeks to judge are there, else EARS C2. */
export function detectorFor(incidence: Incidence): Detector | Unwatched {
  const { from, to } = wholePeriods(incidence);
  const mean = incidence.events / Math.max(1, incidence.counts.length);
  if (mean < LEAST_EVENTS)
    return {
      reason: `There are ${mean.toFixed(1)} events per ${incidence.every} on average; outbreaks are told from ${LEAST_EVENTS} on.`,
    };
  if (incidence.every === "week" && yearsAt(incidence, to - LEAST_WATCHED, from) >= LEAST_YEARS)
    return "farrington";
  if (to - from >= earsDefaults.baseline + 2 + LEAST_WATCHED) return "ears-c2";
  return {
    reason: `${to - from} whole ${incidence.every}s are too few to tell outbreaks from: ${earsDefaults.baseline + 2 + LEAST_WATCHED} are needed.`,
  };
}

/** Past years that week `at` can be compared with, at most those of the settings. */
function yearsAt({ start }: Incidence, at: number, from: number): number {
  for (let years = farringtonDefaults.years; years > 0; years--) {
    if (
      reaches(start, at, { ...farringtonDefaults, years, halfWindow: farringtonDefaults.halfWindow + from })
    )
      return years;
  }
  return 0;
}

/**
 * Alarms of a series. Weeks of Farrington look back as many years as there are, two to five; a first week that the dates
 * begin within is no baseline, and a last one that they end within is not judged.
 * @param detector which one, so that two tables are watched alike; chosen by `detectorFor` unless said
 */
export async function watch(
  incidence: Incidence,
  detector = detectorFor(incidence),
  pulse: () => Promise<void> = breathe,
): Promise<Watch | Unwatched> {
  if (typeof detector !== "string") return detector;
  const { from, to } = wholePeriods(incidence);
  const watched: Watched[] = [];
  for (let at = from; at < to; at++) {
    if (at % A_PULSE === 0) await pulse();
    const found = detector === "farrington" ? judgedBack(incidence, at, from) : earsAt(incidence, at, from);
    if (found) watched.push(found);
  }
  return { detector, watched, outbreaks: episodes(watched) };
}

function judgedBack(incidence: Incidence, at: number, from: number): Watched | undefined {
  const years = yearsAt(incidence, at, from);
  if (years < LEAST_YEARS) return undefined;
  return farrington(incidence, at, { ...farringtonDefaults, years });
}

function earsAt({ counts }: Incidence, at: number, from: number): Watched | undefined {
  const found = ears(counts.subarray(from), at - from);
  return found && { ...found, at };
}

function episodes(watched: readonly Watched[]): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (const { at, alarm } of watched) {
    if (!alarm) continue;
    const last = found.at(-1);
    if (last && at - last.to <= 1) last.to = at;
    else found.push({ from: at, to: at });
  }
  return found;
}

/** How outbreaks of one series are found again in another of the same periods. */
export interface Agreement {
  /** outbreaks of the real series, and those of which some period has an alarm in the other, at most one period away */
  readonly real: number;
  readonly found: number;
  /** outbreaks of the other series, and those that are none of the real one */
  readonly synthetic: number;
  readonly alone: number;
}

/** Both must have been watched by the same detector over the same periods. */
export function agreementOf(real: Watch, synthetic: Watch): Agreement {
  const near = (a: Watch["outbreaks"][number], b: Watch["outbreaks"][number]): boolean =>
    a.from <= b.to + 1 && b.from <= a.to + 1;
  const found = real.outbreaks.filter((own) => synthetic.outbreaks.some((other) => near(own, other)));
  const alone = synthetic.outbreaks.filter((own) => !real.outbreaks.some((other) => near(own, other)));
  return {
    real: real.outbreaks.length,
    found: found.length,
    synthetic: synthetic.outbreaks.length,
    alone: alone.length,
  };
}
