import type { Fault } from "../fault.ts";
import { asFault, describeFault } from "../fault.ts";
import type { Table } from "../table/table.ts";
import type { Rule } from "./constraint.ts";
import { readRule, ruleColumns } from "./read-rule.ts";
import { ruleWords } from "./rule-words.ts";
import { conflictsAmong } from "./troubles/conflicting-rules.ts";
import { ownTroubles } from "./troubles/single-rule.ts";
import type { ReadRule, Trouble } from "./troubles/trouble.ts";
import { numberOf, switchOff } from "./troubles/trouble.ts";

export type { Trouble, WayOut } from "./troubles/trouble.ts";

/**
 * What is wrong with the rules that are on, as far as training rows and the rules themselves tell: those that stop
 * training first. Counts of 1 to 4 rows or patients are "fewer than 5". `pulse` is awaited after each rule.
 */
export async function ruleTroubles(
  rules: readonly Rule[],
  train: Table,
  pulse?: () => Promise<void>,
): Promise<Trouble[]> {
  const troubles: Trouble[] = [];
  const read: ReadRule[] = [];
  const columns = ruleColumns(train);
  rules.forEach(({ text, on }, at) => {
    if (!on) return;
    try {
      const constraint = readRule(text, columns);
      read.push({ at, constraint, words: ruleWords(constraint, columns) });
    } catch (error) {
      troubles.push(unreadableTrouble(at, asFault(error)));
    }
  });
  const sound: ReadRule[] = [];
  for (const rule of read) {
    const own = ownTroubles(rule, train);
    troubles.push(...own);
    if (!own.some(({ stops }) => stops)) sound.push(rule);
    await pulse?.();
  }
  troubles.push(...(await conflictsAmong(sound, train, pulse)));
  return troubles.sort((a, b) => Number(b.stops) - Number(a.stops));
}

/** A trouble that stops training, as a fault; undefined for one that does not. */
export function troubleFault(
  { code, rules, stops, detail }: Trouble,
  list: readonly Rule[],
): Fault | undefined {
  if (!stops) return undefined;
  const named = rules.map((at) => ({ number: at + 1, text: list[at]?.text ?? "" }));
  if (code === "contradict") return { code: "rules-contradict", rules: named, reason: detail };
  const [first = { number: 1, text: "" }] = named;
  return { code: "rule-impossible", ...first, reason: detail };
}

function unreadableTrouble(at: number, fault: Fault): Trouble {
  return {
    code: "unreadable",
    rules: [at],
    stops: true,
    title: `Rule ${numberOf(at)} cannot be read`,
    detail: describeFault(fault).detail,
    ways: [switchOff(at)],
  };
}
