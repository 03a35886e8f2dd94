/**
 * An event log of 1,000 codes (patient, day, code, value), split by patient, and what of it a synthetic one keeps: the share of
 * each code, which code follows which, how often a patient's code comes again, the value by code, gaps, events a patient.
 *
 * Illnesses are groups of 20 codes; a patient has one to three of them, and the next event is of the group before with .7.
 * Codes within a group are frequent by Zipf's law; half of the codes have a value around a level of their own.
 */
import { createRng, type Rng } from "../../src/core/math/rng.ts";

const GROUPS = 50;
const IN_GROUP = 20;

export interface LoggedEvent {
  readonly patient: number;
  readonly day: number;
  readonly code: number;
  /** NaN: this code has none */
  readonly value: number;
}

const zipf = Array.from({ length: IN_GROUP }, (_, k) => 1 / (k + 1));
const ofGroup = (rng: Rng): number => {
  let left = rng.uniform() * zipf.reduce((sum, w) => sum + w, 0);
  for (let k = 0; k < IN_GROUP; k++) if ((left -= zipf[k] as number) < 0) return k;
  return IN_GROUP - 1;
};

/** Level and spread of a code's value; the odd codes have none. */
export const valueOf = (code: number): { readonly level: number; readonly spread: number } | undefined =>
  code % 2 === 1 ? undefined : { level: 10 + ((code * 37) % 400), spread: 2 + (code % 7) };

/** Groups with low numbers have short gaps. */
const meanGap = (group: number): number => 3 + group;

export function eventLog(patients: number, seed: number): LoggedEvent[] {
  const rng = createRng(seed);
  const events: LoggedEvent[] = [];
  for (let patient = 0; patient < patients; patient++) {
    const own = Array.from({ length: 1 + rng.integer(3) }, () =>
      Math.floor(GROUPS * rng.uniform() * rng.uniform()),
    );
    const severity = rng.normal();
    let [day, group] = [Math.floor(60 * rng.uniform()), own[0] as number];
    const length = 5 + Math.floor(-20 * Math.log(1 - rng.uniform()));
    for (let k = 0; k < length; k++) {
      if (rng.uniform() > 0.7) group = own[rng.integer(own.length)] as number;
      const code = group * IN_GROUP + ofGroup(rng);
      const of = valueOf(code);
      const value = of ? of.level + of.spread * (0.7 * severity + 0.7 * rng.normal()) : NaN;
      events.push({ patient, day, code, value: Math.round(value * 10) / 10 });
      day += Math.floor(-meanGap(group) * Math.log(1 - rng.uniform()));
    }
  }
  return events;
}

export const asCsv = (events: readonly LoggedEvent[]): string =>
  [
    "patient_id,day,code,value",
    ...events.map(
      ({ patient, day, code, value }) =>
        `P${String(patient).padStart(5, "0")},${day},C${String(code).padStart(4, "0")},${Number.isNaN(value) ? "" : value}`,
    ),
  ].join("\n") + "\n";

export function fromCsv(text: string): LoggedEvent[] {
  const [header = "", ...lines] = text.trimEnd().split(/\r?\n/);
  const at = ["patient_id", "day", "code", "value"].map((name) => header.split(",").indexOf(name));
  const patients = new Map<string, number>();
  return lines.map((line) => {
    const cells = line.split(",");
    const [id, day, code, value] = at.map((i) => cells[i] ?? "") as [string, string, string, string];
    const patient = patients.get(id) ?? patients.size;
    patients.set(id, patient);
    return {
      patient,
      day: day === "" ? NaN : Number(day),
      code: code.startsWith("C") ? Number(code.slice(1)) : -1,
      value: value === "" ? NaN : Number(value),
    };
  });
}

