import { builtInRules } from "../../clinic/rules/built-in/built-in-rules.ts";
import { readOwnRule } from "../../clinic/rules/book/own-rule.ts";
import type { RuleBook } from "../../clinic/rules/book/rule-book.ts";
import type { ClinicalRule } from "../../clinic/rules/clinical-rule.ts";
import { troubleOf } from "../../clinic/rules/book/troubles.ts";
import { breaksIn, type Breaks } from "../../clinic/rules/plausibility-rules.ts";
import { asFault, describeFault } from "../../fault.ts";
import type { Table } from "../../table/table.ts";
import { count } from "../../words/numbers.ts";
import { brokenWords } from "./clinical-list.ts";

/** What is said of a clinical rule while it is being written. */
export interface ClinicalCheck {
  /** the text that was asked about */
  readonly asked: string;
  /** the rule as the book keeps it; none where it cannot be read */
  readonly rule?: ClinicalRule;
  /** it over the columns of this table, one for each set of columns that it fits */
  readonly written: readonly string[];
  /** where in the text it cannot be read on, from 0 */
  readonly at?: number;
  readonly said: readonly { readonly mark: "ok" | "bad" | "note"; readonly text: string }[];
}

/**
 * What there is to say of a rule as a person writes it, in the rule language or plainly. One that no row can keep, that nothing
 * can calculate or that excludes another of the book is told, and not kept: a file with it could not be opened again. Never
 * rejects.
 * @param id of the rule that it takes the place of
 */
export async function checkClinicalRule(
  asked: string,
  { real, book, id }: { real: readonly Table[]; book: RuleBook; id?: string | undefined },
): Promise<ClinicalCheck> {
  const [train] = real;
  if (train === undefined || asked.trim() === "") return { asked, written: [], said: [] };
  const used = new Set([...builtInRules, ...book.own].map((rule) => rule.id));
  try {
    const { rule, bound } = readOwnRule(id === undefined ? asked : { text: asked, id }, train, used);
    if (bound.length === 0)
      return {
        asked,
        rule,
        written: [],
        said: [
          { mark: "ok", text: "Read without errors." },
          {
            mark: "note",
            text: "This table does not have what it is about, so it asks nothing of its rows.",
          },
        ],
      };
    const written = bound.map((one) => one.written);
    const others = book.own.filter((one) => one.id !== rule.id && !book.off.includes(one.id));
    const trouble = await troubleOf({ rule, bound }, others, train);
    if (trouble !== undefined) return { asked, written, said: [{ mark: "bad", text: trouble }] };
    return {
      asked,
      rule,
      written,
      said: [
        { mark: "ok", text: "Read without errors." },
        ...bound.map((one) => saidOf(breaksIn(one, real), bound.length > 1 ? `${one.text}: ` : "")),
      ],
    };
  } catch (error) {
    const fault = asFault(error);
    if (fault.code === "rule-unreadable")
      return {
        asked,
        written: [],
        ...(asked.startsWith(fault.text) && { at: fault.at }),
        said: [{ mark: "bad", text: fault.reason }],
      };
    const { title, detail, remedy } = describeFault(fault);
    return {
      asked,
      written: [],
      said: [{ mark: "bad", text: [title, detail, remedy].filter(Boolean).join(" ") }],
    };
  }
}

function saidOf(breaks: Breaks, before: string): ClinicalCheck["said"][number] {
  const rows = `${count(breaks.rows)} real rows`;
  if (breaks.rows === 0) return { mark: "note", text: `${before}It asks nothing of any of the real rows.` };
  if (breaks.broken === 0) return { mark: "ok", text: `${before}Held in all ${rows}.` };
  const { remark } = brokenWords(breaks);
  return { mark: "note", text: `${before}${remark.charAt(0).toUpperCase()}${remark.slice(1)}, of ${rows}.` };
}
