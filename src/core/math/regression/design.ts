/**
 * The columns of a regression. Column 0 is the intercept, then `numbers` as they are, then each factor as one 0/1 column
 * per level; a code of -1 is none of its levels. Factors stay codes, so that sums over them cost one step a row.
 */
export interface Design {
  readonly rows: number;
  readonly numbers: readonly Float64Array[];
  readonly factors: readonly { readonly codes: Int32Array; readonly levels: number }[];
}

/** Columns of the design, the intercept among them. */
export const widthOf = ({ numbers, factors }: Design): number =>
  1 + numbers.length + factors.reduce((sum, { levels }) => sum + levels, 0);

/** The first column of every factor. */
function factorStarts({ numbers, factors }: Design): number[] {
  let at = 1 + numbers.length;
  return factors.map(({ levels }) => {
    at += levels;
    return at - levels;
  });
}

/** X b: one number per row. */
export function linearScores(design: Design, coefficients: Float64Array): Float64Array {
  const scores = new Float64Array(design.rows).fill(coefficients[0] as number);
  design.numbers.forEach((values, j) => {
    const b = coefficients[1 + j] as number;
    if (b === 0) return;
    for (let row = 0; row < scores.length; row++) {
      scores[row] = (scores[row] as number) + b * (values[row] as number);
    }
  });
  const starts = factorStarts(design);
  design.factors.forEach(({ codes }, f) => {
    const start = starts[f] as number;
    for (let row = 0; row < scores.length; row++) {
      const code = codes[row] as number;
      if (code >= 0) scores[row] = (scores[row] as number) + (coefficients[start + code] as number);
    }
  });
  return scores;
}

/** X' r: one number per column. */
export function crossSums(design: Design, residuals: Float64Array): Float64Array {
  const sums = new Float64Array(widthOf(design));
  for (let row = 0; row < design.rows; row++) sums[0] = (sums[0] as number) + (residuals[row] as number);
  design.numbers.forEach((values, j) => {
    let sum = 0;
    for (let row = 0; row < design.rows; row++) sum += (values[row] as number) * (residuals[row] as number);
    sums[1 + j] = sum;
  });
  const starts = factorStarts(design);
  design.factors.forEach(({ codes }, f) => {
    const start = starts[f] as number;
    for (let row = 0; row < design.rows; row++) {
      const code = codes[row] as number;
      if (code >= 0) sums[start + code] = (sums[start + code] as number) + (residuals[row] as number);
    }
  });
  return sums;
}

/** X' W X for row weights `weights`: width x width numbers, row-major, symmetric. */
export function crossProducts(design: Design, weights: Float64Array): Float64Array {
  const width = widthOf(design);
  const products = new Float64Array(width * width);
  const put = (i: number, j: number, value: number): void => {
    products[i * width + j] = value;
    products[j * width + i] = value;
  };
  const starts = factorStarts(design);
  const weighed = [
    weights,
    ...design.numbers.map((values) => values.map((x, row) => x * (weights[row] as number))),
  ];
  weighed.forEach((left, i) => {
    for (let j = Math.max(i, 1); j <= design.numbers.length; j++) {
      const right = design.numbers[j - 1] as Float64Array;
      let sum = 0;
      for (let row = 0; row < design.rows; row++) sum += (left[row] as number) * (right[row] as number);
      put(i, j, sum);
    }
    design.factors.forEach(({ codes, levels }, f) => {
      const sums = new Float64Array(levels);
      for (let row = 0; row < design.rows; row++) {
        const code = codes[row] as number;
        if (code >= 0) sums[code] = (sums[code] as number) + (left[row] as number);
      }
      sums.forEach((sum, level) => put(i, (starts[f] as number) + level, sum));
    });
  });
  let total = 0;
  for (let row = 0; row < design.rows; row++) total += weights[row] as number;
  put(0, 0, total);
  design.factors.forEach((a, f) => {
    const start = starts[f] as number;
    for (let g = f; g < design.factors.length; g++) {
      const b = design.factors[g] as Design["factors"][number];
      const sums = new Float64Array(a.levels * b.levels);
      for (let row = 0; row < design.rows; row++) {
        const [x, y] = [a.codes[row] as number, b.codes[row] as number];
        if (x >= 0 && y >= 0)
          sums[x * b.levels + y] = (sums[x * b.levels + y] as number) + (weights[row] as number);
      }
      for (let x = 0; x < a.levels; x++) {
        for (let y = 0; y < b.levels; y++) {
          put(start + x, (starts[g] as number) + y, sums[x * b.levels + y] as number);
        }
      }
    }
  });
  return products;
}

/** The design's columns without the intercept, row-major: rows x (width - 1). */
export function denseRows(design: Design): Float64Array {
  const width = widthOf(design) - 1;
  const dense = new Float64Array(design.rows * width);
  design.numbers.forEach((values, j) => {
    for (let row = 0; row < design.rows; row++) dense[row * width + j] = values[row] as number;
  });
  const starts = factorStarts(design);
  design.factors.forEach(({ codes }, f) => {
    for (let row = 0; row < design.rows; row++) {
      const code = codes[row] as number;
      if (code >= 0) dense[row * width + (starts[f] as number) - 1 + code] = 1;
    }
  });
  return dense;
}
