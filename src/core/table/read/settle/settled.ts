import { FaultError } from "../../../fault.ts";
import { type MissingTokens } from "../../formats/missing-tokens.ts";
import { type NumberContext } from "../../formats/number-marks.ts";
import type { Column, DateFormat, Findings, Kind, Limit, NumberFormat } from "../../table.ts";

/** A column's cells once its kind is fixed, and what its schema says of them. */
export interface Settled {
  readonly column: Column;
  readonly missingToken: string;
  readonly number?: NumberFormat;
  readonly unit?: string;
  readonly limits?: readonly Limit[];
  readonly date?: DateFormat;
  readonly findings?: Findings;
  /** The stray texts with their cells, for the person's own screen; they do not go into the schema. */
  readonly strays?: ReadonlyMap<string, number>;
}

export interface SettleOptions {
  readonly name: string;
  readonly tokens: MissingTokens;
  readonly context: NumberContext;
  /** Cells that do not fit the kind become missing instead of a fault. */
  readonly strayAsMissing: boolean;
  /** The levels in the order that a person gave them. */
  readonly order?: readonly string[] | undefined;
  /** Levels are codes: "250" and "250.00" are two. */
  readonly codes?: boolean;
}

const WORDS: Readonly<Record<Kind, string>> = {
  integer: "a whole number",
  decimal: "a number",
  datetime: "a date",
  boolean: "yes or no",
  category: "a category",
  identifier: "an identifier",
  text: "free text",
  constant: "a constant",
};

export interface Strays {
  cells: number;
  firstRow: number;
  example: string;
  readonly texts: Map<string, number>;
}

export const noStrays = (): Strays => ({ cells: 0, firstRow: 0, example: "", texts: new Map() });

export function countStray(strays: Strays, text: string, cells: number): void {
  strays.cells += cells;
  strays.texts.set(text, (strays.texts.get(text) ?? 0) + cells);
}

/** The stray part of the findings; throws when strays are not allowed. */
export function strayFinding(strays: Strays, present: number, kind: Kind, options: SettleOptions): Findings {
  if (strays.cells === 0) return {};
  const share = strays.cells / Math.max(1, present);
  if (!options.strayAsMissing) {
    throw new FaultError({
      code: "kind-mismatch",
      column: options.name,
      kind: WORDS[kind],
      row: strays.firstRow,
      value: strays.example.length > 60 ? `${strays.example.slice(0, 60)}…` : strays.example,
      share,
    });
  }
  return { stray: { cells: strays.cells, share, firstRow: strays.firstRow } };
}

export const withFindings = (findings: Findings, strays: Strays): Pick<Settled, "findings" | "strays"> => ({
  ...(Object.keys(findings).length > 0 ? { findings } : {}),
  ...(strays.cells > 0 ? { strays: strays.texts } : {}),
});
