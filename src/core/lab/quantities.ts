/** What columns measure, as the page and the terminal show it and ask for it. */
import { matchedColumns } from "../clinic/ranges/known-quantities.ts";
import type { Sureness } from "../clinic/ranges/match-column.ts";
import { namedQuantity, quantityNamed } from "../clinic/ranges/quantity-names.ts";
import { quantities } from "../clinic/ranges/reference-ranges.ts";
import { unitWritten } from "../clinic/ranges/unit-conversions.ts";
import type { QuantityChoice, Table } from "../table/table.ts";

/** Values that are looked at of one column, spread over its rows. */
const MOST_VALUES = 50_000;
/** Columns that one sentence names. */
const MOST_TOLD = 8;

/** A column and what it measures. */
export interface MeasuredColumn {
  readonly column: string;
  /** "Potassium" */
  readonly quantity: string;
  /** absent: no unit that the lab knows fits its median */
  readonly unit?: string;
  readonly sure: Sureness;
  /** "by its name and its median" */
  readonly why: string;
  /** a person said so */
  readonly chosen: boolean;
}

/** A quantity that a person can choose, and its units. */
export interface QuantityOffer {
  readonly name: string;
  readonly units: readonly string[];
}

/** Columns that are matched to a quantity, guesses too. */
export const measuredColumns = (table: Table): MeasuredColumn[] =>
  matchedColumns([table], MOST_VALUES).flatMap(({ name, match }) =>
    match === undefined
      ? []
      : [
          {
            column: name,
            quantity: match.quantity.name,
            ...(match.unit && { unit: match.unit.unit }),
            sure: match.sure,
            why: match.why,
            chosen: match.chosen,
          },
        ],
  );

/** All quantities by name, in the order of the alphabet. */
export const quantityOffers: readonly QuantityOffer[] = quantities
  .map(({ name, units }) => ({ name, units: units.map(({ unit }) => unit) }))
  .sort((a, b) => a.name.localeCompare(b.name, "en"));

/**
 * The choice that a text asks for: "Potassium", "kalium:mmol/l", "none". Undefined where the lab knows no such quantity, or the
 * quantity no such unit.
 */
export function choiceWritten(text: string): QuantityChoice | undefined {
  const plain = text.trim();
  if (plain.toLowerCase() === "none") return { of: null };
  const colon = plain.indexOf(":");
  const [title, unit] =
    colon < 0 ? [plain, undefined] : [plain.slice(0, colon), plain.slice(colon + 1).trim()];
  const lower = title.trim().toLowerCase();
  const quantity =
    quantities.find(({ name }) => name.toLowerCase() === lower) ??
    quantityNamed(title) ??
    namedQuantity(title)?.quantity;
  if (quantity === undefined) return undefined;
  if (unit === undefined || unit === "") return { of: quantity.name };
  const own = unitWritten(quantity, unit);
  return own && { of: quantity.name, unit: own.unit };
}

/** Guesses that wait for a person's word, and what a person said, one sentence each. */
export function measuredLines(measured: readonly MeasuredColumn[]): string[] {
  const named = ({ column, quantity, unit }: MeasuredColumn): string =>
    `${column} (${quantity}${unit === undefined ? "" : ` in ${unit}`})`;
  const list = (some: readonly MeasuredColumn[]): string =>
    `${some.slice(0, MOST_TOLD).map(named).join(", ")}${some.length > MOST_TOLD ? ` and ${some.length - MOST_TOLD} more` : ""}`;
  const guesses = measured.filter(({ sure }) => sure === "guess");
  const chosen = measured.filter((one) => one.chosen);
  return [
    ...(chosen.length > 0 ? [`As you said: ${list(chosen)} (--quantity).`] : []),
    ...(guesses.length > 0
      ? [
          `Guesses, which no rule uses until you confirm them: ${list(guesses)} (--quantity COLUMN=QUANTITY:UNIT).`,
        ]
      : []),
  ];
}