const correlation = (x: readonly number[], y: readonly number[]): number => {
  const mean = (v: readonly number[]): number => v.reduce((sum, a) => sum + a, 0) / v.length;
  const [mx, my] = [mean(x), mean(y)];
  const sum = (f: (i: number) => number): number => x.reduce((total, _, i) => total + f(i), 0);
  const [dx, dy] = [(i: number) => (x[i] as number) - mx, (i: number) => (y[i] as number) - my];
  return sum((i) => dx(i) * dy(i)) / Math.sqrt(sum((i) => dx(i) ** 2) * sum((i) => dy(i) ** 2));
};

export interface LogFacts {
  readonly events: number;
  readonly perPatient: number;
  readonly codes: number;
  /** of the events behind another of their patient, those of the same group */
  readonly sameGroup: number;
  /** those whose code the patient has had before */
  readonly again: number;
  /** codes without a value that have one, or the other way round */
  readonly valueMisplaced: number;
  /** correlation of values with their code's level */
  readonly valueByCode: number;
  /** intra-class: correlation of a value's deviation with the patient's deviation before */
  readonly deviationKept: number;
  /** Spearman-like: correlation of the gap with the group of the event before */
  readonly gapByGroup: number;
  readonly meanGap: number;
  readonly shares: Float64Array;
  readonly pairs: Float64Array;
}

export function factsOf(events: readonly LoggedEvent[]): LogFacts {
  const shares = new Float64Array(GROUPS * IN_GROUP);
  const pairs = new Float64Array(GROUPS * GROUPS);
  const seen = new Set<string>();
  let [follow, same, again, misplaced, gapSum] = [0, 0, 0, 0, 0];
  const [values, levels, deviations, before, gaps, groups]: number[][] = [[], [], [], [], [], []];
  const last = new Map<number, number>();
  events.forEach((event, i) => {
    const { patient, code, value, day } = event;
    if (code < 0) return;
    const group = Math.floor(code / IN_GROUP);
    shares[code] = (shares[code] as number) + 1 / events.length;
    const of = valueOf(code);
    if (of === undefined ? !Number.isNaN(value) : Number.isNaN(value)) misplaced++;
    if (of && !Number.isNaN(value)) {
      values?.push(value);
      levels?.push(of.level);
      const off = (value - of.level) / of.spread;
      const old = last.get(patient);
      if (old !== undefined) {
        deviations?.push(off);
        before?.push(old);
      }
      last.set(patient, off);
    }
    const previous = events[i - 1];
    if (previous?.patient === patient && previous.code >= 0) {
      const g = Math.floor(previous.code / IN_GROUP);
      follow++;
      pairs[g * GROUPS + group] = (pairs[g * GROUPS + group] as number) + 1;
      if (g === group) same++;
      if (seen.has(`${patient} ${code}`)) again++;
      gaps?.push(Math.log1p(day - previous.day));
      groups?.push(g);
      gapSum += day - previous.day;
    }
    seen.add(`${patient} ${code}`);
  });
  const patients = new Set(events.map(({ patient }) => patient)).size;
  return {
    events: events.length,
    perPatient: events.length / patients,
    codes: shares.filter((share) => share > 0).length,
    sameGroup: same / follow,
    again: again / follow,
    valueMisplaced: misplaced / events.length,
    valueByCode: correlation(values ?? [], levels ?? []),
    deviationKept: correlation(deviations ?? [], before ?? []),
    gapByGroup: correlation(gaps ?? [], groups ?? []),
    meanGap: gapSum / follow,
    shares,
    pairs: pairs.map((n) => n / follow),
  };
}

/** R² of code shares and total variation of which group follows which. */
export function between(real: LogFacts, made: LogFacts): { sharesR2: number; pairsTvd: number } {
  const sharesR2 = correlation([...real.shares], [...made.shares]) ** 2;
  const pairsTvd = real.pairs.reduce((sum, p, i) => sum + Math.abs(p - (made.pairs[i] as number)), 0) / 2;
  return { sharesR2, pairsTvd };
}
