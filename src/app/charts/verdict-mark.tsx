import type { Verdict } from "../../core/metrics/metric.ts";
import { verdictWords } from "../../core/words/verdict.ts";

const verdictClass: Readonly<Record<Verdict, string>> = { within: "ok", close: "near", below: "low" };

/** The shapes on a 14 x 14 grid: `fill` and `stroke` in the mark's colour, `cut` in the ground's. */
export const verdictShapes = {
  within: { fill: "M1 7a6 6 0 1012 0A6 6 0 001 7z", cut: "M4.2 7.2l2 2 3.6-4.2" },
  close: {
    fill: "M7 1.6a5.4 5.4 0 010 10.8z",
    stroke: "M1.6 7a5.4 5.4 0 1010.8 0A5.4 5.4 0 001.6 7z",
  },
  below: { fill: "M7 .8L13.6 12.6H.4z", cut: "M7 5v3.4M7 10v1" },
} as const satisfies Record<Verdict, { fill: string; cut?: string; stroke?: string }>;

function VerdictShape({ verdict }: { verdict: Verdict }) {
  const shape: { fill: string; cut?: string; stroke?: string } = verdictShapes[verdict];
  return (
    <svg viewBox="0 0 14 14" width={14} height={14} aria-hidden="true">
      <path d={shape.fill} fill="currentColor" />
      {shape.stroke && <path d={shape.stroke} fill="none" stroke="currentColor" strokeWidth={1.4} />}
      {shape.cut && <path d={shape.cut} fill="none" stroke="var(--surface)" strokeWidth={1.6} />}
    </svg>
  );
}

interface VerdictMarkProps {
  readonly verdict: Verdict;
  readonly word?: boolean;
  /** whose verdict it is, said where the word is not shown */
  readonly of?: string;
}

/** Full circle with check, half circle, triangle; with the word beside it unless `word` is false. */
export function VerdictMark({ verdict, word = true, of }: VerdictMarkProps) {
  const said = of === undefined ? verdictWords[verdict] : `${of}: ${verdictWords[verdict].toLowerCase()}`;
  return (
    <span
      className={`v ${verdictClass[verdict]}`}
      {...(word ? {} : { role: "img", "aria-label": said, title: said })}
    >
      <VerdictShape verdict={verdict} />
      {word && verdictWords[verdict]}
    </span>
  );
}

/** A ring of dots: nothing was measured. */
export function NotMeasuredMark({ of }: { of: string }) {
  const said = `${of}: not measured`;
  return (
    <span className="v" role="img" aria-label={said} title={said}>
      <svg viewBox="0 0 14 14" width={14} height={14} aria-hidden="true">
        <circle
          cx="7"
          cy="7"
          r="5.2"
          fill="none"
          stroke="var(--edge)"
          strokeWidth="1.4"
          strokeDasharray="1.4 2.2"
        />
      </svg>
    </span>
  );
}
