import { FaultError } from "../../core/lab/lab.ts";
import type { Table } from "../../core/table/table.ts";
import type { Job } from "../job.ts";
import { newId } from "../new-id.ts";
import { openCohort, openFile } from "../open-table.ts";
import type { Event as LabEvent, Request } from "../protocol.ts";
import { harmonise, secondFacts } from "./second-matching.ts";

type Of<T extends Request["type"]> = Extract<Request, { type: T }>;

interface Second {
  readonly id: string;
  /** as it was read */
  readonly table: Table;
  /** the columns that the person confirmed, as the open table has them */
  readonly matched?: Table;
}

/** The table beside the open one. Nothing of it is kept but with a study that is asked of it. */
export class SecondTables {
  private readonly post: (event: LabEvent) => void;
  private last: Second | undefined;

  constructor(post: SecondTables["post"]) {
    this.post = post;
  }

  /** Reads it as the lab reads a table. Rejects with FaultError. */
  async open({ job: id, source, name }: Of<"open-second">, open: Table, job: Job): Promise<void> {
    const table =
      "cohort" in source
        ? openCohort(source.cohort, source.seed).table
        : await this.read(source, name, id, job);
    const second = newId();
    this.last = { id: second, table };
    this.post({ type: "second-opened", job: id, second, facts: secondFacts(open, table) });
  }

  /** Throws FaultError `study-refused` where columns cannot be the same, `bad-use` where the table is gone. */
  match({ job, second, columns }: Of<"match-second">, open: Table): void {
    const { table } = this.find(second);
    this.last = { id: second, table, matched: harmonise(open, table, columns) };
    this.post({ type: "second-opened", job, second, facts: secondFacts(open, table, columns) });
  }

  /** As studies are asked of it: as it was confirmed, else as it was read. */
  tableOf(second: string): Table {
    const { matched, table } = this.find(second);
    return matched ?? table;
  }

  private find(second: string): Second {
    if (this.last?.id === second) return this.last;
    throw new FaultError({
      code: "bad-use",
      message: "The second table is not open any more. Open it again.",
    });
  }

  private async read(
    source: File | Blob | ArrayBuffer,
    name: string,
    job: number,
    state: Job,
  ): Promise<Table> {
    const blob = source instanceof Blob ? source : new Blob([source]);
    const how = { repair: undefined, choice: undefined };
    const { table } = await openFile(blob, name, how, {
      cancelled: () => state.cancelled,
      onProgress: ({ bytes, rows }) => this.post({ type: "reading", job, bytes, total: blob.size, rows }),
    });
    return table;
  }
}
