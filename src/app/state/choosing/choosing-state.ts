/** Files that are looked into before a table is opened: which of their tables, read how, joined how. */
import type { Fault } from "../../../core/fault.ts";
import type { Sheet } from "../../../core/intake/file.ts";
import type { JoinChoice, JoinLook } from "../../../core/intake/join/join.ts";
import type { FileSeen, PairSeen } from "../../../worker/protocol.ts";

/** What several tables are to each other. */
export type Purpose = "parts" | "held-out" | "elsewhere" | "one";

/** Place of a table: which of the files, which of its sheets, both from 0. */
export interface SheetAt {
  readonly file: number;
  readonly sheet: number;
}

export interface OfferedName {
  readonly name: string;
  readonly bytes: number;
  /** left out until it has been looked into */
  readonly seen?: FileSeen;
}

/** First rows of a table as they stand, or why there are none. */
export interface SheetRows {
  readonly job: number;
  /** the row of names that was asked for; left out: it is found */
  readonly asked?: number;
  /** the view that was asked for; left out: the one that comes with the file */
  readonly view?: string;
  readonly cells?: readonly (readonly string[])[];
  /** number of the first of `cells`, from 1 */
  readonly first?: number;
  /** row of the names, from 1; 0: none */
  readonly header?: number;
  readonly fault?: Fault;
}

/** What the join that is chosen would make. The last answer stays while a new question is under way. */
export interface JoinAsked {
  readonly job: number;
  /** what was asked, to be told from another question */
  readonly question: string;
  readonly answered: boolean;
  readonly look?: JoinLook;
  readonly cells?: readonly (readonly string[])[];
  readonly fault?: Fault;
}

export interface ChoosingState {
  /** files are being looked into */
  readonly job: number | undefined;
  readonly files: readonly OfferedName[];
  readonly pair: PairSeen | undefined;
  /** why nothing could be looked into */
  readonly fault: Fault | undefined;
  readonly purpose: Purpose;
  /** the tables that are chosen; of two, rows of the first stay */
  readonly ticked: readonly SheetAt[];
  /** the table whose rows are shown */
  readonly shown: SheetAt | undefined;
  /** row of the names as a person chose it, by table */
  readonly headers: Readonly<Record<string, number>>;
  /** ViewDefinition by which resources are taken, as a person changed it, by table */
  readonly views: Readonly<Record<string, string>>;
  readonly rows: Readonly<Record<string, SheetRows>>;
  /** key and what is kept as a person chose them; undefined: the likeliest */
  readonly joinChoice: JoinChoice | undefined;
  readonly join: JoinAsked | undefined;
}

export type ChoosingEvent =
  | { type: "page-choosing"; job: number; files: readonly OfferedName[] }
  | { type: "page-choosing-purpose"; purpose: Purpose }
  | { type: "page-choosing-tick"; at: SheetAt; on: boolean }
  | { type: "page-choosing-first"; at: SheetAt }
  | { type: "page-choosing-shown"; at: SheetAt }
  | { type: "page-choosing-header"; at: SheetAt; row: number | undefined }
  | { type: "page-choosing-view"; at: SheetAt; view: string | undefined }
  | { type: "page-choosing-rows-asked"; at: SheetAt; job: number }
  | { type: "page-choosing-join"; choice: JoinChoice | undefined }
  | { type: "page-choosing-join-asked"; job: number; question: string }
  | { type: "page-choosing-closed" };

export const keyOf = ({ file, sheet }: SheetAt): string => `${file}:${sheet}`;

export const sameSheet = (a: SheetAt | undefined, b: SheetAt | undefined): boolean =>
  a !== undefined && b !== undefined && a.file === b.file && a.sheet === b.sheet;

export const sheetAt = (state: ChoosingState, at: SheetAt): Sheet | undefined =>
  state.files[at.file]?.seen?.sheets[at.sheet];

/** Every table that can be opened, in the order of the files. */
export function tablesOf(files: readonly OfferedName[]): SheetAt[] {
  return files.flatMap(({ seen }, file) =>
    seen === undefined || seen.fault !== undefined
      ? []
      : seen.sheets.flatMap(({ table }, sheet) => (table ? [{ file, sheet }] : [])),
  );
}

/** A table as a person calls it: its sheet, or its file where that holds one table only and is no archive. */
export function nameOf(state: ChoosingState, at: SheetAt): string {
  const file = state.files[at.file];
  const sheets = file?.seen?.sheets ?? [];
  const own = sheets.length > 1 || /\.zip$/i.test(file?.name ?? "") ? sheets[at.sheet]?.name : undefined;
  return own ?? file?.name ?? "";
}

/** Names of the columns, as far as the first rows have come. */
export function columnsOf(state: ChoosingState, at: SheetAt): readonly string[] {
  const { cells, first = 1, header } = state.rows[keyOf(at)] ?? {};
  if (cells === undefined || header === undefined || header === 0) return [];
  return (cells[header - first] ?? []).filter((name) => name !== "");
}

/** What several tables can be to each other here, and why one of them cannot be chosen. */
export function purposesOf(
  state: ChoosingState,
): readonly { readonly purpose: Purpose; readonly off?: string }[] {
  const tables = tablesOf(state.files);
  const several = state.files.length > 1;
  const whole = tables.length === 2 && tables[0]?.file !== tables[1]?.file;
  const two = whole ? undefined : "Two files with one table each are needed.";
  const alike = state.pair?.alike === true;
  return [
    { purpose: "parts", ...(tables.length < 2 && { off: "A second table is needed." }) },
    ...(several
      ? ([
          {
            purpose: "held-out",
            ...(two !== undefined
              ? { off: two }
              : !alike && { off: "The same columns are needed; they differ here." }),
          },
          { purpose: "elsewhere", ...(two !== undefined && { off: two }) },
        ] as const)
      : []),
    { purpose: "one" },
  ];
}
