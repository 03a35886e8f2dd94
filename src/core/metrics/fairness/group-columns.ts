import { quantileSorted, sortedPresent } from "../../math/statistics.ts";
import { namesAge } from "../../table/column-names.ts";
import type { ColumnSchema } from "../../table/table.ts";
import { countCodes } from "../measuring/align.ts";
import type { AlignedColumn } from "../measuring/align.ts";
import { LEAST_PATIENTS } from "../measuring/patients.ts";

const MOST_LEVELS = 12;
const MOST_NUMBERS = 10;
const AGE_CUTS: readonly number[] = [40, 65, 85];

/** A column cut into places: `of[table][row]` is a row's place, -1 for none; a place has a label and a phrase. */
export interface Places {
  readonly column: string;
  readonly labels: readonly string[];
  /** after "patients": "aged 85 or over", "with sex Female" */
  readonly phrases: readonly string[];
  readonly of: readonly Int32Array[];
  /** how a number was cut, one sentence */
  readonly how?: string;
}

/** Patients (rows, where a row is a patient) of table 0 in each place. */
export type CountPatients = (places: Int32Array, size: number) => Float64Array;

/** A category as it is, a number in bands; missing is a place of its own; places of 1 to 4 patients are pooled. */
export function placesOf(column: AlignedColumn, countPatients: CountPatients): Places {
  const raw = column.type === "coded" ? levelsAsPlaces(column) : numbersAsPlaces(column);
  return poolSmallPlaces(raw, countPatients);
}

function levelsAsPlaces({ schema, codes, levels }: Extract<AlignedColumn, { type: "coded" }>): Places {
  const counts = countCodes(codes[0] as Int32Array, levels.length);
  const order = levels
    .map((_, i) => i)
    .filter((i) => (counts[i] as number) > 0)
    .sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b);
  const place = new Int32Array(levels.length).fill(-1);
  order.forEach((level, i) => (place[level] = i));
  return withMissing(
    schema,
    order.map((level) => levels[level] as string),
    (label) => `with ${schema.name} ${label}`,
    codes.map((own) => own.map((code) => (code < 0 ? order.length : (place[code] as number)))),
  );
}

function numbersAsPlaces({ schema, values }: Extract<AlignedColumn, { type: "numeric" }>): Places {
  const sorted = sortedPresent(values[0] as Float64Array);
  const few = fewNumbers(sorted);
  if (few) {
    const at = new Map(few.map((value, i) => [value, i]));
    return withMissing(
      schema,
      few.map(String),
      (label) => `with ${schema.name} ${label}`,
      values.map((own) => Int32Array.from(own, (v) => (Number.isNaN(v) ? few.length : (at.get(v) ?? -1)))),
    );
  }
  const years = inYears(schema, sorted);
  const cuts = years ? AGE_CUTS : quartiles(schema, sorted);
  const labels = bandLabels(schema, cuts, years);
  return {
    ...withMissing(
      schema,
      labels,
      (label) => (years ? `aged ${label}` : `with ${schema.name} ${label}`),
      values.map((own) =>
        Int32Array.from(own, (v) =>
          Number.isNaN(v) ? labels.length : cuts.filter((cut) => v >= cut).length,
        ),
      ),
    ),
    how: years
      ? `${schema.name} is cut at ${AGE_CUTS.join(", ")} years.`
      : `${schema.name} is cut at its quartiles in the training rows.`,
  };
}

function withMissing(
  schema: ColumnSchema,
  labels: readonly string[],
  phrase: (label: string) => string,
  of: readonly Int32Array[],
): Places {
  return {
    column: schema.name,
    labels: [...labels, "not recorded"],
    phrases: [...labels.map(phrase), `without a recorded ${schema.name}`],
    of,
  };
}

