import type { ColumnComparison } from "../../../core/report/report.ts";
import styles from "../charts.module.css";
import { anyMissing, columnCells, type ColumnCell, type Scale } from "../../../core/shapes/column-shape.ts";
import { percent } from "../../../core/words/numbers.ts";

function rows(column: ColumnComparison, scale: Scale): ColumnCell[] {
  const drawn = columnCells(column, scale);
  return anyMissing(column) ? [...drawn, { label: "Missing", ...column.missing }] : drawn;
}

/** What the chart shows, as a table. */
export function ColumnTable({ column, scale }: { column: ColumnComparison; scale: Scale }) {
  return (
    <div className={styles.cells} tabIndex={0} role="region" aria-label={`${column.name} as a table`}>
      <table>
        <thead>
          <tr>
            <th scope="col">{column.chart.type === "bars" ? "Level" : "Range"}</th>
            <th scope="col">Real</th>
            <th scope="col">Held out</th>
            <th scope="col">Synthetic</th>
          </tr>
        </thead>
        <tbody>
          {rows(column, scale).map((row, i) => (
            <tr key={`${i} ${row.label}`}>
              <th scope="row">{row.label}</th>
              <td className={styles.ofReal}>{percent(row.real)}</td>
              <td>{row.holdout === undefined ? "–" : percent(row.holdout)}</td>
              <td className={styles.ofSynthetic}>{percent(row.synthetic)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
