import { breathe } from "../../math/breathe.ts";
import type { Tables } from "../../metrics/metric.ts";
import type { Report } from "../../report/report.ts";
import type { Table } from "../../table/table.ts";
import { sourceFacts } from "../take-away/source-facts.ts";

type Digests = NonNullable<Report["tables"]>;

/** A table of fewer rows could be found from its digest by trying out what may stand in it. */
const LEAST_ROWS = 20;

/** The digests of the three tables as they are measured. */
export async function measuredTables(tables: Tables): Promise<Digests> {
  const digestOf = async (table: Table): Promise<Digests["train"] | undefined> => {
    if (table.rows < LEAST_ROWS) return undefined;
    const { name, rows, sha256 } = await sourceFacts(table, undefined, false, breathe);
    return { name, rows, sha256, of: "table" };
  };
  const [train, holdout, synthetic] = [
    await digestOf(tables.train),
    await digestOf(tables.holdout),
    await digestOf(tables.synthetic),
  ];
  return { ...(train && { train }), ...(holdout && { holdout }), ...(synthetic && { synthetic }) };
}
