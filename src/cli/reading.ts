import { ENCODINGS, type SheetChoice } from "../core/lab/lab.ts";
import type { Repair } from "../core/table/repair.ts";
import { readBytes } from "./files.ts";
import { badUse, textOf, type Given, type OptionSpecs } from "./options.ts";

/** How a faulty table is read, where a person says so. */
export const readingOptions: OptionSpecs = {
  encoding: {
    value: "NAME",
    help: `How a table that is not UTF-8 is encoded (told from the file where that is clear): ${ENCODINGS.join(", ")}.`,
  },
  sheet: {
    value: "NAME",
    help: "Of a file with several tables (a workbook, an archive), the one to read; the largest unless said.",
  },
  view: {
    value: "FILE.json",
    help: "Take FHIR resources by this ViewDefinition (SQL on FHIR) and not by those that are shipped.",
  },
  "skip-ragged": {
    help: "Leave out rows with too many or too few cells, and say how many they were.",
  },
  quotes: {
    value: "text | cells",
    help: "Where quoted cells take in lines that look like rows: text reads stray quotes as ordinary text, cells takes such cells as they are.",
  },
};

/** What to write in answer to a fault that reading differently can mend. */
export const REMEDIES: ReadonlyMap<string, string> = new Map([
  ["encoding-unclear", "Give it with --encoding NAME."],
  ["rows-in-quotes", "Give --quotes text or --quotes cells."],
  ["unclosed-quote", "Give --quotes text."],
  ["several-sheets", "Give its name with --sheet."],
  ["unknown-sheet", "Give one of them with --sheet."],
  ["ragged-row", "Give --skip-ragged to leave such rows out."],
]);

/** Which table of a file is asked for, and how it is taken. Rejects with FaultError. */
export async function choiceOf(given: Given): Promise<SheetChoice> {
  const sheet = textOf(given, "sheet");
  const view = textOf(given, "view");
  return {
    ...(sheet !== undefined && { sheet }),
    ...(view !== undefined && { view: new TextDecoder().decode(await readBytes(view)) }),
  };
}

/** Throws FaultError `bad-use`. */
export function repairOf(given: Given): Repair {
  const name = textOf(given, "encoding");
  const encoding = ENCODINGS.find((known) => known === name?.toLowerCase());
  if (name !== undefined && encoding === undefined)
    throw badUse(`--encoding must be one of ${ENCODINGS.join(", ")}, not “${name}”.`);
  const quotes = textOf(given, "quotes");
  if (quotes !== undefined && quotes !== "text" && quotes !== "cells")
    throw badUse(`--quotes must be text or cells, not “${quotes}”.`);
  return {
    ...(encoding && { encoding }),
    ...(quotes === "text" && { literalQuotes: true }),
    ...(quotes === "cells" && { longQuotes: true }),
    ...(given.values["skip-ragged"] === true && { skipRaggedRows: true }),
  };
}
