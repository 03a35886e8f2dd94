import { asIndex, asList, damaged } from "../../codec/saved-state.ts";
import { featureTable } from "../../codec/features.ts";
import type { FeatureTable } from "../../codec/features.ts";
import type { TokenCodec } from "../../codec/token.ts";

/** The columns that have something to learn (two tokens or more), in the order in which they are learned; index = place. */
export interface Places {
  /** the codec's column at each place */
  readonly columns: readonly number[];
  readonly counts: readonly number[];
  readonly features: readonly FeatureTable[];
  /** where each place's features begin in a row of features, and their number at the end */
  readonly starts: readonly number[];
}

/** Rows a column from which the target is learned last. */
const ROWS_A_COLUMN = 5;

/**
 * The table's order, but the target last, so that it is told by all other columns at once; where rows are few for that,
 * it stays in its place and tells each column behind it (Ng & Jordan 2001: few rows favour the second).
 */
export function targetLast(codec: TokenCodec, rows: number): number[] {
  const learned = tableOrder(codec);
  if (rows < ROWS_A_COLUMN * learned.length) return learned;
  return [...learned.filter((i) => !isTarget(codec, i)), ...learned.filter((i) => isTarget(codec, i))];
}

const isTarget = ({ code }: TokenCodec, column: number): boolean =>
  code.schema.columns[column]?.role === "target";

/** The places of the target's columns. */
export const targetPlaces = (codec: TokenCodec, { columns }: Places): number[] =>
  columns.flatMap((column, place) => (isTarget(codec, column) ? [place] : []));

const tableOrder = ({ code }: TokenCodec): number[] =>
  code.columns.flatMap(({ code: { count } }, i) => (count > 1 ? [i] : []));

/** Inverse of a model's saved order. Throws FaultError `model-damaged`. */
export function loadOrder(saved: unknown, codec: TokenCodec): number[] {
  const learned = tableOrder(codec);
  const order = asList(saved, "order").map((item) => asIndex(item, codec.code.columns.length, "order"));
  const sound = order.length === learned.length && learned.every((column) => order.includes(column));
  return sound ? order : damaged("order");
}

export function placesOf(codec: TokenCodec, columns: readonly number[] = tableOrder(codec)): Places {
  const codes = columns.map((i) => codec.code.columns[i] as (typeof codec.code.columns)[number]);
  const features = codes.map(featureTable);
  const starts = [0];
  for (const { width } of features) starts.push((starts.at(-1) as number) + width);
  return { columns, counts: codes.map(({ code }) => code.count), features, starts };
}
