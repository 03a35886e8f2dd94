import {
  breathe,
  factsOfRun,
  factsOfTable,
  FaultError,
  fillFile,
  formatCells,
  sampleAs,
  sampleCsv,
  sampleTable,
  saveModelFile,
  settingsOfRun,
  settingsOfTable,
  takeAway,
  versions,
  writeSteps,
  type FilledPart,
  type SyntheticCsv,
} from "../core/lab/lab.ts";
import type { Acceptance } from "../core/synthesizers/synthesizer.ts";
import type { Job } from "./job.ts";
import { textOf, type OpenTable, type ReadingListener } from "./open-table.ts";
import type { Event as LabEvent, GoesWith, Request } from "./protocol.ts";
import type { Runs } from "./runs.ts";

type Of<T extends Request["type"]> = Extract<Request, { type: T }>;
export type AwayRequest = Of<"sample-preview" | "export-csv" | "export-model" | "export-report">;

/** `text` as the name of a file, wherever it came from: no path, nothing hidden. */
const fileName = (text: string): string => text.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[-.]+/, "");

/** What a run gives to take away: rows, its model, its evaluation, the open table filled in. */
export class AwayDesk {
  private readonly post: (event: LabEvent, transfer?: ArrayBuffer[]) => void;
  private readonly runs: Runs;

  constructor(post: AwayDesk["post"], runs: Runs) {
    this.post = post;
    this.runs = runs;
  }

  /** Answers with rows, chunks or a file. Rejects with FaultError. */
  async take(request: AwayRequest, open: OpenTable | undefined, job: Job): Promise<void> {
    switch (request.type) {
      case "sample-preview":
        return this.samplePreview(request, open);
      case "export-csv":
        return this.exportTable(request, open, job);
      case "export-model":
        return this.exportModel(request);
      case "export-report":
        return this.exportReport(request, open, job);
    }
  }

  private async samplePreview(
    { job, run, rows, seed, asked }: Of<"sample-preview">,
    open: OpenTable | undefined,
  ): Promise<void> {
    let acceptance: Acceptance | undefined;
    const request = { ...asked, onAcceptance: (sum: Acceptance) => (acceptance = sum) };
    const count = Math.max(1, Math.min(rows, 1000));
    const source = this.runs.sourceOf(run, open);
    const table = await sampleTable(this.runs.modelOf(run), count, seed, request, source);
    const names = table.schema.columns.map(({ name }) => name);
    const cells = formatCells(table, 0, table.rows, { mask: false });
    this.post({ type: "sample", job, names, cells, ...(acceptance && { acceptance }) });
  }

  private async exportTable(request: Of<"export-csv">, open: OpenTable | undefined, job: Job): Promise<void> {
    const { job: id, run, rows, seed, asked, format = "csv" } = request;
    const source = this.runs.sourceOf(run, open);
    await this.sendChunks(sampleAs(format, this.runs.modelOf(run), rows, seed, source, asked), id, job);
  }

  /** The open table's file with its empty cells filled in, or the list of those cells. */
  async complete(
    { job: id, run, seed, what, fillAll }: Of<"complete-csv">,
    open: OpenTable,
    { job, listener }: { job: Job; listener: ReadingListener },
  ): Promise<void> {
    const { table, ...file } = await textOf(open, listener);
    const parts = fillFile(this.runs.modelOf(run), table, { ...file, seed, fillAll });
    await this.sendChunks(what === "table" ? parts : listsOf(parts), id, job);
  }

  private async sendChunks(
    chunks: AsyncIterable<{ bytes: Uint8Array; rows: number }>,
    id: number,
    job: Job,
  ): Promise<void> {
    for await (const chunk of chunks) {
      if (job.cancelled) throw new FaultError({ code: "cancelled" });
      const bytes = new Uint8Array(chunk.bytes);
      this.post({ type: "chunk", job: id, bytes, rows: chunk.rows }, [bytes.buffer]);
      await job.sent();
      await breathe();
    }
  }

  private exportModel({ job, run }: Of<"export-model">): void {
    const model = this.runs.modelOf(run);
    const bytes = new Uint8Array(saveModelFile(model));
    const { table, synthesizer, seed } = model.facts;
    const stem = table.replace(/\.[^.]*$/, "");
    const name = fileName(`${stem || "table"}-${synthesizer}-seed-${seed}`);
    this.post({ type: "model-file", job, bytes, name: `${name}.semblance` }, [bytes.buffer]);
  }

  private async exportReport(
    request: Of<"export-report">,
    open: OpenTable | undefined,
    job: Job,
  ): Promise<void> {
    const { job: id, run, kind, synthetic, withRows, use } = request;
    const stated = use === undefined ? {} : { use };
    const report = this.runs.reportOf(run);
    const context = this.runs.contextOf(run);
    const { madeElsewhere, schema } = this.runs.viewOf(run);
    if (madeElsewhere === true) {
      const facts = { ...factsOfTable(schema, context.source), ...stated };
      const settings = settingsOfTable(report.run, context);
      return this.sendChunks(takeAway(kind, { report, facts, settings, withRows: false }), id, job);
    }
    const model = this.runs.modelOf(run);
    const chunks = takeAway(kind, {
      report,
      facts: { ...factsOfRun(model, context), ...stated },
      ...(synthetic && { csv: this.csvOf(run, synthetic, open) }),
      withRows,
      ...(kind === "bundle" ? { model: saveModelFile(model) } : {}),
      settings: settingsOfRun(model, context),
      ...(kind === "bundle" && this.cleaningOf(run, open)),
    });
    return this.sendChunks(chunks, id, job);
  }

  /** What was done to the table that a run learned from, where that is still open. */
  private cleaningOf(run: string, open: OpenTable | undefined): { cleaning?: string } {
    if (open === undefined || open.changes.length === 0 || this.runs.viewOf(run).tableId !== open.id)
      return {};
    return { cleaning: writeSteps(open.changes, versions.semblance) };
  }

  private csvOf(run: string, { asked, ...synthetic }: GoesWith, open: OpenTable | undefined): SyntheticCsv {
    const model = this.runs.modelOf(run);
    const { delimiter, encoding } = model.schema.dialect;
    const source = this.runs.sourceOf(run, open);
    const { rows, seed } = synthetic;
    return {
      ...synthetic,
      delimiter,
      encoding,
      chunks: () => sampleCsv(model, rows, seed, source, asked),
    };
  }
}

async function* listsOf(
  parts: AsyncIterable<FilledPart>,
): AsyncGenerator<{ bytes: Uint8Array; rows: number }> {
  for await (const { list, rows } of parts) yield { bytes: list, rows };
}
