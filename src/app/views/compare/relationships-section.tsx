import { useState } from "react";
import type { CorrelationComparison, Report } from "../../../core/report/report.ts";
import { count, fixed } from "../../../core/words/numbers.ts";
import { Heatmap, Ramp, rowNameRoom, signed } from "../../charts/heatmap.tsx";
import {
  ALL_UP_TO,
  MOST_LINKED,
  mostLinked,
  outlined,
  reach,
  worstFirst,
} from "../../../core/shapes/heatmap-shape.ts";
import { RealKey, SyntheticKey } from "../../charts/keys.tsx";
import { useWidth } from "../../charts/use-width.ts";
import { useFiltered } from "../../charts/columns/column-filter.ts";
import { EvidenceTable } from "../../charts/evidence/evidence-table.tsx";
import evidence from "../../charts/evidence/evidence.module.css";
import { useFirstRows } from "../../charts/evidence/more-rows.tsx";
import styles from "./compare.module.css";

const links = { positive: "pos", negative: "neg" } as const;
const changes = { positive: "syn", negative: "real" } as const;
const GAP = 28;
const LIST = 320;

/** The widest cells with which three triangles fit in a row: beside the list, or above it; else one under another. */
function layout(width: number, columns: number, names: number) {
  const fitting = (room: number): number =>
    Math.min(21, Math.floor((room - names - 2 * GAP) / (3 * columns)));
  const beside = fitting(width - LIST - GAP);
  if (beside >= 15) return { pitch: beside, row: true, beside: true };
  const above = fitting(width);
  if (above >= 14) return { pitch: above, row: true, beside: false };
  return {
    pitch: Math.max(14, Math.min(21, Math.floor((width - names) / columns))),
    row: false,
    beside: false,
  };
}

/** How many columns are shown before the person asks for all: as many as can be read without scrolling sideways. */
function firstShown(names: readonly string[], width: number): number {
  if (width >= 760) return names.length > ALL_UP_TO ? MOST_LINKED : names.length;
  return Math.max(12, Math.floor((width - rowNameRoom(names)) / 14));
}

/** How columns go together: three lower triangles, and the pairs that differ most. */
export function RelationshipsSection({ report }: { report: Report }) {
  const { correlations } = report;
  const [all, setAll] = useState(false);
  const [ref, width] = useWidth<HTMLDivElement>();
  const { names, worst } = correlations;
  const first = firstShown(names, width);
  const some = first < names.length;
  const shown = worstFirst(
    correlations,
    some && !all ? mostLinked(correlations, first) : names.map((_, i) => i),
  );
  return (
    <div className={styles.section}>
      <header>
        <p>
          How strongly columns go together,{" "}
          {some && !all
            ? `the ${count(shown.length)} most linked of ${count(names.length)}`
            : `all ${count(names.length)}`}{" "}
          columns, worst first. A dash marks a negative link; outlined: the three largest differences.
        </p>
        {some && (
          <button type="button" className="btn sm" onClick={() => setAll(!all)}>
            {all ? "Show the most linked" : `Show all ${count(names.length)}`}
          </button>
        )}
      </header>
      <div ref={ref}>
        {names.length < 2 ? (
          <p className="q s13">There are fewer than two columns to link.</p>
        ) : (
          width > 0 && <Triangles correlations={correlations} shown={shown} width={width} />
        )}
      </div>
      {worst.length === 0 && names.length > 1 && (
        <p className="q s13">No pair could be measured on both sides.</p>
      )}
    </div>
  );
}

