/** The files a person takes away from an evaluation, one by one or all in one zip. */
import { FaultError } from "../../fault.ts";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Report } from "../../report/report.ts";
import type { Ledger } from "../../private/accounting/ledger.ts";
import { sharedModelFile, type TrainedModel } from "../model-file/model-file.ts";
import { streamZip, type StreamedEntry } from "../model-file/zip.ts";
import { privateReadme, sharedReadme } from "./documents/bundle-readme.ts";
import { croissant } from "./documents/croissant.ts";
import { datasheet } from "./documents/datasheet.ts";
import { evaluationJson } from "./documents/evaluation-json.ts";
import type { EvaluationFacts, SyntheticFile } from "./facts.ts";
import { guardedReport } from "./guarded-report.ts";
import { guaranteeCard, guaranteeDatasheet } from "./guarantee/guarantee-documents.ts";
import { guaranteeHtml } from "./guarantee/guarantee-html.ts";
import { guaranteeJson } from "./guarantee/guarantee-json.ts";
import { guaranteedPrivateReadme, guaranteedSharedReadme } from "./guarantee/guarantee-readme.ts";
import { releaseReport } from "./guarantee/release-report.ts";
import { writeLedger } from "../guarantee/ledger-file.ts";
import { htmlReport } from "./html/html-report.ts";
import { modelCard } from "./documents/model-card.ts";

/** `guarantee-html`: of a run with a guarantee, the report that reads no real patient (`TakeAway.release`). */
export type TakeAwayKind =
  "html" | "json" | "model-card" | "datasheet" | "croissant" | "bundle" | "guarantee-html";

/** Chunks of a file as it is made; `rows`: synthetic rows drawn so far. A chunk may be empty, only to say so. */
export type Chunks = AsyncGenerator<{ bytes: Uint8Array; rows: number }>;

/** The synthetic CSV file that the evaluation goes with, `rows` as it was asked for; `chunks` may be asked for once. */
export interface SyntheticCsv extends Omit<SyntheticFile, "bytes" | "sha256" | "patients"> {
  chunks(): AsyncIterable<{ bytes: Uint8Array; rows: number; patients?: number }>;
}

/** What a run with a guarantee gives away beside its rows. */
export interface Release {
  readonly model: TrainedModel;
  /** of the table; left out: releases are not added up */
  readonly ledger?: Ledger;
}

export interface TakeAway {
  readonly report: Report;
  readonly facts: EvaluationFacts;
  /** absent where it is not at hand: made elsewhere and not kept */
  readonly csv?: SyntheticCsv;
  /** whether the zip holds the synthetic rows themselves */
  readonly withRows: boolean;
  /** the model file; absent where the table was made elsewhere */
  readonly model?: Uint8Array;
  /** of a run with a guarantee */
  readonly release?: Release;
  /** what repeats the run, as JSON */
  readonly settings: object;
  /** the file of cleaning steps; left out: nothing was done to the table */
  readonly cleaning?: string;
}

export const SHARED = "safe-to-share";
export const PRIVATE = "private";
/** A zip file without zip64 holds no more. */
const LARGEST = 0xffffffff;

/**
 * One file. Only `croissant` and `bundle` draw synthetic rows: the metadata states the CSV's size and SHA-256. Same input,
 * same bytes. Ending the iteration early frees the model. Throws FaultError as drawing rows does, `bad-use` above 4 GB.
 */
export async function* takeAway(kind: TakeAwayKind, given: TakeAway): Chunks {
  const { report, facts, csv } = given;
  switch (kind) {
    case "html":
      return yield whole(htmlReport(report, facts));
    case "json":
      return yield whole(evaluationJson(report, facts, undefined, given.settings));
    case "model-card":
    case "datasheet":
      return yield whole(await document(kind, given));
    case "croissant": {
      if (csv === undefined)
        throw new FaultError({ code: "bad-use", message: "The synthetic file is not at hand." });
      const measure = measuring(csv);
      for await (const { rows } of measure.chunks) yield { bytes: new Uint8Array(), rows };
      return yield whole(croissant(report, facts, measure.file()), csv.rows);
    }
    case "guarantee-html":
      return yield whole(await guaranteeHtml(releaseOf(given).model, facts));
    case "bundle":
      return yield* bundle(given);
  }
}

async function document(kind: "model-card" | "datasheet", given: TakeAway): Promise<string> {
  const { report, facts } = given;
  const release = coveredRelease(given);
  if (release === undefined)
    return kind === "model-card" ? modelCard(report, facts) : datasheet(report, facts);
  const released = await releaseReport(release.model);
  return kind === "model-card"
    ? guaranteeCard(released, release.model, facts)
    : guaranteeDatasheet(released, release.model, facts);
}

