import { learnedTable } from "../../../lab/left-out.ts";
import { selectColumns, type ColumnSchema, type Table } from "../../../table/table.ts";

/** The columns that a prompt may speak of, and a sentence for those that it may not. */
export interface PromptColumns {
  readonly table: Table;
  readonly told: readonly string[];
}

/** What a column that tells who somebody is may still be: an age, which is told in bands of years. */
const HARMLESS: ReadonlySet<string> = new Set(["age-over-89"]);

/** Why a learned column stays out whatever its role says; undefined: it may go in. */
function stays({ kind, identifies }: ColumnSchema): "date" | "identifies" | undefined {
  if (kind === "datetime") return "date";
  return identifies !== undefined && !HARMLESS.has(identifies.what) ? "identifies" : undefined;
}

/** Learned columns without dates and without whatever can tell who somebody is, even where a person put it back into training. */
export function promptColumns(source: Table): PromptColumns {
  const learned = learnedTable(source);
  const why = learned.schema.columns.map(stays);
  const kept = why.flatMap((reason, i) => (reason === undefined ? [i] : []));
  const dates = why.filter((reason) => reason === "date").length;
  const others = source.columns.length - kept.length - dates;
  const table = selectColumns(learned, kept);
  return {
    table,
    told: [
      ...(dates > 0 ? [`${columns(dates)} of dates ${dates === 1 ? "stays" : "stay"} out.`] : []),
      ...(others > 0
        ? [
            `${columns(others)} with names, ids, free text or what is left out of training ${others === 1 ? "stays" : "stay"} out.`,
          ]
        : []),
    ],
  };
}

const columns = (count: number): string => (count === 1 ? "1 column" : `${count} columns`);
