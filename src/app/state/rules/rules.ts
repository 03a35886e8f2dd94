/** Rules listed, switched, written, saved and used again. */
import type { Constraint } from "../../../core/rules/constraint.ts";
import type { Event, RuleChoice, RuleList } from "../../../worker/protocol.ts";
import { lab, tell } from "../lab.ts";
import type { DataTab, LabState } from "../lab-state.ts";
import { revise } from "../schema-changes.ts";
import { fileStem, saveFile } from "../files/save-file.ts";
import { finished, nextJob, send } from "../worker-link.ts";
import { withoutRule, withRule, withSwitch } from "./choices.ts";
import { stepBack, stepOn, stepped } from "./steps.ts";

export type RuleLine = RuleList["lines"][number];
export type RuleWay = RuleList["troubles"][number]["ways"][number];

/** Asks for the rules of the rows that the next run would train on; a question before that is dropped. */
export function askRules(): void {
  const { table, rules, settings } = lab.getState();
  if (rules.job !== undefined) send({ type: "cancel", job: rules.job });
  if (table === null) return;
  const job = nextJob();
  tell({ type: "page-rules-asked", job });
  send({ type: "list-rules", job, holdout: settings.holdout, choices: rules.choices });
}

export function stopLooking(): void {
  const { job } = lab.getState().rules;
  if (job !== undefined) send({ type: "cancel", job });
}

/** Asks what there is to say of a rule that is being written, as text or as its form has it. */
export function checkRule(rule: string | Constraint): void {
  const { checked } = lab.getState().rules;
  if (checked !== undefined && checked.check === undefined) send({ type: "cancel", job: checked.job });
  const job = nextJob();
  tell({ type: "page-rule-asked", job });
  send({ type: "check-rule", job, holdout: lab.getState().settings.holdout, rule });
}

/** Nothing is being written any more. */
export const leaveRule = (): void => tell({ type: "page-rule-asked", job: undefined });

function choose(choices: readonly RuleChoice[]): void {
  const { rules } = lab.getState();
  if (choices === rules.choices) return;
  tell({ type: "page-rules-chosen", choices, history: stepped(rules.history, rules.choices) });
}

const choices = (): readonly RuleChoice[] => lab.getState().rules.choices;
const lines = (): readonly RuleLine[] => lab.getState().rules.list?.lines ?? [];

export const switchRule = (line: RuleLine, on: boolean): void => choose(withSwitch(choices(), line, on));

/** Those that were found and hold in every training row, all on or all off. */
export function switchFound(on: boolean): void {
  const found = lines().filter(({ group }) => group === "found");
  choose(found.reduce((all, line) => withSwitch(all, line, on), choices()));
}

/** Keeps what was written, in the place of `line` or as a rule of its own. */
export const keepRule = (text: string, line?: RuleLine): void =>
  choose(withRule(choices(), lines(), text, line));

export const deleteRule = (line: RuleLine): void => choose(withoutRule(choices(), line));

/** Every choice goes: rules are as they were found. */
export const backToFound = (): void => choose([]);

export function takeWay(way: RuleWay): void {
  const { change } = way;
  if (change.type === "include") return revise({ type: "role", column: change.column, role: "feature" });
  const line = lines()[change.rule];
  if (line === undefined) return;
  if (change.type === "switch-off") switchRule(line, false);
  else keepRule(change.text, line);
}

export function undoRules(): void {
  const { choices: now, history } = lab.getState().rules;
  const step = stepBack(history, now);
  if (step !== undefined) tell({ type: "page-rules-chosen", choices: step.to, history: step.history });
}

export function redoRules(): void {
  const { choices: now, history } = lab.getState().rules;
  const step = stepOn(history, now);
  if (step !== undefined) tell({ type: "page-rules-chosen", choices: step.to, history: step.history });
}

/** The choices of a table that was opened once more. */
export function applyChoices(before: readonly RuleChoice[]): void {
  if (before.length > 0) choose(before);
}

/** Saves the rules as they are listed. */
export async function saveRules(): Promise<void> {
  const job = nextJob();
  let file: Extract<Event, { type: "rules-file" }> | undefined;
  const done = finished(job, (event) => (file = event.type === "rules-file" ? event : file));
  send({ type: "save-rules", job, lines: lines() });
  await done;
  const name = `${fileStem(lab.getState().table?.name ?? "table")}-rules.json`;
  if (file !== undefined) saveFile([file.text], name, "application/json");
}

/** Takes the rules of a saved file in the place of those listed; one that cannot be read changes nothing. */
export async function takeSavedRules(source: File): Promise<void> {
  const job = nextJob();
  tell({ type: "page-rules-file", job });
  let opened: Extract<Event, { type: "rules-opened" }> | undefined;
  const done = finished(job, (event) => (opened = event.type === "rules-opened" ? event : opened));
  send({ type: "open-rules", job, source, name: source.name });
  await done.catch(() => undefined);
  if (opened === undefined) return;
  const { choices: saved } = opened.opened;
  const named = new Set(saved.map(({ text }) => text));
  const left = lines().filter(({ rule, group }) => group === "found" && !named.has(rule.text));
  choose([...saved, ...left.map(({ rule: { text } }) => ({ text, on: false, by: "found" }) as const)]);
}

/** Nothing is said any more of a file that could not be used. */
export const dismissRulesFile = (): void => tell({ type: "page-rules-file", job: undefined });

export const showTab = (tab: DataTab): void => tell({ type: "page-data-tab", tab });

/** What must be settled before training, as the Train button says it; undefined: nothing. */
export function whatToSettle({ rules }: LabState): string | undefined {
  const [trouble] = rules.list?.troubles ?? [];
  if (trouble === undefined) return undefined;
  const numbers = trouble.rules.map((at) => String(at + 1));
  const last = numbers.pop() ?? "";
  return numbers.length === 0
    ? `settle rule ${last} first`
    : `settle rules ${numbers.join(", ")} and ${last} first`;
}

/** The person's choices for a run; none: what was found is kept. */
export const chosenRules = ({ rules }: LabState): { readonly rules?: readonly RuleChoice[] } =>
  rules.choices.length === 0 ? {} : { rules: rules.choices };
