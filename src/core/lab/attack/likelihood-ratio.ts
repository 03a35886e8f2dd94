/** A statistic of each record under one shadow model, and whether the record was in what that model learned from. */
export interface Shadow {
  readonly statistic: Float64Array;
  readonly inside: Uint8Array;
}

/**
 * The likelihood ratio attack (LiRA, Carlini et al. 2022) with one variance for all records, as is right for few shadow
 * models: log N(t; in, s²) - log N(t; out, s²) of each record's statistic t under the attacked model. A record's shift from
 * out to in is drawn towards the mean shift as far as its noise explains it (empirical Bayes).
 * @param shadows pairs whose records are each other's complement, at least two pairs
 */
export function likelihoodRatios(target: Float64Array, shadows: readonly Shadow[]): Float64Array {
  const records = target.length;
  const [shift, centre] = [new Float64Array(records), new Float64Array(records)];
  let [within, degrees] = [0, 0];
  for (let record = 0; record < records; record++) {
    const sides = [0, 1].map((inside) =>
      shadows.flatMap((shadow) =>
        shadow.inside[record] === inside ? [shadow.statistic[record] as number] : [],
      ),
    ) as [number[], number[]];
    const [out, within_] = sides.map(meanOf) as [number, number];
    shift[record] = within_ - out;
    centre[record] = (within_ + out) / 2;
    for (const [side, values] of sides.entries()) {
      const mean = side === 0 ? out : within_;
      for (const value of values) within += (value - mean) ** 2;
      degrees += values.length - 1;
    }
  }
  const variance = Math.max(within / Math.max(1, degrees), Number.MIN_VALUE);
  const mean = meanOf(Array.from(shift));
  const noise = (4 * variance) / shadows.length;
  const spread = meanOf(Array.from(shift, (one) => (one - mean) ** 2));
  const kept = spread > 0 ? Math.max(0, spread - noise) / spread : 0;
  return target.map(
    (value, record) =>
      ((mean + kept * ((shift[record] as number) - mean)) * (value - (centre[record] as number))) / variance,
  );
}

const meanOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
