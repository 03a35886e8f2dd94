/** Added to every share, as the Kullback-Leibler divergence of a report has it. */
const SMOOTHING = 1e-6;

/** Rows in each cell, or what they weigh. */
export function countsOf(codes: Uint32Array, size: number, weights?: Uint16Array): Float64Array {
  const counts = new Float64Array(size);
  codes.forEach((code, row) => (counts[code] = (counts[code] ?? 0) + (weights?.[row] ?? 1)));
  return counts;
}

/** KL of two lists of counts in nats, over the cells that one of them has. */
export function divergence(held: Float64Array, made: Float64Array): number {
  const used = Array.from(held.keys()).filter((i) => (held[i] ?? 0) + (made[i] ?? 0) > 0);
  const [p, q] = [held, made].map((counts) => {
    const total = counts.reduce((sum, one) => sum + one, 0);
    const shares = used.map((i) => (total > 0 ? (counts[i] ?? 0) / total : 0) + SMOOTHING);
    const sum = shares.reduce((all, one) => all + one, 0);
    return shares.map((share) => share / sum);
  });
  return Math.max(
    0,
    (p ?? []).reduce((sum, share, i) => sum + share * Math.log(share / (q?.[i] ?? share)), 0),
  );
}
