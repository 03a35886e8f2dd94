import { CLOCKS } from "../../table/formats/dates/durations.ts";
import * as z from "zod";
import { FaultError } from "../../fault.ts";
import type { Artifact } from "../../synthesizers/synthesizer.ts";
import { IDENTIFIERS } from "../../table/identifies.ts";
import {
  COURSE_PARTS,
  DELIMITERS,
  ENCODINGS,
  MEASURES,
  OUTSIDERS,
  QUOTES,
  ROLES,
  type Schema,
} from "../../table/table.ts";
import type { Report, RunFacts } from "../../report/report.ts";
import type { CourseFacts } from "../course-facts.ts";
import type { Filling } from "../left-out.ts";
import { synthesizers } from "../../synthesizers/registry.ts";
import { epsilonOfSpends } from "../../private/accounting/total-spent.ts";
import { guaranteeIn } from "../guarantee/guarantee-in.ts";
import { claimedGuarantee } from "../../words/guarantee.ts";
import { claimedReport, CLAIMED_PREFIX, Refused } from "./claimed-report.ts";
import { kindShape, paramsShape, reportShape, runFactsShape } from "../../report/report-shape.ts";
import { ruleTexts } from "../rules/keep-rules.ts";
import { readSafetensors, writeSafetensors } from "./safetensors.ts";
import { readZip, writeZip } from "./zip.ts";

/** No generated code: the page's policy forbids it, and even asking would be reported. */
z.config({ jitless: true });

/** What a run yields and a model file holds: enough to sample, and nothing of any row of the source. */
export interface TrainedModel {
  readonly artifact: Artifact;
  /** All columns of the source, in its order. */
  readonly schema: Schema;
  readonly filling: readonly Filling[];
  /** Of a model of patients over time. */
  readonly courses?: CourseFacts;
  readonly facts: RunFacts;
  readonly report?: Report;
  /** The file brought an evaluation that is not shown: a sentence that says why. */
  readonly refused?: string;
}

/** What a sum of spends may be off by. */
const ROUNDING = 1e-6;
const FORMAT = "semblance-model";
const VERSION = 1;
const NOTICE = "Synthetic data, not real patients. This file holds a trained model and no row of the source.";
const MANIFEST = "manifest.json";
const WEIGHTS = "weights.safetensors";
const MEBI = 1024 * 1024;
/** Greatest unpacked sizes that are read, in bytes. */
const LIMITS = { [MANIFEST]: 64 * MEBI, [WEIGHTS]: 512 * MEBI };

const name = z.string().max(10_000);
const words = z.string().max(1000);
const pattern = z.string().max(100);
const patterns = z.array(pattern).max(20);
const twelve = z.array(words).length(12);
const dateShape = z.object({
  pattern,
  exact: z.boolean().exactOptional(),
  others: patterns.exactOptional(),
  coarser: z
    .array(z.object({ pattern, others: patterns.exactOptional(), share: z.number().min(0).max(1) }))
    .max(5)
    .exactOptional(),
  months: twelve.exactOptional(),
  latestYear: z.number().int().exactOptional(),
  offsets: twelve.exactOptional(),
});
const schemaShape: z.ZodType<Schema> = z.object({
  columns: z
    .array(
      z.object({
        name,
        kind: kindShape,
        role: z.enum(ROLES),
        reason: z.string(),
        missingToken: name,
        number: z
          .object({
            decimals: z.number().int().min(0).max(30),
            leastDecimals: z.number().int().min(0).max(30).exactOptional(),
            exact: z.boolean().exactOptional(),
            decimalMark: z.enum([".", ","]),
            thousandsMark: z.enum(["", ".", ",", " ", "'"]),
            prefix: words.exactOptional(),
            suffix: words.exactOptional(),
            clock: z.enum(CLOCKS).exactOptional(),
            one: words.exactOptional(),
          })
          .exactOptional(),
        date: dateShape.exactOptional(),
        rareLevels: z.enum(["empty", "common"]).exactOptional(),
        survival: z.enum(["time", "event"]).exactOptional(),
        course: z.enum(COURSE_PARTS).exactOptional(),
        outsider: z.enum(OUTSIDERS).exactOptional(),
        quantity: z.object({ of: name.nullable(), unit: name.exactOptional() }).exactOptional(),
        label: name.exactOptional(),
        unit: words.exactOptional(),
        measure: z.enum(MEASURES).exactOptional(),
        system: words.exactOptional(),
        valueLabels: z
          .array(z.object({ code: name, label: name }))
          .max(100_000)
          .exactOptional(),
        limits: z
          .array(z.object({ text: words, value: z.number(), side: z.enum(["below", "above"]) }))
          .max(1000)
          .exactOptional(),
        storedAs: words.exactOptional(),
        fresh: words.exactOptional(),
        identifies: z.object({ what: z.enum(IDENTIFIERS), why: words }).exactOptional(),
      }),
    )
    .min(1)
    .max(10_000),
  dialect: z.object({
    delimiter: z.enum(DELIMITERS),
    quote: z.enum(QUOTES),
    newline: z.enum(["\n", "\r\n", "\r"]),
    bom: z.boolean(),
    encoding: z.enum(ENCODINGS),
  }),
  missingTokens: z.array(name),
});

