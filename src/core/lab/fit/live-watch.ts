import { c2st } from "../../metrics/fidelity/c2st.ts";
import { dcrShare } from "../../metrics/privacy/dcr-share.ts";
import { tooFewPatients } from "../../metrics/measuring/least-rows.ts";
import type { Metric, Tables } from "../../metrics/metric.ts";
import { patientsOf } from "../../metrics/measuring/patients.ts";
import type { Rng } from "../../math/rng.ts";
import type { Artifact, Progress } from "../../synthesizers/synthesizer.ts";
import { takeRows, type Table } from "../../table/table.ts";
import { rowsInRandomOrder } from "../../table/whole-patients.ts";

/** How a fit under way looks to two metrics, on small samples. */
export interface LiveLook {
  /** AUC of a classifier that tells the preview from held-out rows; .5 = it cannot */
  readonly c2st: number;
  /** share of preview rows nearer to a training row than to a held-out one; .5 = no memory */
  readonly nearer: number;
  /** what `nearer` may reach by chance alone, two standard errors above one half */
  readonly nearerByChance: number;
}

export interface LiveWatch {
  /** Measures a report's preview, when the last look is long enough ago. */
  look(progress: Progress): Promise<LiveLook | undefined>;
  /** Once the last looks lay beyond chance one after another: the model of the last look that did not, if there is one. */
  readonly leaking: { readonly step: number; readonly checkpoint: () => Promise<Artifact> } | undefined;
}

const MOST_ROWS = 400;
const LEAST_HOLDOUT = 30;
const LOOK_EVERY = 4000;
/** A look takes at most this share of the time between two. */
const LARGEST_SHARE = 1 / 12;
/** Looks beyond chance, one after another, that are taken for memory and not for luck. */
const LOOKS_TO_TELL = 2;

/**
 * Watches a fit by C2ST and DCR share on at most 400 rows of each table, as many of train as of the holdout, every `every` ms (four
 * seconds) or more seldom. Quality rises while a model learns and also while it memorises; the share of nearer rows rises
 * only then. It is looked at by eye, and ends a fit only where that was asked for, since held-out rows then have a say in
 * the model.
 */
export function createLiveWatch(
  train: Table,
  holdout: Table,
  rng: Rng,
  every = LOOK_EVERY,
): LiveWatch | undefined {
  if (holdout.rows < LEAST_HOLDOUT || train.rows < LEAST_HOLDOUT || tooFewPatients({ train, holdout }))
    return undefined;
  const some = (table: Table, label: string, most = MOST_ROWS): Table =>
    table.rows <= most
      ? table
      : takeRows(table, rowsInRandomOrder(table.rows, rng.fork(label), table.patients).slice(0, most));
  const held = some(holdout, "holdout");
  const real = { train: some(train, "train", held.rows), holdout: held };
  let next = performance.now() + every;
  let beyond = 0;
  let good: { step: number; checkpoint: () => Promise<Artifact> } | undefined;
  const valueOf = async (metric: Metric, tables: Tables): Promise<number> => {
    const result = await metric.compute(tables, rng.fork(metric.id), undefined, true);
    return result.status === "ok" ? result.value : NaN;
  };
  return {
    async look({ preview, step, checkpoint }) {
      const started = performance.now();
      if (preview === undefined || preview.rows < LEAST_HOLDOUT || started < next) return undefined;
      const synthetic = some(preview, "preview");
      const tables = { ...real, synthetic };
      const look: LiveLook = {
        c2st: await valueOf(c2st, tables),
        nearer: await valueOf(dcrShare, tables),
        nearerByChance:
          0.5 +
          Math.sqrt(
            1 / patientsOf(synthetic) + 1 / Math.min(patientsOf(real.train), patientsOf(real.holdout)),
          ),
      };
      const took = performance.now() - started;
      next = performance.now() + (every > 0 ? Math.max(every, took / LARGEST_SHARE) : 0);
      if (look.nearer > look.nearerByChance) beyond++;
      else {
        beyond = 0;
        if (checkpoint) good = { step, checkpoint };
      }
      return look;
    },
    get leaking() {
      return beyond >= LOOKS_TO_TELL ? good : undefined;
    },
  };
}
