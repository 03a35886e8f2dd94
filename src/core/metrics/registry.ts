import { alphaPrecision } from "./alpha-precision.ts";
import { c2st } from "./c2st.ts";
import { c2stLogistic } from "./c2st-logistic.ts";
import { columnShapes } from "./column-shapes.ts";
import { coverage } from "./coverage.ts";
import { dcrShare } from "./dcr-share.ts";
import { exactCopies } from "./exact-copies.ts";
import { jensenShannon } from "./jensen-shannon.ts";
import { klDivergence } from "./kl-divergence.ts";
import type { Metric } from "./metric.ts";
import { missingness } from "./missingness.ts";
import { pairTrends } from "./pair-trends.ts";
import { propensity } from "./propensity.ts";
import { tstr } from "./tstr.ts";
import { wasserstein } from "./wasserstein.ts";

export const metrics: readonly Metric[] = [
  columnShapes,
  pairTrends,
  wasserstein,
  jensenShannon,
  klDivergence,
  missingness,
  coverage,
  alphaPrecision,
  c2st,
  c2stLogistic,
  propensity,
  tstr,
  dcrShare,
  exactCopies,
];