const manifestShape = z
  .object({
    synthesizer: z.string().max(100),
    synthesizerVersion: z.number().int(),
    params: paramsShape,
    state: z.record(z.string(), z.unknown()),
    schema: schemaShape,
    filling: z.array(z.enum(["learned", "id-text", "id-number", "empty"])),
    courses: z
      .object({
        statics: z.array(name).max(10_000),
        endings: z.array(z.object({ column: name, level: z.union([name, z.number()]) })).max(10_000),
      })
      .exactOptional(),
    run: runFactsShape,
    report: z.unknown().exactOptional(),
  })
  .refine(
    ({ schema, filling }) => schema.columns.length === filling.length && filling.includes("learned"),
    "columns and their fillings do not fit",
  );

/** Reasons may quote cells of the source and findings count single ones: they stay behind. */
function withoutReasons(schema: Schema): Schema {
  return {
    ...schema,
    columns: schema.columns.map(({ findings: _counts, identifies, ...column }) => ({
      ...column,
      reason: "",
      ...(identifies && { identifies: { what: identifies.what, why: "" } }),
    })),
  };
}

/** The model as one zip file: a JSON manifest and the weights. Same model, same bytes. */
export function saveModelFile(model: TrainedModel): Uint8Array {
  const { artifact, schema, filling, courses, facts, report } = model;
  const manifest = {
    format: FORMAT,
    version: VERSION,
    notice: NOTICE,
    synthesizer: artifact.synthesizer,
    synthesizerVersion: artifact.version,
    params: artifact.params,
    state: artifact.state,
    schema: withoutReasons(schema),
    filling,
    ...(courses && { courses }),
    run: facts,
    ...(report === undefined ? {} : { report }),
  };
  return writeZip([
    { name: MANIFEST, bytes: new TextEncoder().encode(JSON.stringify(manifest)), stored: false },
    { name: WEIGHTS, bytes: writeSafetensors(artifact.tensors), stored: true },
  ]);
}

/**
 * The model as a file to give away: that of a model with a guarantee goes without its evaluation, which read real patients outside
 * the guarantee.
 */
export function sharedModelFile(model: TrainedModel): Uint8Array {
  if (model.facts.guarantee === undefined) return saveModelFile(model);
  const { report: _private, ...shared } = model;
  return saveModelFile(shared);
}

function damaged(reason: string): FaultError {
  return new FaultError({ code: "model-damaged", reason });
}

function refuseProto(key: string, value: unknown): unknown {
  if (key === "__proto__") throw damaged("Its manifest tries to change more than itself.");
  return value;
}

function parseManifest(bytes: Uint8Array): z.infer<typeof manifestShape> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes), refuseProto);
  } catch (error) {
    throw error instanceof FaultError ? error : damaged("Its manifest is not JSON.");
  }
  const { format, version } = (json ?? {}) as { format?: unknown; version?: unknown };
  if (format !== FORMAT) throw damaged("It is a zip file, but not of a model.");
  if (version !== VERSION) {
    throw new FaultError({
      code: "model-version",
      found: String(version).slice(0, 20),
      supported: String(VERSION),
    });
  }
  const parsed = manifestShape.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw damaged(`Its manifest is wrong at ${issue?.path.join(".") || "its root"}: ${issue?.message ?? ""}.`);
}