function releaseOf({ release }: TakeAway): Release {
  if (release !== undefined) return release;
  throw new FaultError({ code: "bad-use", message: "This run has no privacy guarantee." });
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const whole = (text: string, rows = 0): { bytes: Uint8Array; rows: number } => ({
  bytes: encode(text),
  rows,
});

/** The file's chunks as they pass, and what it is once they have. */
function measuring({ chunks, ...about }: SyntheticCsv): { chunks: Chunks; file: () => SyntheticFile } {
  const hash = sha256.create();
  let bytes = 0;
  let written: Pick<SyntheticFile, "rows" | "patients"> = { rows: about.rows };
  async function* passing(): Chunks {
    for await (const { rows, patients, ...chunk } of chunks()) {
      hash.update(chunk.bytes);
      bytes += chunk.bytes.length;
      written = { rows, ...(patients !== undefined && { patients }) };
      yield { ...chunk, rows };
    }
  }
  const file = (): SyntheticFile => ({
    ...about,
    ...written,
    bytes,
    sha256: bytesToHex(hash.clone().digest()),
  });
  return { chunks: passing(), file };
}

/**
 * Everything in one zip: what is meant for others in one folder, what stays where the real table is in another, a README
 * in each that says why.
 */
async function* bundle(given: TakeAway): Chunks {
  const { csv, withRows } = given;
  const inside = withRows && csv !== undefined;
  const measure = csv && measuring(inside ? { ...csv, name: "synthetic.csv" } : csv);
  let rows = 0;
  if (measure !== undefined && !inside)
    for await (const chunk of measure.chunks) {
      ({ rows } = chunk);
      yield { bytes: new Uint8Array(), rows };
    }
  async function* drawn(chunks: Chunks): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      ({ rows } = chunk);
      yield chunk.bytes;
    }
  }
  const made: Made = {
    ...(measure && { file: measure.file }),
    inside: measure && inside ? [{ name: `${SHARED}/synthetic.csv`, pieces: drawn(measure.chunks) }] : [],
  };
  const release = coveredRelease(given);
  const entries =
    release === undefined ? openEntries(given, made) : await coveredEntries(given, release, made);
  let written = 0;
  for await (const bytes of streamZip(entries)) {
    written += bytes.length;
    if (written > LARGEST)
      throw new FaultError({
        code: "bad-use",
        message: "The zip would be larger than 4 GB: leave the rows out of it and save them by themselves.",
      });
    yield { bytes, rows };
  }
}

/** The synthetic file in a zip: what it is once its rows are drawn, and its entry where it is inside. */
interface Made {
  readonly file?: () => SyntheticFile;
  readonly inside: readonly StreamedEntry[];
}

// Each entry is read only when those before it are written: the rows are measured by then.
const entry = (folder: string, name: string, text: () => string): StreamedEntry => ({
  name: `${folder}/${name}`,
  pieces: once(text),
});

const modelEntry = (folder: string, model: Uint8Array | undefined): StreamedEntry[] =>
  model === undefined ? [] : [{ name: `${folder}/model.semblance`, stored: true, pieces: [model] }];

const ownEntries = ({ settings, cleaning }: TakeAway): StreamedEntry[] => [
  entry(PRIVATE, "settings.json", () => `${JSON.stringify(settings, undefined, 2)}\n`),
  ...(cleaning === undefined ? [] : [entry(PRIVATE, "cleaning.json", () => cleaning)]),
];

function evaluationEntries(
  folder: string,
  { report, facts, settings }: TakeAway,
  { file }: Made,
): StreamedEntry[] {
  return [
    entry(folder, "evaluation.html", () => htmlReport(report, facts, file?.())),
    entry(folder, "evaluation.json", () => evaluationJson(report, facts, file?.(), settings)),
  ];
}

/** Of a run without a guarantee. */
function openEntries(given: TakeAway, made: Made): StreamedEntry[] {
  const { facts, model } = given;
  const report = guardedReport(given.report);
  const { file } = made;
  const rows = file && (made.inside.length > 0 ? "inside" : "apart");
  return [
    entry(SHARED, "README.txt", () => sharedReadme(report, facts, rows)),
    ...made.inside,
    ...evaluationEntries(SHARED, { ...given, report }, made),
    entry(SHARED, "model-card.md", () => modelCard(report, facts)),
    entry(SHARED, "datasheet.md", () => datasheet(report, facts, file?.())),
    ...(file ? [entry(SHARED, "croissant.json", () => croissant(report, facts, file()))] : []),
    entry(PRIVATE, "README.txt", () => privateReadme(report, given)),
    ...ownEntries(given),
    ...modelEntry(PRIVATE, model),
  ];
}

/** Of a run with a guarantee: what it covers for others, and what read real patients apart. */
async function coveredEntries(
  given: TakeAway,
  { model, ledger }: Release,
  made: Made,
): Promise<StreamedEntry[]> {
  const { facts } = given;
  const guarded = guardedReport(given.report);
  const report = await releaseReport(model);
  const { file } = made;
  const files = {
    evaluated: true,
    croissant: file !== undefined,
    cleaning: given.cleaning !== undefined,
    ledger: ledger !== undefined,
  };
  const page = await guaranteeHtml(model, facts);
  return [
    entry(SHARED, "README.txt", () => guaranteedSharedReadme(report, model, made.inside.length > 0)),
    ...made.inside,
    ...modelEntry(SHARED, sharedModelFile(model)),
    entry(SHARED, "guarantee.html", () => page),
    entry(SHARED, "guarantee.json", () => guaranteeJson(report, facts)),
    entry(SHARED, "model-card.md", () => guaranteeCard(report, model, facts)),
    entry(SHARED, "datasheet.md", () => guaranteeDatasheet(report, model, facts, file?.())),
    entry(PRIVATE, "README.txt", () => guaranteedPrivateReadme(model, files)),
    ...evaluationEntries(PRIVATE, { ...given, report: guarded }, made),
    ...(file ? [entry(PRIVATE, "croissant.json", () => croissant(guarded, facts, file()))] : []),
    ...ownEntries(given),
    ...(ledger === undefined ? [] : [entry(PRIVATE, "ledger.json", () => writeLedger(ledger))]),
  ];
}

/** What the guarantee covers; nothing where its noise can be foreseen. */
const coveredRelease = ({ release }: TakeAway): Release | undefined =>
  release?.model.facts.guarantee?.noise === "cryptographic" ? release : undefined;

function* once(text: () => string): Generator<Uint8Array> {
  yield encode(text());
}
