import { wideGaps } from "../../math/wide-gaps.ts";
import { namesAge, wordsOf } from "../column-names.ts";
import type { ColumnSchema } from "../table.ts";

/** Numbers that cannot be what their column says, told by its name or by a gap before a number that computers write for none. */
export interface ImpossibleValues {
  readonly cells: number;
  /** the one furthest out */
  readonly value: number;
  readonly side: "low" | "high";
  /** what stays once they are missing: up to this, or from this on */
  readonly bound: number;
  /** "an age": by the name; absent: by the gap */
  readonly of?: string;
}

interface Possible {
  readonly of: string;
  readonly names: RegExp;
  readonly low: number;
  readonly high: number;
}

/** What is possible in any unit that is in use: wide on purpose. */
const POSSIBLE: readonly Possible[] = [
  {
    of: "a heart rate",
    names: /^(hr|heartrate|pulse|puls|herzfrequenz|hf|pouls|pulso|polso|fc)$/,
    low: 0,
    high: 400,
  },
  { of: "a systolic pressure", names: /^(sbp|systolic|systolisch|sys|sysbp|pas)$/, low: 0, high: 370 },
  { of: "a diastolic pressure", names: /^(dbp|diastolic|diastolisch|dia|diabp|pad)$/, low: 0, high: 360 },
  { of: "a breathing rate", names: /^(rr|resprate|respiratory|atemfrequenz|af)$/, low: 0, high: 200 },
  { of: "a saturation", names: /^(spo2|sao2|sato2|sättigung)$/, low: 0, high: 100 },
  {
    of: "a temperature",
    names: /^(temp|temperature|temperatur|température|temperatura)$/,
    low: 10,
    high: 120,
  },
  { of: "a weight", names: /^(weight|gewicht|poids|peso|wt)$/, low: 0, high: 700 },
  {
    of: "a height",
    names: /^(height|größe|groesse|körpergröße|taille|talla|altezza|estatura)$/,
    low: 0,
    high: 280,
  },
  { of: "a body mass index", names: /^(bmi|imc)$/, low: 5, high: 250 },
  { of: "a Glasgow coma score", names: /^(gcs)$/, low: 1, high: 15 },
  { of: "a pH", names: /^(ph)$/, low: 0, high: 14 },
];
const OLDEST = 125;
/** Share of the numbers that must be possible for the name to be taken at its word. */
const MOSTLY = 0.95;
/** Share of the others that is enough where those that cannot be are all one code for no number, as 999 among ages. */
const MANY_CODES = 0.5;
/** Most cells that are told; more are a part of the column. */
const MOST = 0.05;

/** -1, -9, 999 and their like, and numbers at the end of what 16 or 32 bits hold. */
const isCode = (value: number): boolean =>
  /^-?9{2,}(?:\.9+)?$|^-[1789]$/.test(String(value)) ||
  (value >= 65_436 && value <= 65_536) ||
  [32_767, 32_768, -32_768, 2_147_483_647, -2_147_483_648, 4_294_967_295].includes(value);

/** What cannot be among `sorted` (ascending, present), the low end before the high one. */
export function impossibleValues(sorted: Float64Array, schema: ColumnSchema): ImpossibleValues[] {
  if (schema.kind !== "integer" && schema.kind !== "decimal") return [];
  const possible = possibleBy(schema.name);
  const outside = possible && sorted.filter((value) => value < possible.low || value > possible.high);
  const coded = outside !== undefined && new Set(outside).size === 1 && isCode(outside[0] as number);
  const enough = (coded ? MANY_CODES : MOSTLY) * sorted.length;
  if (possible && outside !== undefined && sorted.length - outside.length >= enough) {
    const low = sorted.findIndex((value) => value >= possible.low);
    const high = sorted.findLastIndex((value) => value <= possible.high);
    const { of } = possible;
    return [
      ...(low > 0
        ? [{ cells: low, value: sorted[0] as number, side: "low" as const, bound: possible.low, of }]
        : []),
      ...(high < sorted.length - 1
        ? [
            {
              cells: sorted.length - 1 - high,
              value: sorted.at(-1) as number,
              side: "high" as const,
              bound: possible.high,
              of,
            },
          ]
        : []),
    ];
  }
  return beyondGaps(sorted, schema);
}

function possibleBy(name: string): Possible | undefined {
  if (namesAge(name)) return { of: "an age", names: /^/, low: 0, high: OLDEST };
  const words = wordsOf(name);
  const birth = words.some((word) =>
    /^(birth|geburt|naissance|nacer|nascita|loss|change|diff|delta|gain)/.test(word),
  );
  if (birth) return undefined;
  const whole = words.join("");
  return POSSIBLE.find(({ names }) => names.test(whole) || words.some((word) => names.test(word)));
}

/** Codes for no number, alone behind a gap that is wide open. */
function beyondGaps(sorted: Float64Array, { number }: ColumnSchema): ImpossibleValues[] {
  const gaps = wideGaps(sorted, 10 ** -(number?.decimals ?? 0));
  const half = (sorted.length - 1) >> 1;
  const high = Math.min(...gaps.filter((at) => at > half));
  const low = Math.max(...gaps.filter((at) => at <= half));
  const few = (cells: number, ends: readonly [number, number]): boolean =>
    cells <= Math.max(2, MOST * sorted.length) ||
    (ends[0] === ends[1] && cells <= (1 - MANY_CODES) * sorted.length);
  const ends = (from: number, to: number): readonly [number, number] => [
    sorted[from] as number,
    sorted[to] as number,
  ];
  const found: ImpossibleValues[] = [];
  const last = sorted.length - 1;
  if (Number.isFinite(low) && few(low, ends(0, low - 1)) && isCode(sorted[0] as number))
    found.push({
      cells: low,
      value: sorted[0] as number,
      side: "low",
      bound: between(sorted[low] as number, sorted[low - 1] as number),
    });
  if (Number.isFinite(high) && few(sorted.length - high, ends(high, last)) && isCode(sorted[last] as number))
    found.push({
      cells: sorted.length - high,
      value: sorted[last] as number,
      side: "high",
      bound: between(sorted[high - 1] as number, sorted[high] as number),
    });
  return found;
}

/** A round number between the last that is possible and the first that is not. */
function between(near: number, far: number): number {
  const middle = near + (far - near) / 4;
  const unit = 10 ** Math.floor(Math.log10(Math.max(1e-12, Math.abs(far - near) / 4)));
  const round = unit * Math.round(middle / unit);
  return Number(round.toPrecision(12));
}
