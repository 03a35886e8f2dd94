import { Fragment } from "react";
import type { Detail, Measured } from "../../../core/metrics/metric.ts";
import styles from "./evidence.module.css";
import { EvidenceTable } from "./evidence-table.tsx";
import { count, measuredWords, writer } from "../../../core/words/numbers.ts";
import { allWithin, useFirstRows } from "./more-rows.tsx";
import { VerdictMark } from "../verdict-mark.tsx";

type Groups = Extract<Detail, { type: "groups" }>;
type Group = Groups["groups"][number];
type Figure = NonNullable<Group["figures"]>[number];

interface FigureColumn {
  readonly name: string;
  readonly write: (value: number) => string;
}

/** The figures that any group has, in the order in which they first come. */
function figureColumns(groups: readonly Group[]): FigureColumn[] {
  const all = new Map<string, Figure[]>();
  for (const figure of groups.flatMap((group) => group.figures ?? []))
    all.set(figure.name, [...(all.get(figure.name) ?? []), figure]);
  return [...all].map(([name, figures]) => ({
    name,
    write: writer(
      figures[0]?.unit ?? "number",
      figures.flatMap(({ real, synthetic }) => [real.value, synthetic.value]),
    ),
  }));
}

/** Each group compared with itself. With `full`, the intervals too. */
export function GroupsTable({ detail, full }: { detail: Groups; full: boolean }) {
  const columns = figureColumns(detail.groups);
  const { shown, foot } = useFirstRows(detail.groups, allWithin);
  const sized = detail.groups.some(({ patients }) => patients !== undefined);
  const words = (mark: Measured, write: FigureColumn["write"]): string =>
    full ? measuredWords(mark, write) : write(mark.value);
  return (
    <>
      <EvidenceTable label={`Groups, ${detail.unit}`}>
        <thead>
          <tr>
            <th scope="col">Group</th>
            {sized && <th scope="col">Patients</th>}
            {columns.map(({ name }) => (
              <Fragment key={name}>
                <th scope="col">{name}, real</th>
                <th scope="col">synthetic</th>
              </Fragment>
            ))}
            <th>
              <span className="vh">Verdict</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((group) => (
            <tr key={group.name}>
              <th scope="row">{group.name}</th>
              {sized && <td>{group.patients === undefined ? "< 5" : count(group.patients)}</td>}
              {group.figures === undefined ? (
                <td colSpan={2 * columns.length} className={styles.why}>
                  {group.reason ?? "Not shown."}
                </td>
              ) : (
                columns.map(({ name, write }) => {
                  const figure = group.figures?.find((one) => one.name === name);
                  return (
                    <Fragment key={name}>
                      <td className={styles.ofReal}>{figure ? words(figure.real, write) : "–"}</td>
                      <td className={styles.ofSynthetic}>{figure ? words(figure.synthetic, write) : "–"}</td>
                    </Fragment>
                  );
                })
              )}
              <td className={styles.markCell}>
                {group.verdict && <VerdictMark verdict={group.verdict} word={false} noise />}
              </td>
            </tr>
          ))}
        </tbody>
      </EvidenceTable>
      {foot}
    </>
  );
}

/** How many columns of numbers a table of groups has: wide ones take the whole width of their section. */
export const groupColumns = (detail: Groups): number => figureColumns(detail.groups).length;
