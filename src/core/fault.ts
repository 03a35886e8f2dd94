/** Everything that can go wrong, each with a code; the words for a person live in `describeFault`, and only there. */
export type Fault =
  | { code: "file-empty"; file: string }
  | { code: "file-binary"; file: string; looksLike: string }
  /** what its own format says of it cannot be: cut off, a wrong checksum, counts that do not fit */
  | { code: "file-damaged"; file: string; format: string; reason: string }
  /** it could be opened, but not here: encrypted, too large when unpacked, an old format */
  | { code: "file-refused"; file: string; format: string; reason: string; remedy: string }
  | { code: "several-sheets"; file: string; sheets: string[] }
  | { code: "unknown-sheet"; file: string; sheet: string; known: string[] }
  | { code: "no-sheet"; file: string; holds: string }
  | { code: "join-impossible"; reason: string; remedy: string }
  /** `format`: what was to be written, with its article */
  | { code: "export-impossible"; format: string; reason: string; remedy: string }
  | { code: "cleaning-unreadable"; reason: string }
  /** `number`: its place in the list of steps, from 1 */
  | { code: "step-impossible"; number: number; step: string; reason: string }
  | { code: "header-only"; file: string; columns: number }
  | { code: "too-few-rows"; rows: number; needed: number }
  | {
      code: "ragged-row";
      row: number;
      line: number;
      cells: number;
      expected: number;
      alsoRows: number;
      /** The first of the other rows like it, at most 20. */
      otherRows?: number[];
      raw: string[];
    }
  | { code: "unclosed-quote"; row: number; line: number }
  | {
      code: "rows-in-quotes";
      /** where the quoted cell opens */
      row: number;
      line: number;
      column: string;
      /** lines that it goes on for, and how many of them look like rows */
      lines: number;
      rows: number;
    }
  | {
      code: "encoding-unclear";
      file: string;
      /** the first line with a byte above 127 */
      line: number;
      /** how many different words have one */
      words: number;
      /** the likely ones first, each with words as it reads them */
      readings: { encoding: string; sample: string[] }[];
    }
  | { code: "too-many-columns"; columns: number; limit: number }
  | { code: "no-columns-to-learn" }
  /** `reason`: what the table lacks to be patients over time, a sentence */
  | { code: "no-courses"; reason: string }
  /** `reason`: why no guarantee can be given here, a sentence; `remedy`: the way out, another */
  | { code: "guarantee-refused"; reason: string; remedy: string }
  /** `reason`: why nobody can be simulated so, a sentence; `remedy`: the way out, another */
  | { code: "simulation-refused"; reason: string; remedy: string }
  /** `reason`: what is wrong with the file of the simulator's numbers, a sentence; `remedy`: the way out, another */
  | { code: "numbers-file-unreadable"; reason: string; remedy: string }
  /** `reason`: why the study cannot be asked of the table, a sentence; `remedy`: the way out, another */
  | { code: "study-refused"; reason: string; remedy: string }
  | { code: "unknown-study"; id: string; known: string[] }
  /** `reason`: why no reply of a language model can be had or read, a sentence; `remedy`: the way out, another */
  | { code: "replies-refused"; reason: string; remedy: string }
  /** `reason`: why no events can be counted by day or week, a sentence; `remedy`: the way out, another */
  | { code: "no-incidence"; reason: string; remedy: string }
  | { code: "no-patient-column"; file: string; column: string }
  /** a column that a person named as the time of visits, or as the end of follow-up, holds neither numbers nor dates */
  | { code: "no-time"; column: string; kind: string; part: "time" | "end" }
  | { code: "kind-mismatch"; column: string; kind: string; row: number; value: string; share: number }
  | { code: "unknown-column"; name: string; known: string[] }
  | { code: "columns-differ"; missing: string[]; extra: string[] }
  | { code: "columns-unlike"; file: string; shared: string[]; needed: number; missing: string[] }
  | {
      code: "cells-unlike";
      file: string;
      column: string;
      expected: "numbers" | "dates";
      row: number;
      value: string;
      share: number;
    }
  | { code: "unknown-synthesizer"; id: string; known: string[] }
  | { code: "parameter-invalid"; name: string; value: string; reason: string }
  | { code: "condition-invalid"; column: string; reason: string }
  /** `of`: what `rows` and `drawn` count; rows unless said */
  | {
      code: "condition-unmet";
      condition: string;
      drawn: number;
      kept: number;
      rows: number;
      of?: "patients";
    }
  | { code: "rule-unmet"; rule: string; drawn: number; broken: number; rows: number; of?: "patients" }
  | {
      code: "rule-unreadable";
      /** the rule as it was written, and the character, from 0, that could not be read */
      text: string;
      at: number;
      /** what is wrong there and how to go on */
      reason: string;
    }
  | {
      code: "rules-contradict";
      /** their numbers in the list, from 1, and their texts */
      rules: { number: number; text: string }[];
      reason: string;
    }
  | { code: "rule-impossible"; number: number; text: string; reason: string }
  | { code: "rule-file-unreadable"; reason: string }
  /** `reason`: what is wrong with the file of what was spent on a table, a sentence */
  | { code: "ledger-unreadable"; reason: string }
  | { code: "model-damaged"; reason: string }
  | { code: "model-version"; found: string; supported: string }
  | { code: "training-diverged"; step: number }
  | { code: "device-unavailable"; asked: string; reason: string }
  | { code: "out-of-memory"; doing: string }
  | { code: "storage-full"; keeping: string }
  | { code: "storage-unavailable"; reason: string }
  | { code: "kept-forgotten"; keeping: string }
  | { code: "worker-ended" }
  | { code: "cancelled" }
  | { code: "bad-use"; message: string }
  | { code: "file-unreadable"; file: string; reason: string }
  | { code: "file-unwritable"; file: string; reason: string }
  | { code: "file-changed"; file: string }
  | { code: "file-unkept"; file: string; encoding: string }
  | { code: "unexpected"; message: string };

