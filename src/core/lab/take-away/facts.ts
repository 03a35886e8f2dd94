import type { Guarantee } from "../../private/guarantee.ts";
import { isPrivate, limitWords, NOT_PRIVATE } from "../../words/privacy-limit.ts";
import type { Kind, Role, Schema } from "../../table/table.ts";
import type { Filling } from "../left-out.ts";

/** Where the real rows came from. */
export interface SourceFacts {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly bytes: number;
  /** 64 hexadecimal digits */
  readonly sha256: string;
  /** `file`: of the file as it was opened; `table`: of the table written as CSV, where there was no file. */
  readonly of: "file" | "table";
  readonly simulated: boolean;
}

/** A column of the synthetic file. No cell of the source is in it. */
export interface ColumnFacts {
  readonly name: string;
  readonly kind: Kind;
  readonly role: Role;
  /** how it came about; not known where the table was made elsewhere */
  readonly filling?: Filling;
  readonly decimalMark?: "." | ",";
  readonly thousandsMark?: string;
  /** Some cells hold more than a number: a unit, or a limit such as "<5". */
  readonly beside?: true;
  readonly datePattern?: string;
}

/** The synthetic file that goes with the evaluation. */
export interface SyntheticFile {
  readonly name: string;
  readonly rows: number;
  /** of patients over time, whose visits the rows are */
  readonly patients?: number;
  readonly bytes: number;
  readonly sha256: string;
  /** the seed its rows were drawn with; not known where it was made elsewhere */
  readonly seed?: number;
  /** which rows, in words, where not all kinds were asked for */
  readonly which?: string;
  readonly delimiter: string;
  readonly encoding: string;
}

/** What the person who asks for a decision says of the use; what is left out is a line to fill in by hand. */
export interface StatedUse {
  readonly purpose?: string;
  readonly receivers?: string;
  readonly keptUntil?: string;
}

/** What stands beside a Report in every file that is taken away. */
export interface EvaluationFacts {
  /** versions of this lab and of TensorFlow.js */
  readonly versions: { readonly semblance: string; readonly tensorflow: string };
  readonly source?: SourceFacts;
  readonly columns: readonly ColumnFacts[];
  /** share of rows held out */
  readonly holdout?: { readonly share: number };
  /** The synthetic table was not made by this lab: how it was made is not known here. */
  readonly elsewhere?: boolean;
  /** for the page that a board decides by */
  readonly use?: StatedUse;
  /** what the model guarantees of every patient; absent = nothing */
  readonly guarantee?: Guarantee;
}

export function columnFacts(schema: Schema, filling: readonly Filling[] = []): ColumnFacts[] {
  return schema.columns.map(({ name, kind, role, number, date, limits }, i) => ({
    name,
    kind,
    role,
    ...(filling[i] === undefined ? {} : { filling: filling[i] }),
    ...(number === undefined ? {} : { decimalMark: number.decimalMark, thousandsMark: number.thousandsMark }),
    ...((number?.prefix ?? number?.suffix ?? limits) === undefined ? {} : { beside: true as const }),
    ...(date === undefined ? {} : { datePattern: date.pattern }),
  }));
}

export function epsilonWords({ guarantee, elsewhere }: EvaluationFacts): string {
  if (elsewhere === true) return "not known: the table was made elsewhere";
  if (guarantee === undefined) return "none: not differentially private";
  return isPrivate(guarantee) ? limitWords(guarantee) : NOT_PRIVATE;
}

export function sourceWords({ of, simulated }: SourceFacts): string {
  if (of === "file") return "SHA-256 of the file as it was opened";
  return `SHA-256 of the ${simulated ? "simulated " : ""}table written as CSV (there was no file)`;
}

/** The line that every file carries. */
export const SYNTHETIC = "Synthetic, not real patients.";
