import {
  checkClinicalRule,
  listClinicalRules,
  NO_CHANGES,
  readRuleBook,
  writeRuleBook,
  type RuleBook,
} from "../core/lab/lab.ts";
import type { OpenTable } from "./open-table.ts";
import type { Event as LabEvent, Request } from "./protocol.ts";

export type ClinicalRequest = Extract<
  Request,
  { type: "list-clinical" | "check-clinical" | "open-book" | "save-book" }
>;

/** What there is to say of clinical rules on the open table. Rejects with FaultError `rule-file-unreadable`. */
export async function answerClinical(request: ClinicalRequest, { table }: OpenTable): Promise<LabEvent> {
  const { job } = request;
  switch (request.type) {
    case "list-clinical":
      return { type: "clinical", job, list: listClinicalRules([table], request.book) };
    case "check-clinical": {
      const { text, book, id } = request;
      return {
        type: "clinical-checked",
        job,
        check: await checkClinicalRule(text, { real: [table], book, id }),
      };
    }
    case "open-book":
      return { type: "book-opened", job, book: await readRuleBook(await request.source.text(), table) };
    case "save-book":
      return { type: "book-file", job, text: writeRuleBook(request.book) };
  }
}

/** The table with that book; the same one where nothing changes. */
export function withBook(open: OpenTable, book: RuleBook): OpenTable {
  if (JSON.stringify(open.book ?? NO_CHANGES) === JSON.stringify(book)) return open;
  return { ...open, book };
}
