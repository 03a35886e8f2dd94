/**
 * Looks at what runs release and nothing else: is there any number, text or place of the models that tells those with a
 * canary from those without? What was read from patients past the noise (a range, a level, a count) shows here, and the
 * method is not asked what it did. The most telling event is sought in one half of the runs and counted in the other.
 */
import { wilson } from "../../math/intervals.ts";
import { shareAtLeast, shareAtMost } from "./binomial.ts";

/** Numbers of a model by their place, truth values as 0 and 1, and 1 for every text that occurs anywhere. */
export type Told = ReadonlyMap<string, number>;

/** Places that are looked at where a model has more: an even choice by name, the same in every run. */
const MOST_PLACES = 4000;

const LISTS = [Array, Float64Array, Float32Array, Int32Array, Uint32Array, Uint8Array] as const;
const isList = (value: unknown): value is ArrayLike<unknown> => LISTS.some((list) => value instanceof list);

/** Everything that JSON or typed arrays tell. `stride`: of so many places one is kept; see `strideFor`. */
export function toldBy(released: unknown, stride = 1): Told {
  const told = new Map<string, number>();
  const visit = (value: unknown, place: string): void => {
    if (typeof value === "string") told.set(`“${value}” occurs`, 1);
    else if (typeof value === "number" || typeof value === "boolean") {
      if (stride === 1 || hash(place) % stride === 0) told.set(place, Number(value));
    } else if (isList(value)) {
      for (let i = 0; i < value.length; i++) visit(value[i], `${place}[${i}]`);
      if (place !== "") told.set(`${place} length`, value.length);
    } else if (value instanceof Map || value instanceof Set) visit([...value], place);
    else if (typeof value === "object" && value !== null)
      for (const [key, item] of Object.entries(value)) visit(item, place === "" ? key : `${place}.${key}`);
  };
  visit(released, "");
  return told;
}

export const strideFor = (released: unknown): number => Math.ceil(toldBy(released).size / MOST_PLACES);

function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return (h ^ (h >>> 15)) >>> 0;
}

/** An event of a model: it has the place, and what is there is at least so much. */
interface Telling {
  readonly place: string;
  readonly least: number;
  /** likelier with the canary, or without */
  readonly side: "having" | "without";
  /** the event, or its not happening */
  readonly happens: boolean;
}

export interface ReleasedDifference {
  /** least epsilon that is not contradicted at `alpha`; 0 where nothing tells the runs apart */
  readonly epsilon: number;
  /** where in the model; what is told there */
  readonly place: string;
  /** shares of the runs that were not searched in */
  readonly having: number;
  readonly without: number;
}

const happens = (told: Told, { place, least, happens: yes }: Telling): boolean =>
  (told.get(place) ?? -Infinity) >= least === yes;

/** Four runs of each kind at least; with fewer nothing is found. */
export function releasedDifference(
  without: readonly Told[],
  having: readonly Told[],
  delta: number,
  alpha: number,
): ReleasedDifference | undefined {
  const [out, inside] = [Math.floor(without.length / 2), Math.floor(having.length / 2)];
  if (out < 2 || inside < 2) return undefined;
  const telling = mostTelling(without.slice(0, out), having.slice(0, inside));
  if (telling === undefined) return undefined;
  const [restOut, restIn] = [without.slice(out), having.slice(inside)];
  const [a, b] = [restIn, restOut].map((runs) => runs.filter((told) => happens(told, telling)).length) as [
    number,
    number,
  ];
  const [more, less] =
    telling.side === "having"
      ? ([
          [a, restIn.length],
          [b, restOut.length],
        ] as const)
      : ([
          [b, restOut.length],
          [a, restIn.length],
        ] as const);
  const ratio = (shareAtLeast(...more, alpha / 2) - delta) / shareAtMost(...less, alpha / 2);
  return {
    epsilon: Math.max(0, Math.log(Math.max(ratio, 1e-300))),
    place: telling.place,
    having: a / restIn.length,
    without: b / restOut.length,
  };
}

function mostTelling(without: readonly Told[], having: readonly Told[]): Telling | undefined {
  const places = new Set([...without, ...having].flatMap((told) => [...told.keys()]));
  let best: Telling | undefined;
  let most = 0;
  for (const place of places) {
    for (const { least, a, b } of thresholds(place, without, having)) {
      for (const [happening, i, o] of [
        [true, a, b],
        [false, having.length - a, without.length - b],
      ] as const) {
        const [high, low] = [wilson(i, having.length, Z), wilson(o, without.length, Z)];
        const scores = { having: high.low / low.high, without: low.low / high.high };
        const side = scores.having >= scores.without ? "having" : "without";
        if (scores[side] <= most) continue;
        most = scores[side];
        best = { place, least, side, happens: happening };
      }
    }
  }
  return best;
}

/** Of the search only: how cautious it is with few runs. */
const Z = 2;

/** Every value of a place as a threshold, with how many runs of each kind reach it. */
function* thresholds(
  place: string,
  without: readonly Told[],
  having: readonly Told[],
): Generator<{ least: number; a: number; b: number }> {
  const values = [without, having].flatMap((runs, kind) =>
    runs.flatMap((told) => {
      const value = told.get(place);
      return value === undefined || Number.isNaN(value) ? [] : [{ value, kind }];
    }),
  );
  values.sort((x, y) => y.value - x.value);
  const reached = [0, 0] as [number, number];
  for (const [i, { value, kind }] of values.entries()) {
    reached[kind as 0 | 1]++;
    if (values[i + 1]?.value !== value) yield { least: value, a: reached[1], b: reached[0] };
  }
}
