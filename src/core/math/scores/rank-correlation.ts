/** Kendall's tau-b of paired values (Kendall 1945; scipy's kendalltau); NaN when either side is constant. */
export function kendallTau(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let agree = 0;
  let [untiedX, untiedY] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < i; j++) {
      const a = Math.sign((x[i] as number) - (x[j] as number));
      const b = Math.sign((y[i] as number) - (y[j] as number));
      agree += a * b;
      untiedX += a * a;
      untiedY += b * b;
    }
  }
  return untiedX > 0 && untiedY > 0 ? agree / Math.sqrt(untiedX) / Math.sqrt(untiedY) : NaN;
}

/** Spearman's rho: Pearson's r of ranks, ties at their middle rank; NaN when either side is constant. */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const [a, b] = [ranks(x), ranks(y)];
  const middle = (x.length - 1) / 2;
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [dx, dy] = [(a[i] as number) - middle, (b[i] as number) - middle];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx) / Math.sqrt(yy) : NaN;
}

/** The rank of every value from 0, equal values at the middle of theirs. */
function ranks(values: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: values.length }, (_, i) => i).sort(
    (a, b) => (values[a] as number) - (values[b] as number),
  );
  const own = new Float64Array(values.length);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && values[order[to] as number] === values[order[from] as number]) to++;
    for (let i = from; i < to; i++) own[order[i] as number] = (from + to - 1) / 2;
    from = to;
  }
  return own;
}
