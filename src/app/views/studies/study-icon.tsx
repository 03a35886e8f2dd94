import type { StudyId } from "../../../core/report/study.ts";
import styles from "./studies.module.css";

const axis = <path className="ax" d="M2 41.5H70" />;
const dots = [
  [10, 30],
  [14, 18],
  [20, 10],
  [38, 9],
  [60, 8],
] as const;
const shades = [
  [3, 1, 2, 1],
  [1, 3, 2, 1],
  [1, 2, 3, 1],
  [1, 2, 1, 3],
] as const;
const sliders = [
  [10, 44],
  [21, 32],
  [32, 50],
] as const;

/** What each study draws, in small. */
const drawings: Readonly<Record<StudyId, React.ReactNode>> = {
  columns: (
    <>
      {axis}
      <path d="M6 34L20 31L36 24L52 14L66 6" />
      <path data-dashed="" d="M6 36L20 35L36 33L52 30L66 28" />
    </>
  ),
  rows: (
    <>
      {axis}
      <path d="M6 8L18 17L34 25L50 30L66 32" />
      <path data-dashed="" d="M6 36H66" />
    </>
  ),
  groups: (
    <>
      {axis}
      <path data-bar="" d="M12 20V41M20 26V41M34 12V41M42 22V41M56 24V41M64 25V41" />
    </>
  ),
  "problem-columns": (
    <>
      {axis}
      <path data-bar="" d="M4 8H62M4 16H40M4 24H24M4 32H15" />
    </>
  ),
  hospitals: (
    <>
      {shades.map((row, y) =>
        row.map((shade, x) => (
          <rect key={`${x} ${y}`} data-shade={shade} x={12 + 12 * x} y={3 + 9 * y} width="11" height="8" />
        )),
      )}
    </>
  ),
  outcomes: (
    <>
      {sliders.map(([y, x]) => (
        <g key={y}>
          <path d={`M10 ${y}H62`} />
          <circle cx={x} cy={y} r="3.4" />
        </g>
      ))}
    </>
  ),
  mixing: (
    <>
      {axis}
      <path d="M6 12L20 13L36 14L52 17L66 24" />
      <path data-dashed="" d="M6 26L20 20L36 15L52 11L66 8" />
    </>
  ),
  transfer: (
    <>
      {axis}
      <path d="M6 18L24 13L44 10L66 8" />
      <path data-dashed="" d="M6 36L24 26L44 16L66 10" />
    </>
  ),
  "risk-and-use": (
    <>
      {axis}
      {dots.map(([x, y]) => (
        <circle key={x} cx={x} cy={y} r="3" />
      ))}
    </>
  ),
  language: <path d="M8 8h40v20H24l-8 8v-8H8zM16 15h24M16 21h16" />,
};

export function StudyIcon({ study }: { readonly study: StudyId }) {
  return (
    <svg className={styles.icon} width="72" height="44" viewBox="0 0 72 44" aria-hidden="true">
      {drawings[study]}
    </svg>
  );
}