export type FaultCode = Fault["code"];

/** What a person reads: what happened and where, what to do. */
export interface FaultWords {
  readonly title: string;
  readonly detail: string;
  readonly remedy: string;
}

/** The one error class of core: carries a Fault, its message is the words in one line. */
export class FaultError extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    const { title, detail, remedy } = describeFault(fault);
    super([title, detail, remedy].filter(Boolean).join(" "));
    this.name = "FaultError";
    this.fault = fault;
  }
}

/** Any thrown value as a Fault; what is not a FaultError becomes `unexpected`. */
export function asFault(error: unknown): Fault {
  if (error instanceof FaultError) return error.fault;
  return { code: "unexpected", message: error instanceof Error ? error.message : String(error) };
}

const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)}%`;
const namedRows = (rows: readonly number[]): string =>
  rows.length === 0 ? "" : `: ${rows.slice(0, 6).join(", ")}${rows.length > 6 ? " and others" : ""}`;
const cut = (text: string): string => (text.length > 200 ? `${text.slice(0, 199)}…` : text);
const joined = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
const list = (names: readonly string[]): string =>
  names.slice(0, 6).join(", ") + (names.length > 6 ? `, and ${names.length - 6} more` : "");

export function describeFault(fault: Fault): FaultWords {
  switch (fault.code) {
    case "file-empty":
      return {
        title: `${fault.file} is empty.`,
        detail: "There is no cell in it.",
        remedy: "Export it again and open the new file.",
      };
    case "file-binary":
      return {
        title: `${fault.file} is not a text table.`,
        detail: `It looks like ${fault.looksLike}.`,
        remedy: "Save it as CSV, then open that file.",
      };
    case "file-damaged":
      return {
        title: `${fault.file} cannot be read as ${fault.format}.`,
        detail: fault.reason,
        remedy: "Export or copy it again and open the new file.",
      };
    case "file-refused":
      return {
        title: `${fault.file} is not opened.`,
        detail: fault.reason,
        remedy: fault.remedy,
      };
    case "several-sheets":
      return {
        title: `${fault.file} holds ${fault.sheets.length} tables.`,
        detail: `They are ${joined(fault.sheets.slice(0, 20).map((name) => `“${cut(name)}”`))}${fault.sheets.length > 20 ? " and others" : ""}.`,
        remedy: "Choose the one to open.",
      };
    case "unknown-sheet":
      return {
        title: `${fault.file} has no table “${cut(fault.sheet)}”.`,
        detail: `It has ${list(fault.known)}.`,
        remedy: "Choose one of these.",
      };
    case "no-sheet":
      return {
        title: `There is no table in ${fault.file}.`,
        detail: `It holds ${fault.holds}.`,
        remedy: "Open a file with one row per patient below the names.",
      };
    case "join-impossible":
      return { title: "The two tables cannot be joined.", detail: fault.reason, remedy: fault.remedy };
    case "export-impossible":
      return {
        title: `The table cannot be written as ${fault.format}.`,
        detail: fault.reason,
        remedy: fault.remedy,
      };
    case "cleaning-unreadable":
      return {
        title: "The file of cleaning steps cannot be read.",
        detail: fault.reason,
        remedy: "Save the steps again where they were made, or open another file.",
      };
    case "step-impossible":
      return {
        title: `Step ${fault.number} cannot be done on this table.`,
        detail: `“${cut(fault.step)}”: ${fault.reason}`,
        remedy: "Leave this step out, or change it to fit the table.",
      };
    case "header-only":
      return {
        title: `${fault.file} has a header and no rows.`,
        detail: `${fault.columns === 1 ? "1 column name was" : `${fault.columns} column names were`} found on the first line.`,
        remedy: "Open a file with one row per patient below the names.",
      };
    case "too-few-rows":
      return {
        title: `The table has ${fault.rows} row${fault.rows === 1 ? "" : "s"}.`,
        detail: `At least ${fault.needed} are needed to learn from and hold some out.`,
        remedy: "Open a table with more patients.",
      };
    case "ragged-row":
      return {
        title: `Row ${fault.row} has ${fault.cells} cell${fault.cells === 1 ? "" : "s"} where the header has ${fault.expected}.`,
        detail: `It is on line ${fault.line} of the file${fault.alsoRows > 0 ? `; ${fault.alsoRows} more row${fault.alsoRows === 1 ? " is" : "s are"} like it${namedRows(fault.otherRows ?? [])}` : ""}.`,
        remedy: "Skip such rows, or fix the line and open the file again.",
      };
    case "unclosed-quote":
      return {
        title: `A quote that opens in row ${fault.row} is never closed.`,
        detail: `It opens on line ${fault.line} of the file.`,
        remedy: "Close the quote there, or read such quotes as ordinary text.",
      };
    case "rows-in-quotes":
      return {
        title: `A quoted cell takes in ${fault.rows === 1 ? "1 line that looks like a row" : `${fault.rows} lines that look like rows`}.`,
        detail: `It opens on line ${fault.line} of the file (row ${fault.row}), in “${fault.column}”, and closes ${fault.lines} line${fault.lines === 1 ? "" : "s"} later.`,
        remedy:
          "If the quotes are stray, read them as ordinary text; if it is one long note, read it as one cell.",
      };
    case "encoding-unclear":
      return {
        title: `The encoding of ${fault.file} is unclear.`,
        detail: `It is not UTF-8, and ${fault.words === 1 ? "one word has" : `${fault.words} different words have`} letters that encodings differ on, the first on line ${fault.line}. ${fault.readings.map(({ encoding, sample }) => `${encoding} reads ${list(sample.slice(0, 3))}`).join("; ")}.`,
        remedy: "Choose the encoding in which these words read right, or save the file as UTF-8.",
      };
    case "too-many-columns":
      return {
        title: `The table has ${fault.columns} column${fault.columns === 1 ? "" : "s"}.`,
        detail: `The lab reads up to ${fault.limit}.`,
        remedy: "Leave out the columns you do not need and open it again.",
      };
    case "no-columns-to-learn":
      return {
        title: "There is nothing to learn.",
        detail: "Every column is left out or holds one value.",
        remedy: "Set at least one column's role to Feature.",
      };
    case "no-courses":
      return {
        title: "The table has no patients over time.",
        detail: fault.reason,
        remedy:
          "Say on Data which column names the patients and which says when a visit was, or choose a method that learns rows.",
      };
    case "no-incidence":
      return {
        title: "No events can be counted over time.",
        detail: fault.reason,
        remedy: fault.remedy,
      };
    case "simulation-refused":
      return { title: "This cannot be simulated.", detail: fault.reason, remedy: fault.remedy };
    case "numbers-file-unreadable":
      return { title: "These numbers cannot be used.", detail: fault.reason, remedy: fault.remedy };
    case "study-refused":
      return {
        title: "This study cannot be made of this table.",
        detail: fault.reason,
        remedy: fault.remedy,
      };
    case "unknown-study":
      return {
        title: `There is no study “${fault.id}”.`,
        detail: `Known are ${list(fault.known)}.`,
        remedy: "Choose one of these.",
      };
    case "replies-refused":
      return { title: "No rows came of it.", detail: fault.reason, remedy: fault.remedy };
    case "guarantee-refused":
      return { title: "No privacy guarantee can be given.", detail: fault.reason, remedy: fault.remedy };
    case "no-patient-column":
      return {
        title: `${fault.file} has no column “${fault.column}”.`,
        detail: "The model knows patients by it, so it cannot tell whose visits these are.",
        remedy: `Call the column that names the patients “${fault.column}”, as in the table that was learned from.`,
      };
    case "no-time":
      return {
        title: `“${fault.column}” cannot say when ${fault.part === "time" ? "a visit was" : "follow-up ended"}.`,
        detail: `It was read as ${fault.kind}, and a time is a date or a number.`,
        remedy:
          "Read it as a date or a number on Data, or take off the words around its numbers by a cleaning step.",
      };
    case "kind-mismatch":
      return {
        title: `“${fault.column}” cannot be read as ${fault.kind} everywhere.`,
        detail: `Row ${fault.row} says “${fault.value}”; ${percent(fault.share)} of its cells are like that.`,
        remedy: "Read those cells as missing, or choose another type.",
      };
    case "unknown-column":
      return {
        title: `There is no column “${fault.name}”.`,
        detail: fault.known.length > 0 ? `The table has ${list(fault.known)}.` : "The table has no column.",
        remedy: "Use one of these names.",
      };
    case "columns-differ":
      return {
        title: "The tables do not have the same columns.",
        detail: [
          fault.missing.length > 0 ? `Missing: ${list(fault.missing)}.` : "",
          fault.extra.length > 0 ? `Not expected: ${list(fault.extra)}.` : "",
        ]
          .filter(Boolean)
          .join(" "),
        remedy: "Give the tables the same column names.",
      };
    case "columns-unlike":
      return {
        title: `${fault.file} shares ${fault.shared.length === 0 ? "no column" : `only ${list(fault.shared.map((name) => `“${name}”`))}`} with the real table.`,
        detail: `${fault.missing.length > 0 ? `It lacks ${list(fault.missing.map((name) => `“${name}”`))}.` : "The real table has no other column to compare."} At least ${fault.needed} columns must be in both.`,
        remedy:
          "Open the synthetic table that belongs to this real one, with the same column names on its first line.",
      };
    case "cells-unlike":
      return {
        title: `“${fault.column}” holds ${fault.expected} in the real table and something else in ${fault.file}.`,
        detail: `Row ${fault.row} says “${fault.value}”; ${percent(fault.share)} of its cells are like that.`,
        remedy:
          "Write it as in the real table, or take the column out of the file: the others are compared without it.",
      };
    case "unknown-synthesizer":
      return {
        title: `There is no synthesizer “${fault.id}”.`,
        detail: fault.known.length > 0 ? `Known are ${list(fault.known)}.` : "None is known.",
        remedy: "Choose one of these.",
      };
    case "parameter-invalid":
      return {
        title: `“${fault.name}” cannot be ${fault.value}.`,
        detail: fault.reason,
        remedy: "Change it and try again.",
      };
    case "condition-invalid":
      return {
        title: `What is asked of “${fault.column}” cannot be.`,
        detail: fault.reason,
        remedy: "Change it and try again.",
      };
    case "rule-unmet":
      return {
        title: `Too few ${fault.of ?? "rows"} keep the rule ${fault.rule}.`,
        detail: `${fault.rows} ${fault.rows === 1 ? "was" : "were"} asked for; of ${fault.drawn} ${fault.of === "patients" ? "patient" : "row"}${fault.drawn === 1 ? "" : "s"} that the model drew, ${fault.broken} broke it.`,
        remedy: "Switch the rule off or loosen it, and train again.",
      };
    case "condition-unmet":
      return {
        title: `Too few ${fault.of ?? "rows"} meet the condition: ${fault.condition}.`,
        detail: `${fault.rows} ${fault.rows === 1 ? "was" : "were"} asked for; of ${fault.drawn} ${fault.of === "patients" ? "patient" : "row"}${fault.drawn === 1 ? "" : "s"} that the model drew, ${fault.kept} met it.`,
        remedy: `Widen the condition, ask for fewer ${fault.of ?? "rows"}, or allow more tries.`,
      };
    case "rule-unreadable":
      return {
        title:
          fault.text.trim() === ""
            ? "The rule cannot be read."
            : `The rule “${cut(fault.text)}” cannot be read.`,
        detail: `At character ${fault.at + 1}: ${fault.reason}`,
        remedy: "",
      };
    case "rules-contradict":
      return {
        title: `Rules ${joined(fault.rules.map(({ number }) => String(number)))} cannot ${fault.rules.length === 2 ? "both" : "all"} hold.`,
        detail: `${fault.reason} ${fault.rules.map(({ number, text }) => `Rule ${number}: ${cut(text)}`).join("; ")}.`,
        remedy: "Change one of them or switch it off.",
      };
    case "rule-impossible":
      return {
        title: `Rule ${fault.number} cannot be kept: ${cut(fault.text)}.`,
        detail: fault.reason,
        remedy: "Change it or switch it off.",
      };
    case "rule-file-unreadable":
      return {
        title: "The rule file cannot be used.",
        detail: fault.reason,
        remedy: "",
      };
    case "ledger-unreadable":
      return {
        title: "The ledger cannot be used.",
        detail: fault.reason,
        remedy:
          "Choose the ledger that was written for this table. A new one is right only where no result of a run on it has left this computer.",
      };
    case "model-damaged":
      return {
        title: "The model file cannot be opened.",
        detail: fault.reason,
        remedy: "Save it again where it was made.",
      };
    case "model-version":
      return {
        title: `The model file is of version ${fault.found}.`,
        detail: `This lab opens version ${fault.supported}.`,
        remedy: "Open it with the lab that made it, or train again.",
      };
    case "training-diverged":
      return {
        title: "Training went out of bounds.",
        detail: `The loss stopped being a number at step ${fault.step}.`,
        remedy: "Lower the learning rate or change the seed, then train again.",
      };
    case "device-unavailable":
      return {
        title: `${fault.asked} cannot be used here.`,
        detail: fault.reason,
        remedy: "Choose another device, or leave it on automatic.",
      };
    case "out-of-memory":
      return {
        title: "The browser ran out of memory.",
        detail: `While ${fault.doing}.`,
        remedy: "Close other tabs, or use fewer rows or columns.",
      };
    case "storage-full":
      return {
        title: "This browser has no room left.",
        detail: `Not kept: ${fault.keeping}. It stays open until you close the page.`,
        remedy: "Delete runs you do not need, or free space on this disk.",
      };
    case "storage-unavailable":
      return {
        title: "This browser keeps nothing for the page.",
        detail: fault.reason,
        remedy: "Save what you need as files, or allow storage for this page (private windows have none).",
      };
    case "kept-forgotten":
      return {
        title: "Everything kept in this browser was forgotten in another tab.",
        detail: `Not kept: ${fault.keeping}. It stays open until you close this tab.`,
        remedy: "Agree to keeping it again if you want it kept.",
      };
    case "worker-ended":
      return {
        title: "The lab's worker ended.",
        detail: "It crashed, ran out of memory or was ended by the browser.",
        remedy: "Restart it.",
      };
    case "cancelled":
      return { title: "Cancelled.", detail: "", remedy: "" };
    case "bad-use":
      return { title: fault.message, detail: "", remedy: "" };
    case "file-unreadable":
      return {
        title: `${fault.file} cannot be read.`,
        detail: fault.reason,
        remedy: "Check that it still exists and open it again.",
      };
    case "file-unwritable":
      return {
        title: `${fault.file} cannot be written.`,
        detail: fault.reason,
        remedy: "Choose another place for it.",
      };
    case "file-changed":
      return {
        title: `${fault.file} is not the file that was opened.`,
        detail: "Its rows are others than those of the open table, so nothing can be filled in.",
        remedy: "Open it again, then fill in its empty cells.",
      };
    case "file-unkept":
      return {
        title: `${fault.file} cannot be filled in without changing other cells.`,
        detail: `Some of its characters cannot be read as ${fault.encoding}, so the cells that hold them would not come back as they stand.`,
        remedy: "Save the file as UTF-8 in the program that wrote it, then open it again.",
      };
    case "unexpected":
      return {
        title: "Something went wrong that should not.",
        detail: fault.message,
        remedy: "Your table and runs are still here. Try again, or reload the page.",
      };
  }
}
