/** Exact tests of counts, and how many of many tests to believe. */

const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680];

/** log n!, to about 1e-12 relative: summed below 16, Stirling's series above (Abramowitz and Stegun 6.1.40). */
function logFactorial(n: number): number {
  if (n < 16) {
    let product = 1;
    for (let i = 2; i <= n; i++) product *= i;
    return Math.log(product);
  }
  const x = n + 1;
  const series = STIRLING.reduce((sum, c, i) => sum + c / x ** (2 * i + 1), 0);
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series;
}

const logChoose = (n: number, k: number): number => logFactorial(n) - logFactorial(k) - logFactorial(n - k);

/**
 * Fisher's exact test, one-sided: the chance that `a` or fewer of `n` rows are of a kind when `a + b` of all `n + m` rows are and
 * the two tables are samples of one population (scipy's fisher_exact, alternative "less").
 */
export function chanceOfSoFew(a: number, n: number, b: number, m: number): number {
  const kind = a + b;
  const all = logChoose(n + m, kind);
  let total = 0;
  for (let k = a; k >= Math.max(0, kind - m); k--) {
    const term = Math.exp(logChoose(n, k) + logChoose(m, kind - k) - all);
    total += term;
    if (term < 1e-17 * total) break;
  }
  return Math.min(1, total);
}

/** Which of the tests with these chances stand at false-discovery rate `rate` (Benjamini and Hochberg 1995). */
export function believed(chances: readonly number[], rate: number): boolean[] {
  const order = [...chances.keys()].sort((x, y) => (chances[x] as number) - (chances[y] as number));
  let last = -1;
  order.forEach((test, rank) => {
    if ((chances[test] as number) <= (rate * (rank + 1)) / chances.length) last = rank;
  });
  const stand = new Array<boolean>(chances.length).fill(false);
  order.slice(0, last + 1).forEach((test) => (stand[test] = true));
  return stand;
}
