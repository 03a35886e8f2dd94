/** Strength of association of two columns, by their kinds. Rows where either is missing do not count. */

/** Pearson's r; NaN when fewer than 3 complete pairs or either side is constant. */
export function pearson(x: Float64Array, y: Float64Array): number {
  let n = 0;
  let meanX = 0;
  let meanY = 0;
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < x.length; i++) {
    const a = x[i] as number;
    const b = y[i] as number;
    if (a !== a || b !== b) continue;
    n++;
    const dx = a - meanX;
    const dy = b - meanY;
    meanX += dx / n;
    meanY += dy / n;
    xx += dx * (a - meanX);
    yy += dy * (b - meanY);
    xy += dx * (b - meanY);
  }
  if (n < 3 || !(xx > 0) || !(yy > 0)) return NaN;
  return Math.max(-1, Math.min(1, xy / Math.sqrt(xx) / Math.sqrt(yy)));
}

/**
 * Cramér's V of two coded columns, bias-corrected (Bergsma 2013), because the plain V of independent columns grows with
 * their levels. In [0, 1]; NaN when either side has one level.
 */
export function cramersV(x: Int32Array, levelsX: number, y: Int32Array, levelsY: number): number {
  const cells = new Float64Array(levelsX * levelsY);
  const rows = new Float64Array(levelsX);
  const columns = new Float64Array(levelsY);
  let n = 0;
  for (let i = 0; i < x.length; i++) {
    const a = x[i] as number;
    const b = y[i] as number;
    if (a < 0 || b < 0) continue;
    n++;
    cells[a * levelsY + b] = (cells[a * levelsY + b] as number) + 1;
    rows[a] = (rows[a] as number) + 1;
    columns[b] = (columns[b] as number) + 1;
  }
  const usedX = rows.reduce((used, count) => used + (count > 0 ? 1 : 0), 0);
  const usedY = columns.reduce((used, count) => used + (count > 0 ? 1 : 0), 0);
  if (n < 3 || usedX < 2 || usedY < 2) return NaN;
  let phi2 = -1;
  for (let a = 0; a < levelsX; a++) {
    for (let b = 0; b < levelsY; b++) {
      const count = cells[a * levelsY + b] as number;
      if (count > 0) phi2 += (count * count) / ((rows[a] as number) * (columns[b] as number));
    }
  }
  const freedom = (usedX - 1) * (usedY - 1);
  const corrected = Math.max(0, phi2 - freedom / (n - 1));
  const widthX = usedX - (usedX - 1) ** 2 / (n - 1);
  const widthY = usedY - (usedY - 1) ** 2 / (n - 1);
  return Math.min(1, Math.sqrt(corrected / (Math.min(widthX, widthY) - 1)));
}

/**
 * Correlation ratio of a number by a category: the share of the number's variance that lies between the levels, its
 * root, corrected for the number of levels (Kelley 1935, epsilon squared). In [0, 1]; NaN when undefined.
 */
export function correlationRatio(codes: Int32Array, levels: number, values: Float64Array): number {
  const counts = new Float64Array(levels);
  const sums = new Float64Array(levels);
  let n = 0;
  let centre = 0;
  let total = 0;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number;
    const value = values[i] as number;
    if (code < 0 || value !== value) continue;
    n++;
    const d = value - centre;
    centre += d / n;
    total += d * (value - centre);
    counts[code] = (counts[code] as number) + 1;
    sums[code] = (sums[code] as number) + value;
  }
  let used = 0;
  let between = 0;
  for (let level = 0; level < levels; level++) {
    const count = counts[level] as number;
    if (count === 0) continue;
    used++;
    between += count * ((sums[level] as number) / count - centre) ** 2;
  }
  if (n < 3 || used < 2 || n <= used || !(total > 0)) return NaN;
  const within = Math.max(0, total - between);
  return Math.sqrt(Math.max(0, 1 - ((within / total) * (n - 1)) / (n - used)));
}
