import { asTexts, type RawCells, type TextCells } from "../../table/read/column-cells.ts";
import { isMissing, type MissingTokens } from "../../table/formats/missing-tokens.ts";
import type { NumberContext } from "../../table/formats/number-marks.ts";
import type { ColumnHints } from "../../table/hints.ts";
import { patientRows } from "../../table/read/assemble.ts";
import { ownTokens } from "../../table/read/kinds/own-tokens.ts";
import type { CollectedFile } from "../../table/read/rows.ts";
import type { Dialect } from "../../table/table.ts";

/** One of the two tables of a join, as its file was read. */
export interface JoinSide {
  /** of its file or sheet */
  readonly name: string;
  readonly rows: number;
  readonly names: readonly string[];
  readonly cells: readonly RawCells[];
  readonly tokens: MissingTokens;
  /** those of single columns, by their cells, where they are others */
  readonly own?: ReadonlyMap<RawCells, MissingTokens>;
  readonly context: NumberContext;
  readonly dialect: Pick<Dialect, "delimiter" | "quote" | "newline">;
  readonly hints?: ColumnHints | undefined;
  /** missing only what is empty, every row one of the table */
  readonly typed: boolean;
}

/** A file that was read, called `name`; rows of totals are no rows of it. */
export function joinSide(file: CollectedFile, name: string): JoinSide {
  const { tokens, typed } = file;
  const { names, cells, context, dialect, hints, rows } = patientRows(file).whole;
  const own = new Map(ownTokens(cells, tokens).map((it, i) => [cells[i] as RawCells, it]));
  return { name, rows, names, cells, tokens, own, context, dialect, hints, typed: typed === true };
}

const made = new WeakMap<RawCells, TextCells>();

/** The cells of a column as texts. */
export function textsOf(side: JoinSide, column: number): TextCells {
  const cells = side.cells[column] as RawCells;
  if (cells.type === "texts") return cells;
  const texts = made.get(cells) ?? asTexts(cells);
  made.set(cells, texts);
  return texts;
}

export const columnAt = (side: JoinSide, name: string): number => side.names.indexOf(name);

/** Which of a column's levels are missing. */
export function missingOf(side: JoinSide, texts: TextCells): boolean[] {
  const tokens = side.own?.get(texts) ?? side.tokens;
  return texts.levels.map((level) => isMissing(level.trim(), tokens));
}

/** "labs" for "2025/labs.csv.gz": what columns that come from it are called by. */
export function stemOf({ name }: JoinSide): string {
  const last = name.split(/[/\\]/).at(-1) as string;
  return slugOf(last.replace(/(\.[A-Za-z0-9]{1,8}){1,2}$/, "")) || "right";
}

/** Letters and digits with _ between them. */
export const slugOf = (text: string): string =>
  text
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_+|_+$/g, "");
