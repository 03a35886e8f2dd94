import type { Coarsening } from "./cleaning-step.ts";
import type { IdentifierClass } from "./identifies.ts";
import type { SchemaChange } from "./profile.ts";

/** A column that may name a patient: what was seen in it, what is done with it, what else can be done. */
export interface IdentifierFinding {
  readonly column: string;
  readonly what: IdentifierClass;
  /** in words, with counts and without a cell: “first and last names”, “check digit fits 99.9%” */
  readonly why: string;
  readonly done: "patient" | "left-out" | "fresh" | "coarsened" | "learned";
  /** what of it is learned, where it is coarsened */
  readonly to?: Coarsening;
  readonly ways: readonly { readonly label: string; readonly changes: readonly SchemaChange[] }[];
}
