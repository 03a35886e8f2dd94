/** A column's shape in a table row: bars over its bins or most frequent levels. Real rows, so they are filled. */
export function Sparkline({
  bars,
  width = 96,
  height = 22,
  joined = false,
  label,
}: {
  bars: readonly number[];
  width?: number;
  height?: number;
  /** bins of a number stand side by side; levels keep a gap */
  joined?: boolean;
  label: string;
}) {
  if (bars.length === 0) return null;
  const top = Math.max(...bars, 1e-9);
  const slot = width / bars.length;
  const gap = !joined && slot > 6 ? 2 : 0;
  const y = (share: number): number => height - Math.max(share > 0 ? 1 : 0, (share / top) * (height - 2));
  const fill = bars.map((share, i) => `M${i * slot} ${height}V${y(share)}h${slot - gap}V${height}z`);
  const edge = bars.map((share, i) => (share > 0 ? `M${i * slot} ${y(share)}h${slot - gap}` : ""));
  return (
    <svg width={width} height={height} role="img" aria-label={label}>
      <path className="fr" d={fill.join("")} />
      <path className="er" d={edge.join("")} />
    </svg>
  );
}
