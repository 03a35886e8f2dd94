import { missingLevels } from "../../table/formats/missing-tokens.ts";
import type { TextCells } from "../../table/read/column-cells.ts";
import { mapTexts, textAt, textsOf, withColumns } from "../cells.ts";
import { firstChanged } from "../map-column.ts";
import {
  count,
  MOST_TEXTS,
  named,
  newName,
  placeOf,
  plural,
  quoted,
  StepFault,
  type Effect,
  type Given,
  type StepKind,
  type StepOf,
} from "../step-kind.ts";

type Split = StepOf<"split">;

/** A cell that holds several values is cut into columns of their own: "135/78". */
export const split: StepKind<Split> = {
  title: ({ at, into }) => `split at ${quoted(at)} into ${into.join(" and ")}`,
  done: ({ column, into }) => `${column}: split into ${into.join(" and ")}`,
  apply: (step, given) => splitColumn(step, given),
};

function splitColumn(step: Split, { rows, reading }: Given): Effect {
  const { column, at, into } = step;
  const place = placeOf(rows, column);
  if (at === "") throw new StepFault("It does not say where the cells are cut.");
  if (into.length < 2) throw new StepFault("A column is split into two new ones or more.");
  const names = into.map((name) => newName(rows, name, column));
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw new StepFault(`Two of the new columns are called “${twice}”.`);
  const cells = textsOf(rows.cells[place] as Given["rows"]["cells"][number]);
  const missing = missingLevels(cells.levels, reading.tokens);
  const parts = cells.levels.map((text, level) => {
    if (missing[level] === true) return undefined;
    const cut = text.split(at).map((part) => part.trim());
    return cut.length === into.length ? cut : null;
  });
  checkParts(step, cells, parts);
  const byText = new Map(cells.levels.map((text, level) => [text, parts[level]]));
  const columns = names.map((name, i) => ({
    name,
    cells: mapTexts(cells, (text) => {
      const own = byText.get(text);
      return own === undefined ? undefined : own === null ? (i === 0 ? text : null) : (own[i] as string);
    }).cells,
  }));
  const texts = cells.levels.flatMap((text, level) => {
    const own = parts[level];
    if (own === undefined) return [];
    return [{ text, cells: cells.counts[level] as number, becomes: shown(text, own) }];
  });
  const hints = new Map(rows.hints);
  hints.delete(column);
  const changed = withColumns(rows, place, columns);
  return {
    rows: { ...changed, hints },
    cells: texts.reduce((sum, one) => sum + one.cells, 0),
    away: 0,
    shows: [column],
    texts: texts.sort((a, b) => b.cells - a.cells).slice(0, MOST_TEXTS),
    changed: firstChanged(cells.codes.length, (row) => {
      const own = parts[cells.codes[row] as number];
      const text = textAt(cells, row);
      return own === undefined ? undefined : { before: text, after: shown(text, own) };
    }),
  };
}

/** A cell that is not cut stays whole in the first column. */
const shown = (text: string, parts: readonly string[] | null): string => (parts ?? [text]).join(" | ");

function checkParts(
  { into, at, others }: Split,
  cells: TextCells,
  parts: readonly (readonly string[] | null | undefined)[],
): void {
  if (parts.every((own) => own === null || own === undefined))
    throw new StepFault(`No cell is cut into ${into.length} by ${quoted(at)}.`);
  if (others === "first") return;
  let odd = 0;
  parts.forEach((own, level) => (odd += own === null ? (cells.counts[level] as number) : 0));
  if (odd === 0) return;
  const row = cells.codes.findIndex((code) => parts[code] === null);
  const text = textAt(cells, row);
  const found = text.split(at).length;
  throw new StepFault(
    `Row ${count(row + 1)} says ${quoted(text)}, which gives ${plural(found, "part")} for ${named(into)}${odd === 1 ? "" : `; ${plural(odd - 1, "more cell is", "more cells are")} like it`}. Keep such cells whole in the first column, or replace them first.`,
  );
}
