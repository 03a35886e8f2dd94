import { crossProducts } from "../../math/regression/design.ts";
import type { Design } from "../../math/regression/design.ts";
import { mean, standardDeviation } from "../../math/statistics.ts";
import type { AlignedColumn } from "../measuring/align.ts";

/** A level stands by itself from this many patients on, with this many in either class of a two-class outcome. */
const LEAST_PATIENTS = 10;
const LEAST_IN_CLASS = 5;
/** Levels of one column beside its reference level. */
const MOST_LEVELS = 8;
/** A column that is missing in more of table 0 would cost too many complete rows. */
const MOST_MISSING = 0.2;
/** A column of the design of which the others leave less than this share of variance is left out. */
const ALIASED = 1e-6;

type Numeric = Extract<AlignedColumn, { type: "numeric" }>;
type Coded = Extract<AlignedColumn, { type: "coded" }>;

/** A column as it enters a regression; what it means is fixed by table 0. */
export type Covariate =
  | {
      readonly type: "number";
      readonly column: Numeric;
      readonly centre: number;
      readonly scale: number;
      readonly terms: readonly string[];
    }
  | {
      readonly type: "levels";
      readonly column: Coded;
      /** the term of each level: -1 reference, -2 a level that table 0 does not have and that no pool takes */
      readonly termOf: Int32Array;
      readonly terms: readonly string[];
    };

/**
 * `column` as a covariate for an outcome known in `rows` of table 0; undefined where it cannot be one (dates, texts,
 * constants, mostly missing). Numbers count in standard deviations. Levels of fewer than 10 patients, or fewer than 5
 * with or without the event of `labels`, and those beyond the 8 most frequent are pooled; the most frequent is the
 * reference.
 */
export function covariateOf(
  column: AlignedColumn,
  rows: Int32Array,
  labels: Int32Array | undefined,
): Covariate | undefined {
  const { kind } = column.schema;
  if (kind === "datetime" || kind === "identifier" || kind === "text") return undefined;
  return column.type === "numeric" ? numberOf(column, rows) : levelsOf(column, rows, labels);
}

function numberOf(column: Numeric, rows: Int32Array): Covariate | undefined {
  const all = Float64Array.from(rows, (row) => column.values[0]?.[row] as number);
  const present = all.filter((value) => !Number.isNaN(value));
  if (present.length < (1 - MOST_MISSING) * all.length) return undefined;
  const scale = standardDeviation(present);
  if (!(scale > 0) || !Number.isFinite(scale)) return undefined;
  return {
    type: "number",
    column,
    centre: mean(present),
    scale,
    terms: [
      `${column.schema.name}, per SD (${scale.toLocaleString("en-US", { maximumSignificantDigits: 3 })})`,
    ],
  };
}

function levelsOf(column: Coded, rows: Int32Array, labels: Int32Array | undefined): Covariate | undefined {
  const codes = column.codes[0] as Int32Array;
  const patients = new Float64Array(column.levels.length);
  const events = new Float64Array(column.levels.length);
  let known = 0;
  for (const row of rows) {
    const code = codes[row] as number;
    if (code < 0) continue;
    known++;
    patients[code] = (patients[code] as number) + 1;
    if (labels?.[row] === 1) events[code] = (events[code] as number) + 1;
  }
  if (known < (1 - MOST_MISSING) * rows.length) return undefined;
  const stands = (n: number, k: number): boolean =>
    n >= LEAST_PATIENTS && (!labels || (k >= LEAST_IN_CLASS && n - k >= LEAST_IN_CLASS));
  const present = Array.from(patients.keys()).filter((level) => (patients[level] as number) > 0);
  present.sort((a, b) => (patients[b] as number) - (patients[a] as number) || a - b);
  const [reference, ...others] = present;
  if (reference === undefined || others.length === 0) return undefined;
  const own = others
    .filter((level) => stands(patients[level] as number, events[level] as number))
    .slice(0, MOST_LEVELS);
  const pooled = others.filter((level) => !own.includes(level));
  const sum = (of: Float64Array): number => pooled.reduce((total, level) => total + (of[level] as number), 0);
  const pool = pooled.length > 0 && stands(sum(patients), sum(events));
  const terms = own.map((level) => column.levels[level] as string);
  if (pool) terms.push(pooled.length === 1 ? (column.levels[pooled[0] as number] as string) : "other levels");
  if (terms.length === 0) return undefined;
  const termOf = new Int32Array(column.levels.length).fill(pool ? own.length : -2);
  termOf[reference] = -1;
  own.forEach((level, i) => (termOf[level] = i));
  if (!pool) for (const level of pooled) termOf[level] = -1;
  const name = column.schema.name;
  const against = `against ${column.levels[reference] as string}`;
  return { type: "levels", column, termOf, terms: terms.map((term) => `${name}: ${term} ${against}`) };
}