/** The values of a column that holds at most 10 different whole numbers: codes rather than quantities. */
function fewNumbers(sorted: Float64Array): number[] | undefined {
  const different = new Set<number>();
  for (const value of sorted) {
    different.add(value);
    if (different.size > MOST_NUMBERS || !Number.isInteger(value)) return undefined;
  }
  return [...different];
}

/** Named an age, within a human life, and spread over at least two of the bands. */
function inYears({ name, kind }: ColumnSchema, sorted: Float64Array): boolean {
  if (kind === "datetime" || !namesAge(name)) return false;
  const n = sorted.length;
  if (n === 0 || (sorted[0] as number) < 0 || (sorted[n - 1] as number) > 125) return false;
  const bands = new Float64Array(AGE_CUTS.length + 1);
  for (const value of sorted) {
    const band = AGE_CUTS.filter((cut) => value >= cut).length;
    bands[band] = (bands[band] as number) + 1;
  }
  return bands.filter((rows) => rows >= n / 10).length >= 2;
}

function quartiles({ number }: ColumnSchema, sorted: Float64Array): number[] {
  const unit = 10 ** Math.min(6, number?.decimals ?? 6);
  const cuts = [0.25, 0.5, 0.75].map((q) => Math.round(quantileSorted(sorted, q) * unit) / unit);
  return [...new Set(cuts)].filter((cut) => Number.isFinite(cut) && cut > (sorted[0] as number));
}

function bandLabels({ kind }: ColumnSchema, cuts: readonly number[], years: boolean): string[] {
  const whole = years || kind === "integer";
  const text = (value: number): string =>
    kind === "datetime" ? new Date(value).toISOString().slice(0, 10) : String(value);
  const before = kind === "datetime" ? "before" : "under";
  const last = cuts.at(-1);
  if (last === undefined) return ["any value"];
  const between = cuts
    .slice(1)
    .map((high, i) =>
      whole ? `${cuts[i]} to ${high - 1}` : `${text(cuts[i] as number)} to ${before} ${text(high)}`,
    );
  return [`${before} ${text(cuts[0] as number)}`, ...between, `${text(last)} or ${years ? "over" : "more"}`];
}

/**
 * Places of 1 to 4 patients, and those beyond the 12 most frequent, become one; where even that has fewer than 5, the
 * smallest others join it, so that no difference gives a small one away. Places that table 0 has none of go.
 */
function poolSmallPlaces(places: Places, countPatients: CountPatients): Places {
  const size = places.labels.length;
  const patients = countPatients(places.of[0] as Int32Array, size);
  const order = places.labels
    .map((_, i) => i)
    .filter((i) => (patients[i] as number) > 0)
    .sort((a, b) => (patients[b] as number) - (patients[a] as number));
  const pooled = new Set(
    order.filter((i, rank) => rank >= MOST_LEVELS || (patients[i] as number) < LEAST_PATIENTS),
  );
  let total = [...pooled].reduce((sum, i) => sum + (patients[i] as number), 0);
  for (const i of order.toReversed()) {
    if (pooled.size === 0 || total >= LEAST_PATIENTS) break;
    if (pooled.has(i)) continue;
    pooled.add(i);
    total += patients[i] as number;
  }
  const kept = order.filter((i) => !pooled.has(i)).sort((a, b) => a - b);
  const to = new Int32Array(size).fill(pooled.size > 0 ? kept.length : -1);
  kept.forEach((i, k) => (to[i] = k));
  const other = pooled.size > 0 ? [`other (${pooled.size} ${pooled.size === 1 ? "value" : "values"})`] : [];
  return {
    ...places,
    labels: [...kept.map((i) => places.labels[i] as string), ...other],
    phrases: [
      ...kept.map((i) => places.phrases[i] as string),
      ...other.map((label) => `with ${places.column} ${label}`),
    ],
    of: places.of.map((own) =>
      own.map((place) => (place < 0 ? (pooled.size > 0 ? kept.length : -1) : (to[place] as number))),
    ),
  };
}
