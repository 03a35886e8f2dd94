import { FaultError } from "../../fault.ts";
import type { Inferred } from "./kinds/infer.ts";
import type { SchemaChange } from "../profile.ts";
import type {
  ColumnSchema,
  CoursePart,
  Encoding,
  IdForm,
  Kind,
  Measure,
  Outsider,
  QuantityChoice,
  RareLevels,
  Role,
  Survival,
} from "../table.ts";

/** A column's kind and role after a person's changes. */
export interface Wanted extends Inferred {
  /** Cells that do not fit the kind become missing instead of a fault. */
  readonly strayAsMissing: boolean;
  /** What becomes of levels that fewer than five patients share, where the person chose. */
  readonly rareLevels?: RareLevels | undefined;
  /** Its part in patients' courses, where it has one. */
  readonly course?: CoursePart | undefined;
  /** What an outsider has to do with it, where the person said so. */
  readonly outsider?: Outsider | undefined;
  /** What it measures, where the person said so. */
  readonly quantity?: QuantityChoice | undefined;
  /** The levels of an ordinal column in their order, where the person gave them. */
  readonly order?: readonly string[] | undefined;
  /** The form of the fresh ids that take its place, where the person said so; null: none. */
  readonly fresh?: IdForm | null | undefined;
}

const NEVER_LEARNED: ReadonlySet<Kind> = new Set<Kind>(["identifier", "text"]);
const LEARNED: ReadonlySet<Role> = new Set<Role>(["feature", "target", "sensitive"]);

/** The person's own list of missing tokens, the last one given; undefined when they never changed it. */
export function givenTokens(changes: readonly SchemaChange[]): readonly string[] | undefined {
  return changes.findLast((change) => change.type === "missing-tokens")?.tokens;
}

/** The encoding that the person chose last; undefined when they left it as it was found. */
export function givenEncoding(changes: readonly SchemaChange[]): Encoding | undefined {
  return changes.findLast((change) => change.type === "encoding")?.encoding;
}

/**
 * Kinds and roles of the columns `names` after `changes`, in their order. A column is the target of one column at most:
 * the one before it becomes a feature. Identifiers and free text are not learned: such a kind sets the role to left
 * out, and a role to be learned sets such a kind to category. One column at most is the follow-up time, one the event, one
 * says when a visit was, one when follow-up ended, and one names the patients.
 * Throws FaultError `unknown-column`.
 */
export function applyChanges(
  names: readonly string[],
  inferred: readonly Inferred[],
  changes: readonly SchemaChange[],
): Wanted[] {
  const wanted = inferred.map(
    ({ kind, role, reason, survival, course, measure, system, identifies }): Wanted => ({
      kind,
      role,
      reason,
      ...(survival && { survival }),
      ...(course && { course }),
      ...(measure && { measure }),
      ...(system && { system }),
      ...(identifies && { identifies }),
      strayAsMissing: true,
    }),
  );
  for (const change of changes) {
    if (change.type === "missing-tokens" || change.type === "encoding" || change.type === "clean") continue;
    const i = names.indexOf(change.column);
    const before = wanted[i];
    if (before === undefined) {
      throw new FaultError({ code: "unknown-column", name: change.column, known: [...names] });
    }
    if (change.type === "survival") setSurvival(wanted, i, change.survival);
    else if (change.type === "course") setCourse(wanted, i, change.course);
    else if (change.type === "rare-levels") wanted[i] = { ...before, rareLevels: change.rareLevels };
    else if (change.type === "outsider") wanted[i] = { ...before, outsider: change.outsider ?? undefined };
    else if (change.type === "quantity") wanted[i] = { ...before, quantity: change.quantity ?? undefined };
    else if (change.type === "measure")
      wanted[i] = { ...before, measure: change.measure, order: change.levels };
    else if (change.type === "fresh") wanted[i] = withFresh(before, change.form);
    else if (change.type === "kind")
      wanted[i] = withKind(before, change.kind, change.strayAsMissing ?? false);
    else {
      if (change.role === "target") demoteTargets(wanted);
      if (change.role === "identifier") demotePatient(wanted);
      wanted[i] = withRole(wanted[i] as Wanted, change.role);
    }
  }
  return wanted;
}

/** A part has one column: whichever had it loses it. */
function setCourse(wanted: Wanted[], i: number, course: CoursePart | null): void {
  wanted.forEach((before, j) => {
    if (j === i || before.course !== course) return;
    wanted[j] = { ...before, course: undefined };
  });
  wanted[i] = { ...(wanted[i] as Wanted), course: course ?? undefined };
}

const LEVELLED: ReadonlySet<Measure> = new Set<Measure>(["ordinal", "code"]);

/** What the column measures, as far as its kind allows: levels have an order or a coding system, numbers have not. */
export function measured({ kind, measure, system }: Wanted): Pick<ColumnSchema, "measure" | "system"> {
  if (!measure || LEVELLED.has(measure) !== (kind === "category" || kind === "boolean")) return {};
  return { measure, ...(measure === "code" && system !== undefined && { system }) };
}

function withKind(before: Wanted, kind: Kind, strayAsMissing: boolean): Wanted {
  const reason = "Type set by you.";
  if (NEVER_LEARNED.has(kind) && LEARNED.has(before.role)) {
    return {
      ...before,
      kind,
      role: "omit",
      reason: `${reason} Left out: it is not learned.`,
      strayAsMissing,
    };
  }
  const learnedNow = NEVER_LEARNED.has(before.kind) && !NEVER_LEARNED.has(kind) && !LEARNED.has(before.role);
  return { ...before, kind, role: learnedNow ? "feature" : before.role, reason, strayAsMissing };
}

function withRole(before: Wanted, role: Role): Wanted {
  const kind = LEARNED.has(role) && NEVER_LEARNED.has(before.kind) ? "category" : before.kind;
  return { ...before, kind, role, reason: `${sentence(before.reason)} Role set by you.` };
}

/** Ids of its own take a column's place only where nothing of it is learned. */
function withFresh(before: Wanted, fresh: IdForm | null): Wanted {
  if (!LEARNED.has(before.role)) return { ...before, fresh };
  return { ...before, fresh, role: "omit", reason: `${sentence(before.reason)} Left out by you.` };
}

/** The reason for the kind, which comes first. */
const sentence = (reason: string): string => /^.*?\.(?= |$)/.exec(reason)?.[0] ?? reason;

function setSurvival(wanted: Wanted[], at: number, survival: Survival | "none"): void {
  wanted.forEach((it, i) => {
    const { survival: before, ...rest } = it;
    if (i === at) wanted[i] = survival === "none" ? rest : { ...rest, survival };
    else if (before === survival) wanted[i] = rest;
  });
}

/** One column names the patients: the one before it is left out. */
function demotePatient(wanted: Wanted[]): void {
  wanted.forEach((it, i) => {
    if (it.role !== "identifier") return;
    const reason = `${sentence(it.reason)} Left out: another column names the patient.`;
    wanted[i] = { ...it, kind: "identifier", role: "omit", reason };
  });
}

function demoteTargets(wanted: Wanted[]): void {
  wanted.forEach((it, i) => {
    if (it.role === "target") wanted[i] = { ...it, role: "feature" };
  });
}
