import {
  changesToContinue,
  changingColumns,
  FaultError,
  futuresAs,
  givenPatients,
  patientBands,
  timeUnit,
  withoutWords,
  type GivenPatients,
  type TrainedModel,
} from "../core/lab/lab.ts";
import { readBlob, type OpenTable, type ReadingListener } from "./open-table.ts";
import type { Event as LabEvent, Request } from "./protocol.ts";

type Of<T extends Request["type"]> = Extract<Request, { type: T }>;

/** Patients that were given to a run's model, whose futures it draws. Those of one run at a time. */
export class GivenDesk {
  private given:
    { readonly run: string; readonly model: TrainedModel; readonly patients: GivenPatients } | undefined;

  /** Reads a file, or takes the open table, as the model's was read. Rejects with FaultError; what was given then stays. */
  async read(
    { job, run, source, name }: Of<"read-given">,
    model: TrainedModel,
    open: OpenTable | undefined,
    listener: ReadingListener,
  ): Promise<LabEvent> {
    const table = source === "open-table" ? tableOf(open) : await readLike(source, name, model, listener);
    const patients = givenPatients(table, model);
    this.given = { run, model, patients };
    const { starts, ended, notes } = patients;
    const unit = timeUnit(model);
    const given = {
      name: table.name,
      visits: Array.from(starts.subarray(1), (end, patient) => end - (starts[patient] as number)),
      ended: [...ended.keys()].filter((patient) => ended[patient] === 1),
      columns: changingColumns(model),
      notes,
      ...(unit !== undefined && { timeUnit: unit }),
    };
    return { type: "given-patients", job, run, given };
  }

  async preview({ job, run, patient, column, asked, ...request }: Of<"preview-futures">): Promise<LabEvent> {
    const { model, patients } = this.givenTo(run);
    if (patients.ids[patient] === undefined) throw badUse("There is no such patient.");
    const found = await patientBands(model, patients, patient, column, { ...request, ...asked });
    return { type: "future-bands", job, run, ...found };
  }

  /** The file's chunks, which count patients; `tell` hears what has to be said of it. */
  async *file(
    { run, futures, seed, asked, format = "csv" }: Of<"export-futures">,
    tell: (words: readonly string[]) => void,
  ): AsyncGenerator<{ bytes: Uint8Array; rows: number }> {
    const { model, patients } = this.givenTo(run);
    let without: readonly number[] = [];
    for await (const chunk of futuresAs(format, model, patients, { futures, seed, ...asked })) {
      ({ without } = chunk);
      yield { bytes: chunk.bytes, rows: chunk.patients };
    }
    tell(withoutWords(patients, without));
  }

  private givenTo(run: string): NonNullable<GivenDesk["given"]> {
    if (this.given?.run !== run) throw badUse("Open the patients that are to be continued first.");
    return this.given;
  }
}

async function readLike(
  source: Blob | ArrayBuffer,
  name: string,
  model: TrainedModel,
  listener: ReadingListener,
): Promise<GivenPatients["whole"]> {
  const blob = source instanceof Blob ? source : new Blob([source]);
  const tokens = { type: "missing-tokens", tokens: model.schema.missingTokens } as const;
  const how = { largest: true, automatic: true };
  const { table } = await readBlob(blob, name, { ...how, changes: [tokens] }, listener);
  const changes = changesToContinue(table, model);
  if (changes.length === 0) return table;
  return (await readBlob(blob, name, { ...how, changes: [tokens, ...changes] }, listener)).table;
}

function tableOf(open: OpenTable | undefined): GivenPatients["whole"] {
  if (open === undefined) throw badUse("No table is open.");
  return open.table;
}

const badUse = (message: string): FaultError => new FaultError({ code: "bad-use", message });
