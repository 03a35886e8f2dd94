import {
  factsOfRun,
  factsOfTable,
  FaultError,
  fillFile,
  formatCells,
  sampleAs,
  sampleCsv,
  sampleTable,
  sharedModelFile,
  settingsOfRun,
  settingsOfTable,
  takeAway,
  versions,
  writeSteps,
  guaranteeHtml,
  type FilledPart,
  type Ledger,
  type SyntheticCsv,
  type TrainedModel,
  type Wanted,
} from "../core/lab/lab.ts";
import type { Acceptance } from "../core/synthesizers/synthesizer.ts";
import { GivenDesk } from "./given-desk.ts";
import type { GuaranteeDesk } from "./guarantee-desk.ts";
import type { Job } from "./job.ts";
import { textOf, type OpenTable, type ReadingListener } from "./open-table.ts";
import type { Event as LabEvent, GoesWith, Request } from "./protocol.ts";
import type { Runs } from "./runs.ts";
import { sendChunks } from "./send-chunks.ts";

type Of<T extends Request["type"]> = Extract<Request, { type: T }>;
export type AwayRequest = Of<
  "sample-preview" | "export-csv" | "export-model" | "export-report" | "preview-futures" | "export-futures"
>;

/** How much is drawn: whole patients where they are asked for. */
const wantedOf = ({ rows, patients }: { rows: number; patients?: number }): Wanted =>
  patients === undefined ? rows : { patients };

/** Most rows, and patients, that are looked at before a file is made. */
const PREVIEWED = { rows: 1000, patients: 20 };

/** `text` as the name of a file, wherever it came from: no path, nothing hidden. */
const fileName = (text: string): string => text.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[-.]+/, "");

/** What a run gives to take away: rows, its model, its evaluation, the open table filled in. */
export class AwayDesk {
  private readonly post: (event: LabEvent, transfer?: ArrayBuffer[]) => void;
  private readonly runs: Runs;
  private readonly ledgers: Pick<GuaranteeDesk, "ledgerOf">;
  private readonly given = new GivenDesk();

