import { formatNumber, PLAIN } from "../formats/number-format.ts";
import type { ColumnSchema, NumericColumn, Table } from "../table.ts";
import { impossibleValues, type ImpossibleValues } from "./impossible-values.ts";

/** Cells that tell only a limit, by the side on which they lie. */
export interface LimitedCells {
  readonly below: number;
  readonly above: number;
}

const plural = (n: number, one: string): string => `${n.toLocaleString("en")} ${n === 1 ? one : `${one}s`}`;

export function limitedCells({ values }: NumericColumn, { limits = [] }: ColumnSchema): LimitedCells {
  if (limits.length === 0) return { below: 0, above: 0 };
  const sides = new Map(limits.map(({ value, side }) => [value, side]));
  let [below, above] = [0, 0];
  for (const value of values) {
    const side = sides.get(value);
    if (side === "below") below++;
    else if (side === "above") above++;
  }
  return { below, above };
}

/** Most limits that are named. */
const MOST_LIMITS = 4;

export function limitWords({ below, above }: LimitedCells, { limits }: ColumnSchema): string | undefined {
  const parts = [
    ...(below > 0 ? [`${plural(below, "cell")} ${below === 1 ? "is" : "are"} below a limit`] : []),
    ...(above > 0 ? [`${plural(above, "cell")} ${above === 1 ? "is" : "are"} above a limit`] : []),
  ];
  if (parts.length === 0) return undefined;
  const texts = (limits ?? []).map(({ text }) => text);
  const shown = texts.length > MOST_LIMITS ? [...texts.slice(0, MOST_LIMITS - 1), "and others"] : texts;
  return `${parts.join(", ")} (${shown.join(", ")}); kept as limits and written so again.`;
}

export function unitsWords({ findings, kind }: ColumnSchema): string | undefined {
  const { units } = findings ?? {};
  if (units === undefined || kind !== "category") return undefined;
  const named = `${units.slice(0, -1).join(", ")} and ${units.at(-1) ?? ""}`;
  return `Numbers in several units, ${named}. Read as category; not converted.`;
}

/** What was seen, and "above 125". */
export function impossibleWords(
  { cells, value, side, bound, of }: ImpossibleValues,
  { number }: ColumnSchema,
): { readonly text: string; readonly beyond: string } {
  const written = (of_: number): string => formatNumber(of_, number ?? { ...PLAIN, decimals: 0 });
  const beyond = `${side === "high" ? "above" : "below"} ${written(bound)}`;
  const why =
    of === undefined ? `${cells === 1 ? "stands" : "stand"} far from all others` : `cannot be ${of}`;
  const most = `the ${side === "high" ? "greatest" : "least"} is ${written(value)}`;
  return { text: `${plural(cells, "value")} ${beyond} ${why}; ${most}.`, beyond };
}

const LEARNED: ReadonlySet<string> = new Set(["feature", "target", "sensitive"]);

/** What the terminal says of the numbers of learned columns, a line each. */
export function valueLines({ columns, schema }: Table): string[] {
  return schema.columns.flatMap((own, j) => {
    const column = columns[j];
    const units = unitsWords(own);
    const said = units === undefined ? [] : [units];
    if (LEARNED.has(own.role) && column?.type === "numeric" && own.kind !== "datetime") {
      const limits = limitWords(limitedCells(column, own), own);
      if (limits !== undefined) said.push(limits);
      for (const values of impossibleValues(column.values.filter(Number.isFinite).sort(), own)) {
        const { text, beyond } = impossibleWords(values, own);
        said.push(`${text} Kept; a cleaning step (--cleaning) makes values ${beyond} missing.`);
      }
    }
    return said.map((words) => `“${own.name}”: ${words}`);
  });
}
