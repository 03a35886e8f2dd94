import { useId, useState, type ReactNode } from "react";
import type { Verdict } from "../../../core/metrics/metric.ts";
import type { Drawing, Listing } from "../../../core/shapes/drawing.ts";
import { EvidenceTable } from "../evidence/evidence-table.tsx";
import evidence from "../evidence/evidence.module.css";
import { useFirstRows } from "../evidence/more-rows.tsx";
import { useTurn } from "../use-turn.ts";
import { useWidth } from "../use-width.ts";
import { VerdictMark } from "../verdict-mark.tsx";
import { ShapeChart } from "./shape-chart.tsx";
import styles from "./shapes.module.css";

interface CourseFigureProps {
  readonly title: string;
  /** quiet, at the right of the title */
  readonly note?: ReactNode;
  readonly verdict?: Verdict;
  /** one sentence for who cannot see the picture */
  readonly label: string;
  readonly draw: (width: number) => Drawing;
  readonly listing: Listing;
  readonly near?: "time" | "place";
  /** of the picture, so that nothing jumps when it comes */
  readonly height: number;
  readonly remark?: string;
}

/** One picture over time: name, mark, note, table button, picture, remark. */
export function CourseFigure(props: CourseFigureProps) {
  const { title, note, verdict, label, listing, height, remark } = props;
  const id = useId();
  const [table, setTable] = useState(false);
  return (
    <figure className={styles.figure} aria-labelledby={id} data-course={title} data-worst>
      <header className={styles.head}>
        <h4 id={id} title={title}>
          {title}
        </h4>
        {verdict !== undefined && <VerdictMark verdict={verdict} word={false} noise />}
        <span className={styles.note}>{note}</span>
        <button
          type="button"
          className={styles.asTable}
          aria-pressed={table}
          data-key="v"
          data-worst-focus
          aria-label={`Show ${title} as a table`}
          title="Show as a table"
          onClick={() => setTable(!table)}
        >
          <svg className="ic" viewBox="0 0 16 16" aria-hidden="true">
            <path d="M2 3h12v10H2zM2 6.4h12M2 9.7h12M6.500 3v10" />
          </svg>
        </button>
      </header>
      {table ? (
        <ListingTable label={`${title} as a table`} listing={listing} />
      ) : (
        <Picture label={label} draw={props.draw} near={props.near ?? "time"} height={height} />
      )}
      {remark !== undefined && remark !== "" && <p className={styles.remark}>{remark}</p>}
    </figure>
  );
}

/** Drawn again for each width, never scaled. */
function Picture(props: Pick<CourseFigureProps, "label" | "draw" | "height"> & { near: "time" | "place" }) {
  const drawn = useTurn(props.draw);
  const [ref, width] = useWidth<HTMLDivElement>();
  return (
    <div ref={ref} style={{ minHeight: props.height }}>
      {drawn !== undefined && width > 0 && (
        <ShapeChart label={props.label} drawing={drawn(width)} near={props.near} />
      )}
    </div>
  );
}

const tone = { real: evidence.ofReal, syn: evidence.ofSynthetic } as const;

/** What a picture shows, as a table. */
export function ListingTable({ label, listing: { heads, rows } }: { label: string; listing: Listing }) {
  const { shown, foot } = useFirstRows(rows, undefined, 16);
  return (
    <>
      <EvidenceTable label={label}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ name, cells }, i) => (
            <tr key={`${i} ${name}`}>
              <th scope="row">{name}</th>
              {cells.map(({ text, of }, k) => (
                <td key={k} className={of && tone[of]}>
                  {text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </EvidenceTable>
      {foot}
    </>
  );
}