function Triangles({
  correlations,
  shown,
  width,
}: {
  correlations: CorrelationComparison;
  shown: readonly number[];
  width: number;
}) {
  const names = shown.map((i) => correlations.names[i] ?? "");
  const { pitch, row, beside } = layout(width, names.length, rowNameRoom(names));
  const { real, synthetic, difference } = correlations;
  const scale = reach([real, synthetic], shown);
  const change = reach([difference], shown);
  const common = { names, shown, pitch, scrolls: !row };
  const at = (matrix: readonly (readonly number[])[], r: number, c: number): number =>
    matrix[shown[r] ?? -1]?.[shown[c] ?? -1] ?? Number.NaN;
  const tipOf = (r: number, c: number) => [
    { of: "real" as const, label: "Real", value: signed(at(real, r, c)) },
    { of: "syn" as const, label: "Synthetic", value: signed(at(synthetic, r, c)) },
    { label: "Difference in strength", value: signed(at(difference, r, c)) },
  ];
  const ends = [`−${fixed(scale, 1)}`, `+${fixed(scale, 1)}`] as const;
  return (
    <div className={styles.triangles} data-beside={beside || undefined} data-row={row || undefined}>
      <figure>
        <figcaption style={{ paddingLeft: rowNameRoom(names) }}>
          <RealKey />
        </figcaption>
        <Heatmap
          {...common}
          label={`Links between ${count(names.length)} columns in real rows.`}
          matrix={real}
          scale={scale}
          colours={links}
          rowNames
          tipOf={tipOf}
        />
        <div style={{ paddingLeft: rowNameRoom(names) }}>
          <Ramp from={ends[0]} to={ends[1]} colours={links} />
        </div>
      </figure>
      <figure>
        <figcaption>
          <SyntheticKey />
        </figcaption>
        <Heatmap
          {...common}
          label={`Links between ${count(names.length)} columns in synthetic rows.`}
          matrix={synthetic}
          scale={scale}
          colours={links}
          rowNames={!row}
          tipOf={tipOf}
        />
        <Ramp from={ends[0]} to={ends[1]} colours={links} />
      </figure>
      <figure>
        <figcaption>Difference in strength</figcaption>
        <Heatmap
          {...common}
          label={differenceSentence(correlations)}
          matrix={difference}
          scale={change}
          colours={changes}
          rowNames={!row}
          outlined={outlined(correlations, shown)}
          tipOf={tipOf}
        />
        <Ramp from="weaker in synthetic" to="stronger" colours={changes} />
      </figure>
      <WorstPairs correlations={correlations} />
    </div>
  );
}

function differenceSentence({ worst }: CorrelationComparison): string {
  const first = worst[0];
  if (first === undefined) return "Difference in strength between synthetic and real links.";
  return (
    `Difference in strength between synthetic and real links; the largest is ${first.a} with ${first.b}, ` +
    `${fixed(first.real, 2)} in real rows, ${fixed(first.synthetic, 2)} in synthetic rows.`
  );
}

const measures = {
  pearson: "Pearson correlation",
  "cramers-v": "Cramér's V",
  "correlation-ratio": "Correlation ratio",
} as const;

/** A column that is in most of the worst five pairs. */
function commonColumn(worst: CorrelationComparison["worst"]): string | undefined {
  const five = worst.slice(0, 5);
  const names = five.flatMap(({ a, b }) => [a, b]);
  const often = names.find((name) => five.filter(({ a, b }) => a === name || b === name).length >= 3);
  if (five.length < 4 || often === undefined) return undefined;
  const times = five.filter(({ a, b }) => a === often || b === often).length;
  return `${times} of the ${five.length} largest differences involve ${often}.`;
}

function WorstPairs({ correlations: { worst } }: { correlations: CorrelationComparison }) {
  const remark = commonColumn(worst);
  const rows = useFiltered(worst, ({ a, b }) => `${a} with ${b}`);
  const { shown, foot } = useFirstRows(rows);
  if (worst.length === 0) return null;
  return (
    <div className={styles.pairs}>
      <EvidenceTable label="Pairs that differ most">
        <thead>
          <tr>
            <th scope="col">Pair</th>
            <th scope="col">Real</th>
            <th scope="col">Synthetic</th>
            <th scope="col">Noise</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((pair) => (
            <tr key={`${pair.a} ${pair.b}`} title={measures[pair.measure]}>
              <th scope="row">
                {pair.a}, {pair.b}
              </th>
              <td className={evidence.ofReal}>{fixed(pair.real, 2)}</td>
              <td className={evidence.ofSynthetic}>{fixed(pair.synthetic, 2)}</td>
              <td className="q3">±{fixed(pair.noise, 2)}</td>
            </tr>
          ))}
        </tbody>
      </EvidenceTable>
      {remark !== undefined && <p className={evidence.reason}>{remark}</p>}
      {foot}
    </div>
  );
}
