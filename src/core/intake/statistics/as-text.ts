import type { CellBlock } from "../../table/read/collect-cells.ts";
import type { ColumnHint } from "../../table/hints.ts";
import type { Kind, Measure, ValueLabel } from "../../table/table.ts";
import type { SheetText } from "../file.ts";
import { cellText, momentsOf, type CellText } from "./cell-texts.ts";
import { missingNotes } from "./missing-notes.ts";
import type { StoredColumn, StoredTable } from "./stored-table.ts";
import { survey, type Seen } from "./survey.ts";
import { labelsOf } from "./value-labels.ts";

/**
 * A stored table as delimited text. Its rows are gone through once before: which codes occur decides whether a labelled
 * column is its labels, and a file that is cut off is refused before anything is made of it.
 */
export async function storedAsText(table: StoredTable): Promise<SheetText> {
  const { seen } = await survey(table);
  const names = distinctNames(table.columns);
  const plans = table.columns.map((column, i) => {
    const labels = labelsOf(column, seen[i] as Seen);
    return { column, labels, text: cellText(column, seen[i] as Seen, labels) };
  });
  const hints = new Map<string, ColumnHint>();
  plans.forEach(({ column, labels }, i) =>
    hints.set(names[i] as string, hintOf(column, seen[i] as Seen, labels)),
  );
  const notes = [
    ...table.notes,
    ...missingNotes(table.columns, seen, names),
    ...plans.flatMap(({ column, labels }, i) => wordsOf(column, seen[i] as Seen, names[i] as string, labels)),
  ];
  return {
    hints,
    notes,
    written: "typed",
    cells: {
      names,
      blocks: () =>
        blocks(
          table,
          plans.map(({ text }) => text),
        ),
    },
    pieces: () =>
      pieces(
        table,
        names,
        plans.map(({ text }) => text),
      ),
  };
}

/** Names as they are, those of one name told apart by their place. */
function distinctNames(columns: readonly StoredColumn[]): string[] {
  const used = new Set<string>();
  return columns.map(({ name }, i) => {
    let said = name.trim() === "" ? `column_${i + 1}` : name.trim();
    for (let n = 2; used.has(said); n++) said = `${name.trim()}_${n}`;
    used.add(said);
    return said;
  });
}

function hintOf(column: StoredColumn, seen: Seen, labels: readonly ValueLabel[] | undefined): ColumnHint {
  const kind = labels === undefined ? kindOf(column, seen) : kindOfLabels(labels, seen);
  const measure: Measure | undefined =
    labels !== undefined && column.measure === "ordinal" ? "ordinal" : undefined;
  return {
    ...(column.label !== undefined && column.label !== "" && { label: column.label }),
    ...(kind && { kind }),
    ...(measure && { measure }),
    ...(labels && { valueLabels: labels }),
    storedAs: column.storedAs,
  };
}

/** Labels are levels, even where they look like numbers; two words may be a yes and a no, which reading tells. */
function kindOfLabels(labels: readonly ValueLabel[], { codes }: Seen): Kind | undefined {
  const words = labels.every(({ label }) => Number.isNaN(Number(label)));
  return words && codes !== undefined && codes.size <= 2 ? undefined : "category";
}

/** A number on a scale is one however few values it has; what is stored as a moment is one. */
function kindOf(column: StoredColumn, seen: Seen): Kind | undefined {
  if (column.type === "text") return undefined;
  if (momentsOf(column, seen) !== undefined) return "datetime";
  return column.measure === "scale" || column.moments !== undefined ? "decimal" : undefined;
}

/** What a person should know of how a column's cells are written. */
function wordsOf(
  column: StoredColumn,
  seen: Seen,
  name: string,
  labels: readonly ValueLabel[] | undefined,
): string[] {
  const { moments, labels: stored } = column;
  if (moments?.type === "time" && momentsOf(column, seen) === undefined) {
    return [`“${name}” holds times of more than a day; they are read as numbers of seconds.`];
  }
  if (moments?.told !== undefined) return [`“${name}”: each cell is ${moments.told}.`];
  if (labels !== undefined || stored === undefined || seen.codes === undefined) return [];
  const named = [...seen.codes.keys()].filter((code) => (stored.get(code) ?? "") !== "");
  if (named.length === 0) return [];
  const shown = named.slice(0, 3).map((code) => `${code} (“${(stored.get(code) as string).slice(0, 40)}”)`);
  const more = named.length > 3 ? " and others" : "";
  const verb = named.length === 1 ? "has a label and stays a number" : "have labels and stay numbers";
  return [`“${name}”: ${shown.join(", ")}${more} ${verb}, as most values of the column have none.`];
}

/** The cells as they are, for who needs no text of the whole table. */
async function* blocks(table: StoredTable, texts: readonly CellText[]): AsyncGenerator<CellBlock, undefined> {
  for await (const { rows, columns } of table.batches()) {
    yield {
      rows,
      texts: (i) => {
        const text = texts[i] as CellText;
        const cells = columns[i] as readonly (number | string)[];
        return (row) => text(cells[row] as number | string);
      },
    };
  }
  return undefined;
}

const PIECE = 1 << 16;
const encoder = new TextEncoder();

async function* pieces(
  table: StoredTable,
  names: readonly string[],
  texts: readonly CellText[],
): AsyncGenerator<Uint8Array, undefined> {
  let text = `${names.map(quoted).join(",")}\n`;
  for await (const { rows, columns } of table.batches()) {
    for (let row = 0; row < rows; row++) {
      let line = "";
      for (let i = 0; i < texts.length; i++) {
        const cell = (texts[i] as CellText)(
          (columns[i] as readonly (number | string)[])[row] as number | string,
        );
        line += i === 0 ? quoted(cell) : `,${quoted(cell)}`;
      }
      text += line === "" ? '""\n' : `${line}\n`;
      if (text.length > PIECE) {
        yield encoder.encode(text);
        text = "";
      }
    }
  }
  if (text !== "") yield encoder.encode(text);
  return undefined;
}

const SPECIAL = /[",\n\r]|^\s|\s$/;
const quoted = (text: string): string => (SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