  constructor(post: AwayDesk["post"], runs: Runs, ledgers: AwayDesk["ledgers"]) {
    this.post = post;
    this.runs = runs;
    this.ledgers = ledgers;
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
      case "preview-futures":
        return this.post(await this.given.preview(request));
      case "export-futures": {
        const tell = (words: readonly string[]): void =>
          this.post({ type: "futures-told", job: request.job, words });
        return sendChunks(this.post, this.given.file(request, tell), request.job, job);
      }
    }
  }

  /** Patients whose futures a run's model is to draw. Rejects with FaultError. */
  async readGiven(
    request: Of<"read-given">,
    open: OpenTable | undefined,
    listener: ReadingListener,
  ): Promise<void> {
    this.post(await this.given.read(request, this.runs.modelOf(request.run), open, listener));
  }

  private async samplePreview(
    { job, run, seed, asked, ...amount }: Of<"sample-preview">,
    open: OpenTable | undefined,
  ): Promise<void> {
    let acceptance: Acceptance | undefined;
    const request = { ...asked, onAcceptance: (sum: Acceptance) => (acceptance = sum) };
    const rows = Math.max(1, Math.min(amount.rows, PREVIEWED.rows));
    const patients = amount.patients && Math.min(amount.patients, PREVIEWED.patients);
    const wanted = wantedOf({ rows, ...(patients !== undefined && { patients }) });
    const source = this.runs.sourceOf(run, open);
    const table = await sampleTable(this.runs.modelOf(run), wanted, seed, request, source);
    const names = table.schema.columns.map(({ name }) => name);
    const cells = formatCells(table, 0, Math.min(table.rows, PREVIEWED.rows), { mask: false });
    this.post({ type: "sample", job, names, cells, ...(acceptance && { acceptance }) });
  }

  private async exportTable(request: Of<"export-csv">, open: OpenTable | undefined, job: Job): Promise<void> {
    const { job: id, run, seed, asked, format = "csv" } = request;
    const source = this.runs.sourceOf(run, open);
    await sendChunks(
      this.post,
      sampleAs(format, this.runs.modelOf(run), wantedOf(request), seed, source, asked),
      id,
      job,
    );
  }

  /** The open table's file with its empty cells filled in, or the list of those cells. */
  async complete(
    { job: id, run, seed, what, fillAll }: Of<"complete-csv">,
    open: OpenTable,
    { job, listener }: { job: Job; listener: ReadingListener },
  ): Promise<void> {
    const { table, ...file } = await textOf(open, listener);
    const parts = fillFile(this.runs.modelOf(run), table, { ...file, seed, fillAll });
    await sendChunks(this.post, what === "table" ? parts : listsOf(parts), id, job);
  }

  private exportModel({ job, run }: Of<"export-model">): void {
    const model = this.runs.modelOf(run);
    const bytes = new Uint8Array(sharedModelFile(model));
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
    const context = this.runs.contextOf(run);
    if (kind === "guarantee-html") return this.reportForOutside(id, run, job);
    const report = this.runs.reportOf(run);
    const { madeElsewhere, schema } = this.runs.viewOf(run);
    if (madeElsewhere === true) {
      const facts = { ...factsOfTable(schema, context.source), ...stated };
      const settings = settingsOfTable(report.run, context);
      return sendChunks(this.post, takeAway(kind, { report, facts, settings, withRows: false }), id, job);
    }
    const model = this.runs.modelOf(run);
    const chunks = takeAway(kind, {
      report,
      facts: { ...factsOfRun(model, context), ...stated },
      ...(synthetic && { csv: this.csvOf(run, synthetic, open) }),
      withRows,
      ...(kind === "bundle" ? { model: sharedModelFile(model) } : {}),
      ...(model.facts.guarantee && { release: await this.releaseOf(run, model, open) }),
      settings: settingsOfRun(model, context),
      ...(kind === "bundle" && this.cleaningOf(run, open)),
    });
    return sendChunks(this.post, chunks, id, job);
  }

  /** It reads no real patient, so that it needs no evaluation. */
  private async reportForOutside(id: number, run: string, job: Job): Promise<void> {
    const model = this.runs.modelOf(run);
    if (model.facts.guarantee === undefined)
      throw new FaultError({ code: "bad-use", message: "This run has no privacy guarantee." });
    const page = await guaranteeHtml(model, factsOfRun(model, this.runs.contextOf(run)));
    const bytes = new TextEncoder().encode(page);
    return sendChunks(this.post, once({ bytes, rows: 0 }), id, job);
  }

  /** With the ledger of the table that the run learned from, where that is still open. */
  private async releaseOf(
    run: string,
    model: TrainedModel,
    open: OpenTable | undefined,
  ): Promise<{ readonly model: TrainedModel; readonly ledger?: Ledger }> {
    const { tableId } = this.runs.viewOf(run);
    const ledger = open?.id === tableId ? open && (await this.ledgers.ledgerOf(open)) : undefined;
    return { model, ...(ledger && { ledger }) };
  }

  /** What was done to the table that a run learned from, where that is still open. */
  private cleaningOf(run: string, open: OpenTable | undefined): { cleaning?: string } {
    if (open === undefined || open.changes.length === 0 || this.runs.viewOf(run).tableId !== open.id)
      return {};
    return { cleaning: writeSteps(open.changes, versions.semblance) };
  }

  private csvOf(
    run: string,
    { asked, patients, ...synthetic }: GoesWith,
    open: OpenTable | undefined,
  ): SyntheticCsv {
    const model = this.runs.modelOf(run);
    const { delimiter, encoding } = model.schema.dialect;
    const source = this.runs.sourceOf(run, open);
    const wanted = wantedOf({ rows: synthetic.rows, ...(patients !== undefined && { patients }) });
    return {
      ...synthetic,
      delimiter,
      encoding,
      chunks: () => sampleCsv(model, wanted, synthetic.seed, source, asked),
    };
  }
}

async function* once<T>(one: T): AsyncGenerator<T> {
  yield one;
}

async function* listsOf(
  parts: AsyncIterable<FilledPart>,
): AsyncGenerator<{ bytes: Uint8Array; rows: number }> {
  for await (const { list, rows } of parts) yield { bytes: list, rows };
}
