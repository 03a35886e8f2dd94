import { FaultError } from "../fault.ts";
import { nearestName } from "../rules/language/rule-columns.ts";
import type { CleaningStep } from "../table/cleaning-step.ts";
import type { Kind } from "../table/table.ts";
import type { CellReading, ReadRows } from "../table/read/rows.ts";

export type StepName = CleaningStep["step"];
export type StepOf<N extends StepName> = Extract<CleaningStep, { step: N }>;

/** What a step works on. */
export interface Given {
  readonly rows: ReadRows;
  readonly reading: CellReading;
  /** kinds that a person set before this step, by column */
  readonly kinds: ReadonlyMap<string, Kind>;
}

/** A text that a step meets, and what it becomes; null: missing. */
export interface TextBecomes {
  readonly text: string;
  readonly cells: number;
  readonly becomes: string | null;
}

/** A cell or row that a step changes; `row` counts from 1, `after` null: missing, or taken away. */
export interface ChangedRow {
  readonly row: number;
  readonly before: string;
  readonly after: string | null;
}

/** What a step made of the rows. */
export interface Effect {
  readonly rows: ReadRows;
  /** cells that it changed, rows that it took away */
  readonly cells: number;
  readonly away: number;
  /** the columns whose texts are in `texts` and `changed`, as they were called before */
  readonly shows: readonly string[];
  /** most frequent first, at most `MOST_TEXTS` */
  readonly texts: readonly TextBecomes[];
  readonly changed: readonly ChangedRow[];
}

export const MOST_TEXTS = 50;
export const MOST_CHANGED = 5;

/** What one kind of step says and does. */
export interface StepKind<S extends CleaningStep> {
  /** what it does, in a few words */
  readonly title: (step: S) => string;
  /** what it did: “sex: 9 spellings merged into 3” */
  readonly done: (step: S, effect: Pick<Effect, "cells" | "away">) => string;
  /** Throws StepFault. */
  readonly apply: (step: S, given: Given) => Effect;
}

/** Why a step cannot be done; which number it has in its list is told where the list is known. */
export class StepFault extends Error {}

/** The place of a column. Throws StepFault with the nearest name. */
export function placeOf({ names }: ReadRows, column: string): number {
  const at = names.indexOf(column);
  if (at >= 0) return at;
  const near = nearestName(column, names);
  throw new StepFault(
    `There is no column “${column}”.${near === undefined ? ` The table has ${named(names)}.` : ` Did you mean “${near}”?`}`,
  );
}

/** A name for a new column, which no other has. Throws StepFault. */
export function newName({ names }: ReadRows, name: string, leaving?: string): string {
  const wanted = name.trim();
  if (wanted === "") throw new StepFault("A new column needs a name.");
  if (wanted !== leaving && names.includes(wanted))
    throw new StepFault(`There is a column “${wanted}” already. Choose another name.`);
  return wanted;
}

export const stepFault = (number: number, step: string, reason: string): FaultError =>
  new FaultError({ code: "step-impossible", number, step, reason });

const SHOWN = 6;
/** Names as a sentence lists them. */
export const named = (names: readonly string[]): string =>
  names
    .slice(0, SHOWN)
    .map((name) => `“${name}”`)
    .join(", ") + (names.length > SHOWN ? ` and ${names.length - SHOWN} more` : "");

export const count = (n: number): string => n.toLocaleString("en");
export const plural = (n: number, one: string, many = `${one}s`): string =>
  `${count(n)} ${n === 1 ? one : many}`;

const LONGEST = 40;
/** A text of a cell as a sentence quotes it. */
export const quoted = (text: string): string =>
  `“${text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text}”`;
