import { analysisReplication } from "./analysis-replication.ts";
import { augmentation } from "./augmentation.ts";
import { c2st } from "./c2st.ts";
import { calibration } from "./calibration.ts";
import { columnShapes } from "./column-shapes.ts";
import { dcrShare } from "./dcr-share.ts";
import { exactCopies } from "./exact-copies.ts";
import { featureImportance } from "./feature-importance.ts";
import type { Metric } from "./metric.ts";
import { pairTrends } from "./pair-trends.ts";
import { predictorRanking } from "./predictor-ranking.ts";
import { trainTestMatrix } from "./train-test-matrix.ts";
import { tstr } from "./tstr.ts";

export const metrics: readonly Metric[] = [
  columnShapes,
  pairTrends,
  c2st,
  tstr,
  trainTestMatrix,
  calibration,
  featureImportance,
  predictorRanking,
  augmentation,
  analysisReplication,
  dcrShare,
  exactCopies,
];
