/** A group of rows with neighbouring predictions: what was predicted and what was seen, on average. */
export interface CalibrationPoint {
  readonly predicted: number;
  readonly observed: number;
  readonly rows: number;
}

/**
 * The group of each row: `groups` of equal size by rising prediction (scikit-learn's calibration_curve with quantiles).
 * With `least`, neighbours are joined until no group has 1 to least - 1 rows with label 1, or with label 0.
 */
export function calibrationGroups(
  predicted: ArrayLike<number>,
  observed: ArrayLike<number>,
  groups: number,
  least = 0,
): Uint16Array {
  const order = Array.from({ length: predicted.length }, (_, i) => i).sort(
    (a, b) => (predicted[a] as number) - (predicted[b] as number),
  );
  const parts = Array.from({ length: groups }, (_, g) =>
    order.slice(Math.floor((g * order.length) / groups), Math.floor(((g + 1) * order.length) / groups)),
  ).filter((part) => part.length > 0);
  const few = (n: number): boolean => n > 0 && n < least;
  const shy = (part: readonly number[]): boolean => {
    const events = part.filter((row) => observed[row] === 1).length;
    return few(events) || few(part.length - events);
  };
  for (let at = 0; at < parts.length && parts.length > 1;) {
    const part = parts[at] as number[];
    if (!shy(part)) {
      at++;
      continue;
    }
    const into = at + 1 < parts.length ? at + 1 : at - 1;
    const other = parts[into] as number[];
    const joined = into > at ? [...part, ...other] : [...other, ...part];
    at = Math.min(at, into);
    parts.splice(at, 2, joined);
  }
  const groupOf = new Uint16Array(predicted.length);
  parts.forEach((part, g) => part.forEach((row) => (groupOf[row] = g)));
  return groupOf;
}

/** One point per group; `weights` counts rows (a bootstrap's draws). */
export function calibrationPoints(
  predicted: ArrayLike<number>,
  observed: ArrayLike<number>,
  groupOf: Uint16Array,
  weights?: ArrayLike<number>,
): CalibrationPoint[] {
  const sums: { predicted: number; observed: number; rows: number }[] = [];
  for (let row = 0; row < groupOf.length; row++) {
    const weight = weights ? (weights[row] as number) : 1;
    const sum = (sums[groupOf[row] as number] ??= { predicted: 0, observed: 0, rows: 0 });
    sum.predicted += weight * (predicted[row] as number);
    sum.observed += weight * (observed[row] as number);
    sum.rows += weight;
  }
  return Object.values(sums)
    .filter(({ rows }) => rows > 0)
    .map((sum) => ({
      predicted: sum.predicted / sum.rows,
      observed: sum.observed / sum.rows,
      rows: sum.rows,
    }));
}

/** Expected calibration error: the mean over rows of |predicted - observed| of their group (Naeini et al. 2015). */
export function calibrationError(points: readonly CalibrationPoint[]): number {
  const rows = points.reduce((sum, point) => sum + point.rows, 0);
  return points.reduce((sum, p) => sum + (p.rows * Math.abs(p.predicted - p.observed)) / rows, 0);
}
