import { FaultError, simulateCohort } from "../../core/lab/lab.ts";
import { harmonise, secondFacts } from "../../core/studies/studies.ts";
import type { Table } from "../../core/table/table.ts";
import type { ColumnMatch, SecondFacts } from "../../core/studies/second/second-facts.ts";
import type { Job } from "../job.ts";
import { newId } from "../new-id.ts";
import { openFile } from "../open-table.ts";
import type { Event as LabEvent, Request } from "../protocol.ts";

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
        ? simulateCohort(source.cohort, source.seed)
        : await this.read(source, name, id, job);
    const second = newId();
    this.last = { id: second, table };
    this.post({ type: "second-opened", job: id, second, facts: secondFacts(open, table) });
  }

  /** Throws FaultError `study-refused` where columns cannot be the same, `bad-use` where the table is gone. */
  match({ job, second, columns }: Of<"match-second">, open: Table): void {
    const { table } = this.find(second);
    const { table: matched, notes } = harmonise(open, table, columns);
    this.last = { id: second, table, matched };
    const facts = confirmed(secondFacts(open, table), columns);
    this.post({
      type: "second-opened",
      job,
      second,
      facts: { ...facts, notes: [...facts.notes, ...notes] },
    });
  }

  /** No table is open, or everything was forgotten: this one goes too. */
  forget(): void {
    this.last = undefined;
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

/** What is proposed with what the person said in its place. */
function confirmed(facts: SecondFacts, columns: Readonly<Record<string, string>>): SecondFacts {
  const matches = facts.matches.map((match): ColumnMatch => {
    const second = columns[match.column];
    if (second === undefined) return { column: match.column, reason: "left out", sure: 1 };
    return second === match.second
      ? { ...match, sure: 1 }
      : { column: match.column, second, reason: "as you said", sure: 1 };
  });
  return { ...facts, matches };
}
