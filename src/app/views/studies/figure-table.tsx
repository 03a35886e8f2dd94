import type { StudyFigure, StudyTable, StudyUnit } from "../../../core/report/study.ts";
import { figureParts } from "../../../core/shapes/studies/figure-words.ts";
import styles from "./studies.module.css";

/** Figures with half of their 95% interval. */
export function FigureTable({ table, label }: { readonly table: StudyTable; readonly label: string }) {
  const { columns, rows } = table;
  const groups = groupsOf(columns);
  const grouped = columns.some(({ over }) => over !== undefined);
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={label}>
      <table className={styles.figures}>
        <thead>
          {grouped && (
            <tr>
              <td />
              {groups.map(({ over, span, at }) => (
                <th key={at} colSpan={span} scope="colgroup">
                  {over}
                </th>
              ))}
            </tr>
          )}
          <tr>
            <td />
            {columns.map(({ name }, at) => (
              <th key={`${at} ${name}`} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, kind, cells }, row) => (
            <tr key={`${row} ${name}`} data-kind={kind}>
              <th scope="row">{name}</th>
              {columns.map(({ unit }, at) => (
                <td key={at} data-words={typeof cells[at] === "string" || undefined}>
                  <Cell cell={cells[at]} unit={unit} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function groupsOf(columns: StudyTable["columns"]) {
  const groups: { over: string | undefined; span: number; at: number }[] = [];
  for (const [at, { over }] of columns.entries()) {
    const last = groups.at(-1);
    if (last !== undefined && over !== undefined && last.over === over) last.span++;
    else groups.push({ over, span: 1, at });
  }
  return groups;
}

interface CellProps {
  readonly cell: StudyFigure | string | undefined;
  readonly unit: StudyUnit | undefined;
}

function Cell({ cell, unit }: CellProps) {
  if (cell === undefined) return "–";
  if (typeof cell === "string") return cell;
  const { value, spread } = figureParts(cell, unit ?? "number");
  return (
    <>
      {value}
      {spread !== undefined && <span className={styles.half}> {spread}</span>}
    </>
  );
}
