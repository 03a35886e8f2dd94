import { quantileSorted } from "../../math/statistics.ts";
import type { ColumnSchema } from "../../table/table.ts";
import type { ClinicalUnit, Quantity, Range } from "./clinical-quantity.ts";
import { nameReadings, quantityNamed, quantityOf, type NameReading } from "./quantity-names.ts";
import { unitWritten } from "./unit-conversions.ts";

/** Real values that a column needs before they say anything. */
export const LEAST_VALUES = 20;

/**
 * How sure it is what a column measures. `certain`: a person said so, or a code, or a full name with a unit. `likely`: a full
 * name, or an abbreviation with a unit or usual values. `guess`: an abbreviation whose values only fit, or a name that its
 * values speak against; no rule uses it until a person confirms it.
 */
export type Sureness = "certain" | "likely" | "guess";

/** What a column was matched to. */
export interface ColumnMatch {
  readonly quantity: Quantity;
  /** undefined: no unit fits its median */
  readonly unit: ClinicalUnit | undefined;
  readonly sure: Sureness;
  /** what that rests on: "by its name and its median" */
  readonly why: string;
  /** a person chose it */
  readonly chosen: boolean;
  /** the other words of its name */
  readonly beside: string;
}

export const within = (value: number, [low, high]: Range): boolean => value >= low && value <= high;

/**
 * What a column of numbers measures: by a person's choice, a code, its name or label, the unit in its name or beside it, and
 * the size of its median; undefined where nothing is known, or a person said that it is nothing the lab knows.
 * @param sorted the present values in order; fewer than 20 say nothing
 */
export function matchColumn(schema: ColumnSchema, sorted: Float64Array): ColumnMatch | undefined {
  if (schema.kind !== "integer" && schema.kind !== "decimal") return undefined;
  const median = sorted.length < LEAST_VALUES ? undefined : quantileSorted(sorted, 0.5);
  if (schema.quantity !== undefined && (schema.quantity.of === null || quantityNamed(schema.quantity.of)))
    return chosenMatch(schema, median);
  const said = [schema.unit, schema.number?.suffix].find((unit) => unit !== undefined);
  const own = best(nameReadings(schema.name), said, median, "name");
  if (own !== undefined || schema.label === undefined) return own;
  return best(nameReadings(schema.label), said, median, "label");
}

function chosenMatch(schema: ColumnSchema, median: number | undefined): ColumnMatch | undefined {
  const named = quantityOf(schema);
  if (named === undefined) return undefined;
  const unit = named.unit ?? byMedian(named.quantity.units, median) ?? named.quantity.units[0];
  return { ...named, unit, sure: "certain", why: "you said so", chosen: true };
}

const byMedian = (units: readonly ClinicalUnit[], median: number | undefined): ClinicalUnit | undefined =>
  median === undefined ? undefined : units.find(({ typical }) => typical && within(median, typical));

/** One reading weighed against the values. */
interface Weighed {
  readonly match: ColumnMatch;
  /** its values are as usual for it: within the reference range, or for want of one well within the typical one */
  readonly usual: boolean;
}

function best(
  readings: readonly NameReading[],
  said: string | undefined,
  median: number | undefined,
  what: "name" | "label",
): ColumnMatch | undefined {
  const weighed = readings
    .map((reading) => asShare(reading, median))
    .flatMap((reading) => weigh(reading, said, median, what) ?? []);
  const [first, second] = weighed;
  if (first === undefined || second === undefined) return first?.match;
  const usual = weighed.filter((one) => one.usual);
  const chosen = (usual[0] ?? first).match;
  return usual.length === 1 ? chosen : { ...chosen, sure: "guess" };
}

/** "lymphocytes" of median 30 are percent of the white cells and not thousands: of no unit of their number. */
function asShare(reading: NameReading, median: number | undefined): NameReading {
  const { quantity, unit } = reading;
  const share = quantityNamed(`${quantity.name} share`);
  const counts = unit !== undefined || median === undefined || byMedian(quantity.units, median);
  return share === undefined || counts || !byMedian(share.units, median)
    ? reading
    : { ...reading, quantity: share };
}

function weigh(
  { quantity, unit: named, by, open, beside, unitUnsure, misspelt }: NameReading,
  said: string | undefined,
  median: number | undefined,
  what: "name" | "label",
): Weighed | undefined {
  const units = open ?? quantity.units;
  const beyond = named === undefined && said !== undefined ? unitWritten(quantity, said) : undefined;
  const fitting = byMedian(units, median);
  const unit = named ?? beyond ?? fitting ?? (by === "code" ? units[0] : undefined);
  const usual = unit !== undefined && median !== undefined && isUsual(unit, median);
  const against = fitting !== undefined && unit !== fitting && unit?.typical !== undefined;
  const told = named !== undefined || beyond !== undefined;
  if (by === "short" && !told && fitting === undefined) return undefined;
  if (by === "short" && median !== undefined && unit && !within(median, unit.typical ?? unit.plausible))
    return undefined;
  if (misspelt && (unit === undefined || fitting !== unit)) return undefined;
  if (
    median !== undefined &&
    units.every(({ unit: own, plausible }) => own === "points" && !within(median, plausible))
  )
    return undefined;
  const name = misspelt
    ? `misspelt ${what}`
    : by === "code"
      ? "code"
      : by === "short"
        ? "abbreviation"
        : what;
  const parts = [
    `its ${name}`,
    ...(beyond === undefined ? [] : ["the unit beside it"]),
    ...(by !== "code" && named !== undefined && !unitUnsure ? ["the unit in it"] : []),
    ...(!told && fitting !== undefined && (units.length > 1 || by === "short") ? ["its median"] : []),
  ];
  const sure: Sureness =
    against || misspelt
      ? "guess"
      : by === "code"
        ? "certain"
        : by === "name"
          ? told && !unitUnsure
            ? "certain"
            : "likely"
          : told || usual
            ? "likely"
            : "guess";
  const why = `by ${parts.join(" and ")}${against ? `, though its median is more like ${fitting.unit}` : ""}`;
  return { match: { quantity, unit, sure, why, chosen: false, beside }, usual: usual || told };
}

function isUsual({ reference, typical }: ClinicalUnit, median: number): boolean {
  const [low, high] = reference ?? typical ?? [Infinity, -Infinity];
  if (reference === undefined) return within(median, [0.9 * low + 0.1 * high, 0.1 * low + 0.9 * high]);
  const wide = Number.isFinite(low) && Number.isFinite(high) ? 0.15 * (high - low) : 0;
  return within(median, [low - wide, high + wide]);
}
