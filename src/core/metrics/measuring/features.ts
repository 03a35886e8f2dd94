import type { Feature } from "../../math/trees/bins.ts";
import type { AlignedColumn } from "./align.ts";

/** Table `side` of aligned columns as a tree learner's features. */
export function featuresOf(columns: readonly AlignedColumn[], side: number): Feature[] {
  return columns.map((column) =>
    column.type === "numeric"
      ? { type: "numeric", values: column.values[side] as Float64Array }
      : { type: "coded", codes: column.codes[side] as Int32Array, levels: column.levels.length },
  );
}

/** The rows of `a` followed by those of `b`. */
export function stackFeatures(a: readonly Feature[], b: readonly Feature[]): Feature[] {
  return a.map((feature, i): Feature => {
    const other = b[i];
    if (feature.type === "numeric" && other?.type === "numeric") {
      const values = new Float64Array(feature.values.length + other.values.length);
      values.set(feature.values);
      values.set(other.values, feature.values.length);
      return { type: "numeric", values };
    }
    if (feature.type === "coded" && other?.type === "coded") {
      const codes = new Int32Array(feature.codes.length + other.codes.length);
      codes.set(feature.codes);
      codes.set(other.codes, feature.codes.length);
      return { type: "coded", codes, levels: feature.levels };
    }
    throw new TypeError("A feature is numeric on one side and coded on the other.");
  });
}

/** The given rows of every feature, copied. */
export function takeFeatures(features: readonly Feature[], rows: Int32Array): Feature[] {
  return features.map((feature): Feature => {
    if (feature.type === "numeric") {
      return { type: "numeric", values: Float64Array.from(rows, (row) => feature.values[row] as number) };
    }
    return {
      type: "coded",
      codes: Int32Array.from(rows, (row) => feature.codes[row] as number),
      levels: feature.levels,
    };
  });
}
