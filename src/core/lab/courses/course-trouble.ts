import type { SchemaChange } from "../../table/profile.ts";

/** Something about patients over time that a person should know or decide. Nothing is done with it unless they say so. */
export interface CourseTrouble {
  /** `check`: it may be a mistake; `note`: how it is taken */
  readonly level: "check" | "note";
  readonly words: string;
  readonly ways: readonly { readonly label: string; readonly changes: readonly SchemaChange[] }[];
}
