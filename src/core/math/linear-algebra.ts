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
