import { asFault, describeFault } from "../../fault.ts";
import type { Constraint, Support } from "../../rules/constraint.ts";
import { readRule, ruleColumns } from "../../rules/read-rule.ts";
import { countRule } from "../../rules/rule-test.ts";
import { ruleWords } from "../../rules/rule-words.ts";
import { writeRule } from "../../rules/write-rule.ts";
import type { Table } from "../../table/table.ts";
import { count, plural } from "../../words/numbers.ts";
import { gapWords, remarkWords } from "./held-words.ts";
import { kindName } from "./kind-names.ts";
import type { RuleCheck } from "./rule-list.ts";

/** What there is to say of a rule as it is being written, as text or as its form has it. Never throws. */
export function checkRule(rule: string | Constraint, train: Table): RuleCheck {
  const columns = ruleColumns(train);
  const asked = typeof rule === "string" ? { asked: rule } : {};
  try {
    const text = typeof rule === "string" ? rule : writeRule(rule, columns);
    const constraint = readRule(text, columns);
    return {
      ...asked,
      text: writeRule(constraint, columns),
      constraint,
      kind: kindName(constraint),
      words: ruleWords(constraint, columns),
      said: [{ mark: "ok", text: "Read without errors." }, ...rowsSaid(countRule(constraint, train), train)],
    };
  } catch (error) {
    const fault = asFault(error);
    const text = typeof rule === "string" ? rule : "";
    if (fault.code === "rule-unreadable")
      return { ...asked, text, at: fault.at, said: [{ mark: "bad", text: fault.reason }] };
    const { title, detail, remedy } = describeFault(fault);
    return {
      ...asked,
      text,
      said: [{ mark: "bad", text: [title, detail, remedy].filter(Boolean).join(" ") }],
    };
  }
}

/** Where it held, and which rows it asks nothing of. */
function rowsSaid(support: Support, train: Table): RuleCheck["said"] {
  const { rows, broken } = support;
  if (rows === 0)
    return [{ mark: "note", text: `It asks nothing of any of the ${plural(train.rows, "training row")}.` }];
  const gap = gapWords(support, train.rows);
  const rest =
    gap === ""
      ? []
      : ([{ mark: "note", text: `It is ${gap}: a cell is missing, or it does not apply.` }] as const);
  if (broken > 0)
    return [
      {
        mark: "bad",
        text: `${count(broken)} of ${plural(rows, "training row")} ${broken === 1 ? "breaks" : "break"} it. If you keep it, no synthetic row will.`,
      },
      ...rest,
    ];
  return [
    { mark: "ok", text: `Held in all ${plural(rows, "training row")}; ${remarkWords(support)} of patients.` },
    ...rest,
  ];
}
