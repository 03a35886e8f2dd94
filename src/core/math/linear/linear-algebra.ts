/** Small dense linear algebra. A square matrix is a Float64Array of n * n numbers, row-major. */

/** The lower Cholesky factor L of a symmetric positive definite `matrix` (n x n), L L' = matrix; undefined where it is not positive definite. */
export function cholesky(matrix: Float64Array, n: number): Float64Array | undefined {
  const factor = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j] as number;
      for (let k = 0; k < j; k++) sum -= (factor[i * n + k] as number) * (factor[j * n + k] as number);
      if (i !== j) factor[i * n + j] = sum / (factor[j * n + j] as number);
      else if (sum > 0) factor[i * n + i] = Math.sqrt(sum);
      else return undefined;
    }
  }
  return factor;
}

/**
 * As `cholesky`, with the diagonal raised by as little as it takes (tenfold from 1e-10 of its mean) where rounding or
 * collinear columns have made the matrix singular.
 */
export function robustCholesky(matrix: Float64Array, n: number): Float64Array {
  let mean = 0;
  for (let i = 0; i < n; i++) mean += Math.abs(matrix[i * n + i] as number) / n;
  const raised = Float64Array.from(matrix);
  for (let ridge = 0; ; ridge = ridge === 0 ? 1e-10 * (mean || 1) : ridge * 10) {
    for (let i = 0; i < n; i++) raised[i * n + i] = (matrix[i * n + i] as number) + ridge;
    const factor = cholesky(raised, n);
    if (factor) return factor;
    if (!(ridge < 1e10 * (mean || 1))) throw new RangeError("a matrix of numbers was expected");
  }
}

/** Solves L x = b in place for a lower triangular `factor` (n x n); `b` becomes x. */
export function solveLower(factor: Float64Array, n: number, b: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let sum = b[i] as number;
    for (let k = 0; k < i; k++) sum -= (factor[i * n + k] as number) * (b[k] as number);
    b[i] = sum / (factor[i * n + i] as number);
  }
}

/** Solves L' x = b in place for a lower triangular `factor` (n x n); `b` becomes x. */
export function solveUpper(factor: Float64Array, n: number, b: Float64Array): void {
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i] as number;
    for (let k = i + 1; k < n; k++) sum -= (factor[k * n + i] as number) * (b[k] as number);
    b[i] = sum / (factor[i * n + i] as number);
  }
}

/** log det(L L') of a lower triangular `factor` (n x n). */
export function logDeterminant(factor: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += 2 * Math.log(factor[i * n + i] as number);
  return sum;
}

/** Solves L L' x = b in place for a lower triangular `factor` (n x n); `b` becomes x. */
export function solveFactored(factor: Float64Array, n: number, b: Float64Array): void {
  solveLower(factor, n, b);
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i] as number;
    for (let k = i + 1; k < n; k++) sum -= (factor[k * n + i] as number) * (b[k] as number);
    b[i] = sum / (factor[i * n + i] as number);
  }
}

/** The diagonal of (L L')^-1 for a lower triangular `factor` (n x n). */
export function inverseDiagonal(factor: Float64Array, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => {
    const unit = new Float64Array(n);
    unit[i] = 1;
    solveLower(factor, n, unit);
    return unit.reduce((sum, x) => sum + x * x, 0);
  });
}

/** (L L')^-1 for a lower triangular `factor` (n x n), row-major. */
export function inverse(factor: Float64Array, n: number): Float64Array {
  const whole = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const unit = whole.subarray(i * n, (i + 1) * n);
    unit[i] = 1;
    solveFactored(factor, n, unit);
  }
  return whole;
}

/**
 * How many of `columns` (each of `rows` numbers) do not follow linearly from an intercept and the others: the rank of their
 * correlation matrix by Cholesky with pivots (Higham 1990), to a tolerance of 1e-8. About p² rows / 2 + p³ / 3
 * multiplications.
 */
export function independentColumns(columns: readonly Float64Array[], rows: number): number {
  const varying = columns
    .map((column) => standardised(column, rows))
    .filter((column) => column !== undefined);
  const n = varying.length;
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const [x, y] = [varying[i] as Float64Array, varying[j] as Float64Array];
      let sum = 0;
      for (let row = 0; row < rows; row++) sum += (x[row] as number) * (y[row] as number);
      matrix[i * n + j] = matrix[j * n + i] = sum;
    }
  }
  const left = Array.from({ length: n }, (_, i) => i);
  for (let rank = 0; rank < n; rank++) {
    const best = left.reduce((a, b) =>
      (matrix[b * n + b] as number) > (matrix[a * n + a] as number) ? b : a,
    );
    const pivot = matrix[best * n + best] as number;
    if (pivot <= 1e-8) return rank;
    left.splice(left.indexOf(best), 1);
    for (const i of left) {
      const factor = (matrix[i * n + best] as number) / pivot;
      for (const j of left)
        matrix[i * n + j] = (matrix[i * n + j] as number) - factor * (matrix[best * n + j] as number);
    }
  }
  return n;
}

/** Mean 0 and length 1; undefined for a constant. */
function standardised(column: Float64Array, rows: number): Float64Array | undefined {
  const centre = column.reduce((a, b) => a + b, 0) / rows;
  const centred = column.map((x) => x - centre);
  const length = Math.sqrt(centred.reduce((sum, x) => sum + x * x, 0));
  return length > 1e-9 * Math.sqrt(rows) ? centred.map((x) => x / length) : undefined;
}
