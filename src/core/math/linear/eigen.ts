/**
 * Eigenvalues (rising) and eigenvectors of a symmetric `matrix` (n x n, row-major); column k of `vectors` belongs to
 * `values[k]`. Householder reduction to a tridiagonal matrix and implicit QL, about 3 n^3 multiplications. Source: EISPACK
 * tred2 and tql2 (Bowdler, Martin, Reinsch & Wilkinson 1968).
 */
export function symmetricEigen(
  matrix: Float64Array,
  n: number,
): { values: Float64Array; vectors: Float64Array } {
  const rows = Array.from({ length: n }, (_, i) => matrix.slice(i * n, (i + 1) * n));
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n);
  reduce(rows, diagonal, beside, n);
  accumulate(rows, diagonal, n);
  for (let i = 1; i < n; i++) beside[i - 1] = beside[i] as number;
  if (n > 0) beside[n - 1] = 0;
  const columns = Array.from({ length: n }, (_, j) => Float64Array.from(rows, (row) => row[j] as number));
  for (let l = 0; l < n; l++) iterate(l, diagonal, beside, columns, n);
  const order = Array.from(diagonal, (_, i) => i).sort(
    (a, b) => (diagonal[a] as number) - (diagonal[b] as number),
  );
  const vectors = new Float64Array(n * n);
  order.forEach((from, k) => {
    const column = columns[from] as Float64Array;
    for (let i = 0; i < n; i++) vectors[i * n + k] = column[i] as number;
  });
  return { values: Float64Array.from(order, (i) => diagonal[i] as number), vectors };
}

type Rows = readonly Float64Array[];

/** Tridiagonal form: `diagonal`, `beside` (from 1), and the reflections in `rows`. */
function reduce(rows: Rows, diagonal: Float64Array, beside: Float64Array, n: number): void {
  for (let i = n - 1; i > 0; i--) {
    const row = rows[i] as Float64Array;
    const last = i - 1;
    let scale = 0;
    for (let k = 0; k <= last; k++) scale += Math.abs(row[k] as number);
    if (last === 0 || scale === 0) {
      beside[i] = row[last] as number;
      diagonal[i] = 0;
      continue;
    }
    let h = 0;
    for (let k = 0; k <= last; k++) {
      row[k] = (row[k] as number) / scale;
      h += (row[k] as number) ** 2;
    }
    const f = row[last] as number;
    const g = f >= 0 ? -Math.sqrt(h) : Math.sqrt(h);
    beside[i] = scale * g;
    h -= f * g;
    row[last] = f - g;
    reflect(rows, beside, i, h);
    diagonal[i] = h;
  }
}

/** Applies reflection `i` to the leading i x i block from both sides. */
function reflect(rows: Rows, beside: Float64Array, i: number, h: number): void {
  const row = rows[i] as Float64Array;
  let sum = 0;
  for (let j = 0; j < i; j++) {
    const other = rows[j] as Float64Array;
    other[i] = (row[j] as number) / h;
    let g = 0;
    for (let k = 0; k <= j; k++) g += (other[k] as number) * (row[k] as number);
    for (let k = j + 1; k < i; k++) g += ((rows[k] as Float64Array)[j] as number) * (row[k] as number);
    beside[j] = g / h;
    sum += (beside[j] as number) * (row[j] as number);
  }
  const half = sum / (h + h);
  for (let j = 0; j < i; j++) {
    const f = row[j] as number;
    const g = (beside[j] as number) - half * f;
    beside[j] = g;
    const other = rows[j] as Float64Array;
    for (let k = 0; k <= j; k++)
      other[k] = (other[k] as number) - (f * (beside[k] as number) + g * (row[k] as number));
  }
}

/** Turns the reflections in `rows` into the orthogonal matrix itself. */
function accumulate(rows: Rows, diagonal: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    const row = rows[i] as Float64Array;
    if (i > 0 && diagonal[i] !== 0) {
      const sums = new Float64Array(i);
      for (let k = 0; k < i; k++) {
        const other = rows[k] as Float64Array;
        const weight = row[k] as number;
        for (let j = 0; j < i; j++) sums[j] = (sums[j] as number) + weight * (other[j] as number);
      }
      for (let k = 0; k < i; k++) {
        const other = rows[k] as Float64Array;
        const weight = other[i] as number;
        for (let j = 0; j < i; j++) other[j] = (other[j] as number) - (sums[j] as number) * weight;
      }
    }
    diagonal[i] = row[i] as number;
    row[i] = 1;
    for (let j = 0; j < i; j++) {
      (rows[j] as Float64Array)[i] = 0;
      row[j] = 0;
    }
  }
}

/** Implicit QL steps until entry `l` beside the diagonal is nothing; turns the columns of eigenvectors along. */
function iterate(l: number, d: Float64Array, e: Float64Array, columns: Rows, n: number): void {
  for (let round = 0; round < 60; round++) {
    let m = l;
    for (; m < n - 1; m++) {
      const size = Math.abs(d[m] as number) + Math.abs(d[m + 1] as number);
      if (Math.abs(e[m] as number) <= Number.EPSILON * size) break;
    }
    if (m === l) return;
    const el = e[l] as number;
    let g = ((d[l + 1] as number) - (d[l] as number)) / (2 * el);
    const r = Math.hypot(g, 1);
    g = (d[m] as number) - (d[l] as number) + el / (g + (g >= 0 ? r : -r));
    let [s, c, p] = [1, 1, 0];
    let i = m - 1;
    for (; i >= l; i--) {
      const f = s * (e[i] as number);
      const b = c * (e[i] as number);
      const length = Math.hypot(f, g);
      e[i + 1] = length;
      if (length === 0) {
        d[i + 1] = (d[i + 1] as number) - p;
        e[m] = 0;
        break;
      }
      s = f / length;
      c = g / length;
      g = (d[i + 1] as number) - p;
      const t = ((d[i] as number) - g) * s + 2 * c * b;
      p = s * t;
      d[i + 1] = g + p;
      g = c * t - b;
      rotate(columns[i] as Float64Array, columns[i + 1] as Float64Array, s, c);
    }
    if (i >= l) continue;
    d[l] = (d[l] as number) - p;
    e[l] = g;
    e[m] = 0;
  }
}

function rotate(a: Float64Array, b: Float64Array, s: number, c: number): void {
  for (let k = 0; k < a.length; k++) {
    const f = b[k] as number;
    const g = a[k] as number;
    b[k] = s * g + c * f;
    a[k] = c * g - s * f;
  }
}
