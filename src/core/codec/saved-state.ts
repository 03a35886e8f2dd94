import { FaultError } from "../fault.ts";

/** Readers of a saved state that may be cut, foreign or hostile; each throws FaultError `model-damaged`. */

export function damaged(what: string): never {
  throw new FaultError({ code: "model-damaged", reason: `Its ${what} cannot be read.` });
}

export function asRecord(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return damaged(what);
  return value as Readonly<Record<string, unknown>>;
}

export function asList(value: unknown, what: string): readonly unknown[] {
  return Array.isArray(value) ? value : damaged(what);
}

export function asNumber(value: unknown, what: string): number {
  return typeof value === "number" && Number.isFinite(value) ? value : damaged(what);
}

/** An integer in [0, below). */
export function asIndex(value: unknown, below: number, what: string): number {
  const index = asNumber(value, what);
  return Number.isInteger(index) && index >= 0 && index < below ? index : damaged(what);
}

export function asNumbers(value: unknown, what: string, length?: number): Float64Array {
  const list = asList(value, what);
  if (length !== undefined && list.length !== length) return damaged(what);
  return Float64Array.from(list, (item) => asNumber(item, what));
}

export function asText(value: unknown, what: string): string {
  return typeof value === "string" ? value : damaged(what);
}

export function asTexts(value: unknown, what: string): readonly string[] {
  return asList(value, what).map((item) => asText(item, what));
}

export function asOneOf<T extends string>(value: unknown, choices: readonly T[], what: string): T {
  return choices.find((choice) => choice === value) ?? damaged(what);
}

interface SavedArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** The numbers of the array `name`, whose shape is `shape`, axis by axis; finite, every one. */
export function asArray(arrays: readonly SavedArray[], name: string, shape: readonly number[]): Float32Array {
  const found = arrays.find((array) => array.name === name);
  const size = shape.reduce((product, n) => product * n, 1);
  const fits =
    found?.data instanceof Float32Array &&
    found.data.length === size &&
    String(found.shape) === String(shape) &&
    found.data.every(Number.isFinite);
  return fits ? found.data : damaged(`array ${name}`);
}
