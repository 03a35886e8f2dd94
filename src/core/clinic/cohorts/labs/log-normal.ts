/** A log-normal of a mean and a spread, from a standard normal. */
export function logNormal(mean: number, sd: number): (z: number) => number {
  const variance = Math.log(1 + (sd * sd) / (mean * mean));
  const [middle, width] = [Math.log(mean) - variance / 2, Math.sqrt(variance)];
  return (z) => Math.exp(middle + width * z);
}

/** A skewed deviation with mean 0 and standard deviation 1 for a standard normal: of a log-normal whose logarithm spreads by `spread`. */
export function skewedDeviation(spread: number): (z: number) => number {
  const [half, sd] = [(spread * spread) / 2, Math.sqrt(Math.exp(spread * spread) - 1)];
  return (z) => (Math.exp(spread * z - half) - 1) / sd;
}