/** Names of the design's columns after the intercept: numbers first, as in `designOf`. */
export const termsOf = (covariates: readonly Covariate[]): string[] => [
  ...covariates.flatMap((covariate) => (covariate.type === "number" ? covariate.terms : [])),
  ...covariates.flatMap((covariate) => (covariate.type === "levels" ? covariate.terms : [])),
];

/** Those of `rows` of table `side` in which every covariate is known. */
export const completeRows = (covariates: readonly Covariate[], side: number, rows: Int32Array): Int32Array =>
  rows.filter((row) =>
    covariates.every((covariate) => {
      if (covariate.type === "number") return !Number.isNaN(covariate.column.values[side]?.[row]);
      const code = covariate.column.codes[side]?.[row] as number;
      return code >= 0 && covariate.termOf[code] !== -2;
    }),
  );

const FURTHEST = 50;

/** The design of complete `rows` of table `side`; numbers are held within 50 standard deviations of table 0. */
export function designOf(covariates: readonly Covariate[], side: number, rows: Int32Array): Design {
  const numbers: Float64Array[] = [];
  const factors: { codes: Int32Array; levels: number }[] = [];
  for (const covariate of covariates) {
    if (covariate.type === "number") {
      const values = covariate.column.values[side] as Float64Array;
      const { centre, scale } = covariate;
      numbers.push(
        Float64Array.from(rows, (row) =>
          Math.max(-FURTHEST, Math.min(FURTHEST, ((values[row] as number) - centre) / scale)),
        ),
      );
    } else {
      const codes = covariate.column.codes[side] as Int32Array;
      factors.push({
        codes: Int32Array.from(rows, (row) => covariate.termOf[codes[row] as number] as number),
        levels: covariate.terms.length,
      });
    }
  }
  return { rows: rows.length, numbers, factors };
}

/**
 * The covariates without the terms that the terms before them determine on `rows` of table 0 (education in years beside
 * education by name): such a coefficient has no estimate. A level left out joins the reference.
 */
export function withoutAliased(covariates: readonly Covariate[], rows: Int32Array): Covariate[] {
  const design = designOf(covariates, 0, rows);
  const products = crossProducts(design, new Float64Array(rows.length).fill(1));
  const free = independentColumns(products, 1 + termsOf(covariates).length);
  const kept: Covariate[] = [];
  let at = 1;
  for (const covariate of covariates) {
    if (covariate.type === "number" && free[at++] === 1) kept.push(covariate);
  }
  for (const covariate of covariates) {
    if (covariate.type !== "levels") continue;
    const place = new Int32Array(covariate.terms.length).fill(-1);
    let next = 0;
    covariate.terms.forEach((_, i) => {
      if (free[at + i] === 1) place[i] = next++;
    });
    const terms = covariate.terms.filter((_, i) => free[at + i] === 1);
    at += covariate.terms.length;
    const termOf = covariate.termOf.map((term) => (term < 0 ? term : (place[term] as number)));
    if (terms.length > 0) kept.push({ ...covariate, termOf, terms });
  }
  return kept;
}

/** 1 for every column of X'X that adds to those before it, by elimination; the first is the intercept. */
function independentColumns(products: Float64Array, width: number): Uint8Array {
  const left = products.slice();
  const free = new Uint8Array(width);
  let own: Float64Array | undefined;
  for (let j = 0; j < width; j++) {
    const pivot = left[j * width + j] as number;
    if (!(pivot > 0) || (own && !(pivot > ALIASED * (own[j] as number)))) continue;
    free[j] = 1;
    for (let i = j + 1; i < width; i++) {
      const factor = (left[i * width + j] as number) / pivot;
      for (let k = j; k < width; k++) {
        left[i * width + k] = (left[i * width + k] as number) - factor * (left[j * width + k] as number);
      }
    }
    own ??= Float64Array.from({ length: width }, (_, i) => left[i * width + i] as number);
  }
  return free;
}
