import type { Verdict } from "../../core/metrics/metric.ts";
import { noiseWords, verdictWords } from "../../core/words/verdict.ts";

const verdictClass: Readonly<Record<Verdict, string>> = {
  good: "ok",
  worse: "low",
  "much-worse": "low",
  "cannot-tell": "un",
};

/** The shapes on a 14 x 14 grid: `fill` and `stroke` in the mark's colour, `cut` in the ground's. */
export const verdictShapes = {
  good: { fill: "M1 7a6 6 0 1012 0A6 6 0 001 7z", cut: "M4.2 7.2l2 2 3.6-4.2" },
  worse: { fill: "M7 .8L13.6 12.6H.4z", cut: "M7 5v3.4M7 10v1" },
  "much-worse": { fill: "M4.2 .8h5.6L13.2 4.2v5.6L9.8 13.2H4.2L.8 9.8V4.2z", cut: "M7 3.6v4.4M7 9.8v1.1" },
  "cannot-tell": {
    stroke: "M5.5 5.7a1.55 1.55 0 112.7 1.05c-.6.55-1.2.75-1.2 1.5m0 1.5v.3",
    dashed: "M1 7a6 6 0 1012 0A6 6 0 001 7z",
  },
} as const satisfies Record<Verdict, { fill?: string; cut?: string; stroke?: string; dashed?: string }>;

/** The shape of what was not measured. */
export const notMeasuredShape = {
  stroke: "M4.4 7h5.2",
  dashed: "M1 7a6 6 0 1012 0A6 6 0 001 7z",
} as const;

export function VerdictShape({ verdict }: { verdict: Verdict }) {
  const shape: { fill?: string; cut?: string; stroke?: string; dashed?: string } = verdictShapes[verdict];
  return (
    <svg viewBox="0 0 14 14" width={14} height={14} aria-hidden="true">
      {shape.fill && <path d={shape.fill} fill="currentColor" />}
      {shape.dashed && (
        <path
          d={shape.dashed}
          fill="none"
          stroke="currentColor"
          strokeWidth={1.3}
          strokeDasharray="2.5 1.6"
        />
      )}
      {shape.stroke && (
        <path d={shape.stroke} fill="none" stroke="currentColor" strokeWidth={1.3} strokeLinecap="round" />
      )}
      {shape.cut && <path d={shape.cut} fill="none" stroke="var(--surface)" strokeWidth={1.6} />}
    </svg>
  );
}

interface VerdictMarkProps {
  readonly verdict: Verdict;
  readonly word?: boolean;
  /** whose verdict it is, said where the word is not shown */
  readonly of?: string;
  /** of a column, a rule or a row of evidence: measured in sampling noise, not against held-out patients */
  readonly noise?: boolean;
}

/** Circle with check, triangle, octagon, dashed circle with a question mark; with the word beside it unless `word` is false. */
export function VerdictMark({ verdict, word = true, of, noise = false }: VerdictMarkProps) {
  const name = (noise ? noiseWords : verdictWords)[verdict];
  const said = of === undefined ? name : `${of}: ${name.toLowerCase()}`;
  return (
    <span
      className={`v ${verdictClass[verdict]}`}
      {...(word ? {} : { role: "img", "aria-label": said, title: said })}
    >
      <VerdictShape verdict={verdict} />
      {word && name}
    </span>
  );
}

/** A dashed ring with a dash: it was not asked, or could not be measured. */
export function NotMeasuredShape() {
  return (
    <svg viewBox="0 0 14 14" width={14} height={14} aria-hidden="true">
      <path
        d={notMeasuredShape.dashed}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.3}
        strokeDasharray="2.5 1.6"
      />
      <path
        d={notMeasuredShape.stroke}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.3}
        strokeLinecap="round"
      />
    </svg>
  );
}
