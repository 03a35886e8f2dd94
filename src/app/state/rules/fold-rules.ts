/** How messages change what the page knows of the table's rules. Pure, as `fold` is. */
import { describeFault, type Fault } from "../../../core/fault.ts";
import type { Event } from "../../../worker/protocol.ts";
import type { PageEvent, RulesState } from "../lab-state.ts";

type RulesEvent =
  | Extract<Event, { type: "rules" | "rule-checked" | "fault" | "worker-ended" }>
  | Extract<PageEvent, { type: `page-rule${string}` }>;

/** The rules after one more message that is about them. */
export function foldRules(rules: RulesState, message: RulesEvent): RulesState {
  switch (message.type) {
    case "rules":
      return message.job === rules.job
        ? { ...rules, job: undefined, list: message.list, fault: undefined }
        : rules;
    case "rule-checked":
      return message.job === rules.checked?.job
        ? { ...rules, checked: { job: message.job, check: message.check } }
        : rules;
    case "fault":
      return withFault(rules, message.job, message.fault);
    case "worker-ended":
      return { ...rules, job: undefined, checked: undefined, file: undefined };
    case "page-rules-asked":
      return { ...rules, job: message.job, fault: undefined };
    case "page-rules-chosen":
      return { ...rules, choices: message.choices, history: message.history, file: undefined };
    case "page-rule-asked":
      return { ...rules, checked: message.job === undefined ? undefined : { job: message.job } };
    case "page-rules-file":
      return { ...rules, file: message.job === undefined ? undefined : { job: message.job } };
  }
}

function withFault(rules: RulesState, job: number | undefined, fault: Fault): RulesState {
  if (job === undefined) return rules;
  if (job === rules.job) return { ...rules, job: undefined, list: undefined, fault };
  if (job === rules.file?.job) return { ...rules, file: { job, fault } };
  if (job !== rules.checked?.job || fault.code === "cancelled") return rules;
  const { title, detail } = describeFault(fault);
  const said = [{ mark: "bad", text: `${title} ${detail}`.trim() }] as const;
  return { ...rules, checked: { job, check: { text: "", said } } };
}

/** Whether `asked` is a question about rules, whose fault is told beside them. */
export const asksRules = ({ job, checked, file }: RulesState, asked: number | undefined): boolean =>
  asked !== undefined && [job, checked?.job, file?.job].includes(asked);
