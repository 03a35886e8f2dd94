import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import {
  addEntry,
  emptyLedger,
  entryOf,
  FaultError,
  findSynthesizer,
  guaranteeHtml,
  guaranteeLines,
  isMarked,
  ledgerLines,
  learnedTable,
  offerOf,
  readLedger,
  readPublicFacts,
  tableMark,
  totalOf,
  writeLedger,
  type EvaluationFacts,
  type FitRequest,
  type Ledger,
  type LedgerEntry,
  type Table,
  type TrainedModel,
} from "../core/lab/lab.ts";
import { checkFolder, readBytes, writeBytes } from "./files.ts";
import { sourceAt } from "./evaluation-files.ts";
import { badUse, numberOf, textOf, type Given, type OptionSpecs } from "./options.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import type { ProgressLine } from "./progress-line.ts";

const MOST_ROWS_PER_PATIENT = 1000;

/** For methods with a guarantee alone. */
export const guaranteeOptions: OptionSpecs = {
  public: {
    value: "FILE.json",
    help: 'With a privacy guarantee: what is known to everybody and need not be paid for, {"columns": {"age": {"range": [0, 110]}, "sex": {"levels": ["F", "M"], "missing": false}}}; dates as texts. Ranges of known clinical quantities are taken as public by themselves.',
  },
  "rows-per-patient": {
    value: "M",
    help: "With a privacy guarantee: rows of each patient that count (1); more need M times the noise.",
  },
  ledger: {
    value: "FILE.json",
    help: "With a privacy guarantee: the list of what all runs on this table spent together; begun where it is not there, added to where it is.",
  },
  guarantee: {
    value: "FILE.html",
    help: "With a privacy guarantee: the report for others, which reads no real patient.",
  },
};

const hasGuarantee = (synthesizer: string): boolean => findSynthesizer(synthesizer).guarantee === true;

/** Finds out before the work begins what cannot be. Throws FaultError. */
export async function checkGuaranteeOptions(given: Given, synthesizer: string): Promise<void> {
  if (!hasGuarantee(synthesizer))
    for (const name of Object.keys(guaranteeOptions))
      if (textOf(given, name) !== undefined)
        throw badUse(
          `--${name} goes with a method that gives a privacy guarantee, such as dp-auto, not with ${synthesizer}.`,
        );
  for (const name of ["ledger", "guarantee"]) await checkFolder(textOf(given, name));
}

const NO_LEDGER =
  "No --ledger is given: what this run spends is not added to what others spent on the same table. Two releases at epsilon 1 are not epsilon 1 together.";

/**
 * What a run of `planned` is told of the guarantee; nothing of a method without one. Says what is public, what is paid for, and what to
 * expect. Throws FaultError.
 */
export async function guaranteeFor(
  given: Given,
  table: Table,
  planned: FitRequest,
  line: ProgressLine,
): Promise<Pick<FitRequest, "guarantee">> {
  if (!hasGuarantee(planned.synthesizer)) return {};
  const path = textOf(given, "public");
  const declared =
    path === undefined
      ? { columns: [] }
      : readPublicFacts(
          new TextDecoder().decode(await readBytes(path)),
          learnedTable(table).schema,
          basename(path),
        );
  const rowsPerPatient = numberOf(given, "rows-per-patient", 1, {
    least: 1,
    most: MOST_ROWS_PER_PATIENT,
    whole: true,
  });
  const epsilon = Number(planned.params["epsilon"]);
  const offer = offerOf(table, { holdout: planned.holdout, facts: declared, epsilon });
  line.say(`What is protected: one ${offer.unit}, added or removed.`);
  for (const { what, cost, why } of offer.lines)
    line.say(
      `${cost === "public" ? "Public" : "Paid for"}: ${what}. ${cost === "decision" ? "Nothing is declared." : why}`,
    );
  for (const warning of offer.warnings) line.say(warning);
  if (textOf(given, "ledger") === undefined) line.say(NO_LEDGER);
  return { guarantee: { public: offer.facts, rowsPerPatient } };
}

/** The ledger at `path`, begun anew where nothing is there. Throws FaultError where it is another table's. */
export async function openLedger(path: string, table: string, digest: string): Promise<Ledger> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new FaultError({ code: "file-unreadable", file: path, reason: String(error) });
  });
  if (text === undefined) return emptyLedger(table, tableMark(digest));
  const ledger = readLedger(text);
  if (isMarked(ledger.mark, digest)) return ledger;
  throw new FaultError({
    code: "guarantee-refused",
    reason: `${basename(path)} is the ledger of another table (${ledger.table}), or of this one before its file was changed.`,
    remedy:
      "Give the ledger of this table. Under a name that is not there yet a new one is begun; that is right only where nothing of the table was released before.",
  });
}

/** The digest by which a ledger knows the table of `path`, where `--ledger` is given. Throws FaultError where it is another's. */
export async function ledgerMark(given: Given, path: string, table: Table): Promise<string> {
  const ledger = textOf(given, "ledger");
  if (ledger === undefined) return "";
  const { sha256 } = await sourceAt(path, table);
  await openLedger(ledger, table.name, sha256);
  return sha256;
}

const digits = (value: number): string => String(Number(value.toPrecision(4)));

/**
 * Enters the run in its ledger, before anything of it is written: what is written once can have left. The file is read
 * again for it, since another run may have ended meanwhile. Says every line, and what all come to. Resolves with the ledger.
 */
export async function enterRun(
  given: Given,
  model: TrainedModel,
  digest: string,
  line: ProgressLine,
): Promise<Ledger | undefined> {
  const { facts } = model;
  const entry = entryOf(facts, `${facts.synthesizer}, seed ${facts.seed}, ${facts.finishedAt}`);
  if (entry === undefined || facts.guarantee === undefined) return undefined;
  for (const said of guaranteeLines(facts.guarantee)) line.say(said);
  const path = textOf(given, "ledger");
  if (path === undefined) {
    sayLines(entry, [], line);
    return undefined;
  }
  const ledger = await oneAtATime(path, async () => {
    const before = await openLedger(path, facts.table, digest);
    sayLines(entry, before.entries, line);
    const after = addEntry(before, entry);
    await writeBytes(path, writeLedger(after));
    return after;
  }).catch((error: unknown) => {
    if (error instanceof FaultError) throw error;
    throw new FaultError({ code: "file-unwritable", file: path, reason: String(error) });
  });
  const total = totalOf(ledger);
  line.say(
    `In all, ${ledger.entries.length === 1 ? "1 run" : `${ledger.entries.length} runs`} on this table: epsilon ${total.epsilon.toFixed(2)} at delta ${total.delta} (${basename(path)}).`,
  );
  return ledger;
}

function sayLines(entry: LedgerEntry, before: readonly LedgerEntry[], line: ProgressLine): void {
  for (const one of ledgerLines(entry, before)) {
    const soFar = `epsilon so far ${one.soFar.toFixed(2)}`;
    if (one.of === "run") line.say(`Spent before: ${one.entry.run}: ${soFar}.`);
    else {
      const { what, columns, sigma, rho } = one.spend;
      const noise = sigma === undefined ? "a choice" : `noise ${digits(sigma)}`;
      line.say(`Spent: ${what} (${columns}): ${noise}, rho ${digits(rho)}, ${soFar}.`);
    }
  }
}

/** Writes what `--guarantee` asks for. Rejects with FaultError. */
export async function writeGuarantee(
  given: Given,
  model: TrainedModel,
  facts: EvaluationFacts,
): Promise<void> {
  const path = textOf(given, "guarantee");
  if (path !== undefined) await writeBytes(path, await guaranteeHtml(model, facts));
}
