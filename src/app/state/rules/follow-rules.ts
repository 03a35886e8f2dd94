/** Keeps the list of rules in step with the table, its split and what the person made of the rules. */
import type { LabState } from "../lab-state.ts";
import { lab } from "../lab.ts";
import { askRules } from "./rules.ts";

/** A slider that moves must not begin a search at each of its steps. */
const STILL_MS = 120;

/** Of tables with more columns rules are looked for once somebody looks at them or has set some: it takes a while. */
const UNASKED_COLUMNS = 60;

const wanted = ({ table, dataTab, rules }: LabState): boolean =>
  (table?.columns.length ?? 0) <= UNASKED_COLUMNS || dataTab === "rules" || rules.choices.length > 0;

const sameQuestion = (a: LabState, b: LabState): boolean =>
  a.table === b.table &&
  wanted(a) === wanted(b) &&
  a.rules.choices === b.rules.choices &&
  a.settings.holdout.share === b.settings.holdout.share &&
  a.settings.holdout.seed === b.settings.holdout.seed;

/** Asks again whenever the answer may have changed; returns how to stop. */
export function followRules(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = lab.subscribe((state, before) => {
    if (sameQuestion(state, before) || !wanted(state)) return;
    clearTimeout(timer);
    timer = setTimeout(askRules, state.rules.choices === before.rules.choices ? STILL_MS : 0);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
