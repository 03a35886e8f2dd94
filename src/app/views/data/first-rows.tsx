import type { ColumnSchema } from "../../../core/table/table.ts";
import { count } from "../../../core/words/numbers.ts";

const numeric = new Set(["integer", "decimal"]);

interface FirstRowsProps {
  readonly columns: readonly ColumnSchema[];
  readonly cells: readonly (readonly string[])[] | undefined;
  /** number of the first row, from 0 */
  readonly from: number;
}

/** Cells as the source writes them, the row number fixed at the left. */
export function FirstRows({ columns, cells, from }: FirstRowsProps) {
  if (cells === undefined) return <p className="wait">Fetching the rows…</p>;
  return (
    <div className="scroll" tabIndex={0} role="group" aria-label="First rows of the table">
      <table className="rows">
        <thead>
          <tr>
            <th scope="col" className="ln">
              row
            </th>
            {columns.map((column) => (
              <th key={column.name} scope="col" className={numeric.has(column.kind) ? "r" : ""}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cells.map((row, i) => (
            <tr key={i}>
              <th scope="row" className="ln">
                {count(from + i + 1)}
              </th>
              {row.map((cell, j) => (
                <td key={j} className={numeric.has(columns[j]?.kind ?? "text") ? "r m" : "m"}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
