import { breathe } from "../../math/breathe.ts";
import { fitMixture } from "../../math/mixtures/mixture.ts";
import type { Rng } from "../../math/rng.ts";
import type { Weights } from "../../nn/tensor.ts";
import { reported } from "../training/reported.ts";
import type { AutoencoderData } from "./data.ts";
import { asSaved } from "./model.ts";
import type { LatentPrior } from "./model.ts";
import type { AutoencoderNetworks } from "./network.ts";
import { activeDimensions, drawAt, encodeRows } from "./posterior.ts";

const MOST_ROWS = 6000;
/** of the work of a fitted prior, drawing from the posterior */
const POSTERIOR_SHARE = 0.2;

/**
 * The aggregate posterior, fitted: one z is drawn for each of `rows` (at most 6,000 of them), and a Gaussian (under
 * 1,000 rows) or a mixture of them takes the place of N(0, I) in the dimensions in use. `N(0, I)` would leave the
 * decoder with latents that it was never trained on. Yields the share done.
 */
export async function* fitPrior(
  data: AutoencoderData,
  nets: AutoencoderNetworks,
  weights: Weights,
  rows: Int32Array,
  rng: Rng,
  components?: number,
): AsyncGenerator<number, LatentPrior, void> {
  const used = rows.length > MOST_ROWS ? rows.slice(0, MOST_ROWS) : rows;
  const encoding = encodeRows(data, nets, weights, used, rng);
  const posteriors = yield* reported(encoding, (share) => POSTERIOR_SHARE * share);
  const active = activeDimensions(posteriors);
  if (active.length === 0) return { active, mixture: undefined };
  const points = new Float64Array(used.length * active.length);
  for (let i = 0; i < used.length; i++)
    active.forEach((dimension, j) => {
      points[i * active.length + j] = drawAt(posteriors, i, dimension, rng);
    });
  const count = components ?? componentsFor(data.rows);
  const roomy = used.length / count > 3 * active.length || count === 1;
  const fitting = fitMixture(
    { rows: used.length, width: active.length, data: points },
    { components: count, covariance: roomy ? "full" : "diagonal", ridge: 1e-2, rounds: 40 },
    rng.fork("mixture"),
  );
  for (;;) {
    const next = fitting.next();
    if (next.done) return { active, mixture: asSaved(next.value) };
    await breathe();
    yield POSTERIOR_SHARE + (1 - POSTERIOR_SHARE) * next.value;
  }
}

const componentsFor = (rows: number): number =>
  rows < 1000 ? 1 : Math.min(24, Math.max(2, Math.round(rows / 150)));
