/** A log-normal of a mean and a spread, from a standard normal. */
export function logNormal(mean: number, sd: number): (z: number) => number {
  const variance = Math.log(1 + (sd * sd) / (mean * mean));
  const [middle, width] = [Math.log(mean) - variance / 2, Math.sqrt(variance)];
  return (z) => Math.exp(middle + width * z);
}
