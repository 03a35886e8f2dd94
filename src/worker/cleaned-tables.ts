import {
  assemble,
  cleaningBy,
  planOf,
  renamedIn,
  type CleanedRows,
  type CollectedFile,
  type Table,
} from "../core/lab/lab.ts";
import type { SchemaChange } from "../core/table/profile.ts";
import type { RuleChoice } from "./protocol.ts";

/** Cells up to which the rows of a file stay in memory, so that a step need not read it again. */
const MOST_CELLS = 3_000_000;

/** A table after the cleaning steps of its list alone, no kind or role changed. */
export interface CleanTable {
  readonly table: Table;
  readonly notes: readonly string[];
  readonly cleaned: CleanedRows;
}

interface Collected {
  readonly file: CollectedFile;
  /** the steps that were done last, and what they made */
  last?: { readonly steps: string; readonly made: Promise<CleanTable> };
}

const files = new WeakMap<Table, Collected>();

/** Keeps what `inferred`, a table as it was first read, was made of; a large file is read again instead. */
export function keepFile(inferred: Table, file: CollectedFile): void {
  if (file.rows.rows * file.rows.names.length <= MOST_CELLS) files.set(inferred, { file });
}

/** What `inferred` was made of, where that is kept. */
export const keptFile = (inferred: Table): CollectedFile | undefined => files.get(inferred)?.file;

/** `inferred` after the steps among `changes`; undefined where its file is not kept. Rejects with FaultError. */
export async function cleanTable(
  inferred: Table,
  changes: readonly SchemaChange[],
): Promise<CleanTable | undefined> {
  const kept = files.get(inferred);
  if (kept === undefined) return undefined;
  const steps = JSON.stringify(planOf(changes).steps.map(({ step, kinds }) => [step, [...kinds]]));
  if (kept.last?.steps !== steps) kept.last = { steps, made: makeClean(kept.file, changes) };
  const { last } = kept;
  try {
    return await last.made;
  } catch (error) {
    if (kept.last === last) delete kept.last;
    throw error;
  }
}

async function makeClean(file: CollectedFile, changes: readonly SchemaChange[]): Promise<CleanTable> {
  const cleaning = cleaningBy(changes);
  const { table, notes } = await assemble(file, { clean: cleaning.clean });
  return { table, notes, cleaned: cleaning.cleaned() };
}

/** Rules that a person switched or wrote, under the names that columns have once `after` is done in place of `before`. */
export function rulesAfter(
  rules: readonly RuleChoice[],
  before: readonly SchemaChange[],
  after: readonly SchemaChange[],
): RuleChoice[] {
  const [old, now] = [renamesIn(before), renamesIn(after)];
  let same = 0;
  while (same < old.length && old[same]?.from === now[same]?.from && old[same]?.to === now[same]?.to) same++;
  const undone = old
    .slice(same)
    .toReversed()
    .map(({ from, to }) => ({ from: to, to: from }));
  const renames = [...undone, ...now.slice(same)];
  return rules.map((rule) => ({
    ...rule,
    text: renames.reduce((text, { from, to }) => renamedIn(text, from, to), rule.text),
  }));
}

const renamesIn = (changes: readonly SchemaChange[]): { from: string; to: string }[] =>
  changes.flatMap((change) =>
    change.type === "clean" && change.step.step === "rename"
      ? [{ from: change.step.column, to: change.step.to.trim() }]
      : [],
  );
