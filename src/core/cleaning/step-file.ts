import * as z from "zod";
import { jsonObject, shownValue } from "../table/read/json-object.ts";
import { FaultError } from "../fault.ts";
import type { CleaningStep } from "../table/cleaning-step.ts";
import type { SchemaChange } from "../table/profile.ts";
import { COURSE_PARTS, KINDS, MEASURES, OUTSIDERS, ROLES } from "../table/table.ts";

/** Steps and changes of one table as a file, to be used on another. */

const FILE = "cleaning";
const VERSION = 1;
/** Characters of the largest file that is read, and the most steps in it. */
const MOST_CHARACTERS = 5_000_000;
const MOST_STEPS = 2000;

const name = z.string().min(1).max(1000);
const text = z.string().max(100_000);
const texts = z.array(text).min(1).max(20_000);
const number = z.number();
const merged = z.strictObject({ from: texts, to: text.nullable() });

const step = z.discriminatedUnion("step", [
  z.strictObject({
    step: z.literal("merge"),
    column: name,
    from: texts,
    to: text.nullable(),
    more: z.array(merged).max(20_000).optional(),
  }),
  z.strictObject({ step: z.literal("replace"), column: name, find: text.min(1), by: text }),
  z.strictObject({
    step: z.literal("strip-unit"),
    column: name,
    unit: text.min(1),
    spellings: texts.optional(),
  }),
  z.strictObject({ step: z.literal("strip-marks"), column: name, marks: texts }),
  z.strictObject({ step: z.literal("one-notation"), column: name }),
  z.strictObject({
    step: z.literal("split"),
    column: name,
    at: text.min(1),
    into: z.array(name).min(2).max(100),
    others: z.literal("first").optional(),
  }),
  z.strictObject({
    step: z.literal("combine"),
    column: name,
    columns: z.array(name).min(2).max(100),
    at: text,
  }),
  z.strictObject({ step: z.literal("rename"), column: name, to: name }),
  z.strictObject({ step: z.literal("limit"), column: name, low: number.optional(), high: number.optional() }),
  z.strictObject({ step: z.literal("keep-rows"), where: text.min(1) }),
  z.strictObject({ step: z.literal("derive"), column: name, formula: text.min(1) }),
  z.strictObject({
    step: z.literal("coarsen"),
    column: name,
    to: z.discriminatedUnion("by", [
      z.strictObject({ by: z.enum(["year", "month"]) }),
      z.strictObject({ by: z.literal("shift"), patient: name, seed: z.int() }),
      z.strictObject({ by: z.literal("first"), characters: z.int().min(1).max(1000) }),
      z.strictObject({ by: z.literal("top"), at: number }),
    ]),
  }),
]);

const change = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("kind"),
    column: name,
    kind: z.enum(KINDS),
    strayAsMissing: z.boolean().optional(),
  }),
  z.strictObject({ type: z.literal("role"), column: name, role: z.enum(ROLES) }),
  z.strictObject({ type: z.literal("survival"), column: name, survival: z.enum(["time", "event", "none"]) }),
  z.strictObject({ type: z.literal("course"), column: name, course: z.enum(COURSE_PARTS).nullable() }),
  z.strictObject({ type: z.literal("rare-levels"), column: name, rareLevels: z.enum(["empty", "common"]) }),
  z.strictObject({ type: z.literal("outsider"), column: name, outsider: z.enum(OUTSIDERS).nullable() }),
  z.strictObject({
    type: z.literal("quantity"),
    column: name,
    quantity: z.strictObject({ of: name.nullable(), unit: name.optional() }).nullable(),
  }),
  z.strictObject({
    type: z.literal("measure"),
    column: name,
    measure: z.enum(MEASURES).nullable(),
    levels: texts.optional(),
  }),
  z.strictObject({ type: z.literal("fresh"), column: name, form: text.nullable() }),
  z.strictObject({ type: z.literal("missing-tokens"), tokens: z.array(text).max(20_000) }),
]);

/**
 * `changes` as a file, one a line, in their order: cleaning steps as they are, other changes with their type. Of cells it
 * has only what the steps name. How one file was encoded says nothing of another and is left out.
 */
export function writeSteps(changes: readonly SchemaChange[], semblance: string): string {
  const lines = changes.flatMap((one) => {
    if (one.type === "encoding") return [];
    return [JSON.stringify(one.type === "clean" ? one.step : one)];
  });
  const list = lines.length === 0 ? "[]" : `[\n    ${lines.join(",\n    ")}\n  ]`;
  return `{\n  "semblance": "${FILE}",\n  "version": ${VERSION},\n  "writtenBy": ${JSON.stringify(semblance)},\n  "steps": ${list}\n}\n`;
}

/** The changes of a file. Nothing in it is trusted: throws FaultError `cleaning-unreadable`. */
export function readSteps(file: string): SchemaChange[] {
  const { semblance, version, steps } = jsonObject(file, {
    most: MOST_CHARACTERS,
    what: "a file of cleaning steps",
    refuse,
  });
  if (semblance !== FILE) refuse("It is no file of cleaning steps: “semblance” is not “cleaning”.");
  if (version !== VERSION)
    refuse(`It is of version ${shownValue(version)}, and this lab reads version ${VERSION}.`);
  if (!Array.isArray(steps)) return refuse("It has no list of steps.");
  if (steps.length > MOST_STEPS) refuse(`It has ${steps.length} steps, and at most ${MOST_STEPS} are read.`);
  return steps.map((one: unknown, i) => changeOf(one, i + 1));
}

function changeOf(value: unknown, at: number): SchemaChange {
  const isStep = typeof value === "object" && value !== null && "step" in value;
  const found = isStep ? step.safeParse(value) : change.safeParse(value);
  if (!found.success) {
    const [issue] = found.error.issues;
    const where = issue === undefined || issue.path.length === 0 ? "" : `“${issue.path.join(".")}”: `;
    return refuse(`Step ${at}: ${where}${issue?.message ?? "It cannot be read"}.`);
  }
  // What zod leaves out is absent, as the types have it; it does not tell undefined from absent.
  return (isStep ? { type: "clean", step: found.data as CleaningStep } : found.data) as SchemaChange;
}

function refuse(reason: string): never {
  throw new FaultError({ code: "cleaning-unreadable", reason });
}
