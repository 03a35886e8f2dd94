import type { Rng } from "../../../math/rng.ts";
import { expectedSeries } from "../../../surveillance/expected.ts";
import { incidenceOf, type Incidence } from "../../../surveillance/incidence.ts";
import {
  agreementOf,
  detectorFor,
  watch,
  type Agreement,
  type Watch,
} from "../../../surveillance/outbreaks.ts";
import type { Table } from "../../../table/table.ts";
import type { Pulse, Tables } from "../../metric.ts";
import { equalSizes } from "../equal-sizes.ts";
import type { EventColumn } from "./event-columns.ts";

/** Samples of held-out and synthetic rows of one size that are watched: each takes a tenth of a second. */
const WATCHED = 4;

/** A table's weeks on the days of train. */
export const weeksIn = (table: Table, { name, span }: EventColumn): Incidence =>
  incidenceOf(table, { column: name, every: "week", span });

/** Outbreaks of train found again. */
export interface WatchedColumn {
  readonly name: string;
  /** in all synthetic rows */
  readonly whole: Agreement;
  /** in each sample */
  readonly synthetic: readonly Agreement[];
  readonly holdout: readonly Agreement[];
}

/** Undefined where train's series cannot be watched. All tables are watched by the detector that suits train. */
export async function watchedColumn(
  { train, holdout, synthetic }: Tables,
  column: EventColumn,
  rng: Rng,
  pulse: Pulse,
): Promise<WatchedColumn | undefined> {
  const real = weeksIn(train, column);
  const detector = detectorFor(real);
  if (typeof detector !== "string") return undefined;
  const own = await watch(real, detector, pulse);
  if ("reason" in own) return undefined;
  const against = async (table: Table): Promise<Agreement> => {
    const watched = await watch({ ...weeksIn(table, column), partial: real.partial }, detector, pulse);
    return agreementOf(own, watched as Watch);
  };
  const sizes = equalSizes({ holdout, synthetic }, rng, { draws: WATCHED });
  const each = async (tables: readonly Table[]): Promise<Agreement[]> => {
    const found: Agreement[] = [];
    for (const table of tables) found.push(await against(table));
    return found;
  };
  return {
    name: column.name,
    whole: await against(synthetic),
    synthetic: await each(sizes.synthetic.tables),
    holdout: await each(sizes.holdout.tables),
  };
}

/** Variance of weekly counts in parts of their mean, as it would be with as many events as `like` has. */
export function dispersionOf(series: Incidence, like: number): number | undefined {
  const found = expectedSeries(series);
  return found && series.events > 0
    ? Math.max(0.01, 1 + ((found.dispersion - 1) * like) / series.events)
    : undefined;
}
