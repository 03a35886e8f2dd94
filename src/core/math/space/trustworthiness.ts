import { breathe } from "../breathe.ts";

/** Writes the distances from row `row` to all rows. */
type DistancesFrom = (row: number, out: Float32Array) => void;

/**
 * How far the `k` neighbours on a map are neighbours in the space it shows: 1 less the ranks by which they are not
 * (Venna & Kaski 2001; scikit-learn's trustworthiness). In [0, 1]; needs more than 2 k rows.
 * @param asked rows whose neighbours are looked at; all when left out
 */
export async function trustworthiness(
  rows: number,
  inSpace: DistancesFrom,
  onMap: DistancesFrom,
  k: number,
  pulse: () => Promise<void> = breathe,
  asked: Int32Array = Int32Array.from({ length: rows }, (_, row) => row),
): Promise<number> {
  const [space, map] = [new Float32Array(rows), new Float32Array(rows)];
  const rank = new Int32Array(rows);
  let strange = 0;
  for (const row of asked) {
    inSpace(row, space);
    onMap(row, map);
    ranked(space, row).forEach((other, i) => (rank[other] = i + 1));
    for (const other of ranked(map, row).subarray(0, k)) strange += Math.max(0, (rank[other] as number) - k);
    await pulse();
  }
  return 1 - (2 * strange) / (asked.length * k * (2 * rows - 3 * k - 1));
}

/** The other rows by rising distance. */
const ranked = (distances: Float32Array, self: number): Int32Array =>
  Int32Array.from(distances.keys())
    .filter((row) => row !== self)
    .sort((a, b) => (distances[a] as number) - (distances[b] as number));