/**
 * Opens what `saveModelFile` wrote, on any machine. Nothing in `bytes` is trusted: sizes are checked before they are
 * allocated, checksums and every field before they are used. What it says was measured is the file's own claim
 * (`claimedReport`), and so are the words of its run. Throws FaultError `model-damaged` or `model-version`.
 */
export function openModelFile(bytes: Uint8Array): TrainedModel {
  const { report, ...model } = readModel(bytes);
  const facts = claimedFacts(model.facts, model.artifact);
  if (report === undefined) return { ...model, facts };
  try {
    return { ...model, facts, report: claimedReport(report, model.schema, facts) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { ...model, facts, refused: `What the file claims of itself is left out: ${error.message}.` };
  }
}

/** As `openModelFile`, of a file that this browser has kept, sealed, and that is the person's own: nothing is a claim. */
export function openOwnModelFile(bytes: Uint8Array): TrainedModel {
  const { report, ...model } = readModel(bytes);
  if (report === undefined) return model;
  const parsed = reportShape.safeParse(report);
  if (!parsed.success) throw damaged("Its evaluation is not written as an evaluation is.");
  return { ...model, report: parsed.data };
}

/** The method's name is the lab's and its rules are the model's; what else the run has to say is said to be the file's. */
function claimedFacts(facts: RunFacts, artifact: Artifact): RunFacts {
  const method = synthesizers.find(({ id }) => id === facts.synthesizer || id === artifact.synthesizer);
  const { notices: told = [], rules: _claimed, ...rest } = facts;
  const rules = ruleTexts(artifact);
  const notices = facts.guarantee ? [claimedGuarantee(facts.guarantee), ...told] : told;
  return {
    ...rest,
    ...(method && { synthesizerName: method.name }),
    ...(rules.length > 0 && { rules }),
    ...(notices.length > 0 && { notices: [...new Set(notices.map(asClaimed))] }),
  };
}

const asClaimed = (notice: string): string =>
  notice.startsWith(CLAIMED_PREFIX) ? notice : `${CLAIMED_PREFIX}${notice}`;

/** A report of an earlier version of the lab is left out: the model is as good without it. */
const isCurrent = (report: unknown): boolean =>
  typeof report !== "object" || report === null || !("version" in report) || report.version === 3;

/**
 * What the run says of a guarantee is what its model says, and its method is one that gives any. Whether the file tells the truth
 * cannot be seen from it: a guarantee in a file is the file's claim.
 */
function checkGuarantee(id: string, state: Artifact["state"], run: RunFacts): void {
  const own = guaranteeIn({ state });
  if (JSON.stringify(own) !== JSON.stringify(run.guarantee))
    throw damaged("What its run says of a guarantee is not what its model says.");
  if (own !== undefined && synthesizers.find((one) => one.id === id)?.guarantee !== true)
    throw damaged("It claims a guarantee that its method does not give.");
  if (own === undefined) return;
  const came = epsilonOfSpends(own.spent, own.delta);
  if (own.spent.length === 0 || !(came <= own.epsilon * (1 + ROUNDING)))
    throw damaged("What it says that it spent is not what it says that it guarantees.");
}

function readModel(bytes: Uint8Array): Omit<TrainedModel, "report" | "refused"> & { report?: unknown } {
  const contents = readZip(bytes, LIMITS);
  const manifestBytes = contents.get(MANIFEST);
  const weights = contents.get(WEIGHTS);
  if (manifestBytes === undefined) throw damaged(`${MANIFEST} is missing.`);
  const manifest = parseManifest(manifestBytes);
  if (weights === undefined) throw damaged(`${WEIGHTS} is missing.`);
  const { synthesizer, synthesizerVersion, params, state, schema, filling, courses, run, report } = manifest;
  checkGuarantee(synthesizer, state, run);
  return {
    artifact: { synthesizer, version: synthesizerVersion, params, state, tensors: readSafetensors(weights) },
    schema,
    filling,
    ...(courses && { courses }),
    facts: run,
    ...(report === undefined || !isCurrent(report) ? {} : { report }),
  };
}
