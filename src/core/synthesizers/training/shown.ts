import type { Rng } from "../../math/rng.ts";
import type { Table } from "../../table/table.ts";
import type { Artifact, Model } from "../synthesizer.ts";

/** What a fit under way shows of itself: rows of the model as it is now, and that model to keep. */
export interface Shown {
  readonly preview: Table;
  /** May be asked at any later time; weights are copies. */
  readonly checkpoint?: () => Promise<Artifact>;
}

export async function shownBy(model: Model, rows: number, rng: Rng): Promise<Shown> {
  return { preview: await model.sample(rows, rng), checkpoint: () => model.save() };
}
