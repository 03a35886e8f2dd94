import type { Merged } from "../../table/cleaning-step.ts";
import { mapColumn } from "../map-column.ts";
import { plural, quoted, StepFault, type StepKind, type StepOf } from "../step-kind.ts";

type Merge = StepOf<"merge">;

/** Several spellings of one answer become one; or texts that say nothing become missing. */
export const merge: StepKind<Merge> = {
  title: (step) => {
    const { spellings, answers, missing } = counted(step);
    const into = answers.length === 1 ? quoted(answers[0] as string) : String(answers.length);
    if (answers.length === 0) return `read ${texts(missing)} as missing`;
    return `merge ${plural(spellings, "spelling")} into ${into}`;
  },
  done: (step) => {
    const { spellings, answers, missing } = counted(step);
    const into = answers.length === 1 ? quoted(answers[0] as string) : String(answers.length);
    const read = missing.length === 0 ? "" : `${texts(missing)} read as missing`;
    const merged = answers.length === 0 ? "" : `${plural(spellings, "spelling")} merged into ${into}`;
    return `${step.column}: ${[merged, read].filter(Boolean).join(", ")}`;
  },
  apply: (step, { rows }) => {
    const becomes = new Map<string, string | null>();
    for (const { from, to } of groupsOf(step))
      for (const text of from) {
        const before = becomes.get(text);
        if (before !== undefined && before !== to)
          throw new StepFault(`${quoted(text)} is to become two things. Name it once.`);
        becomes.set(text, to);
      }
    if (becomes.size === 0) throw new StepFault("It names no text to merge.");
    return mapColumn(rows, step.column, () => (text) => becomes.get(text));
  },
};

const groupsOf = ({ from, to, more = [] }: Merge): readonly Merged[] => [{ from, to }, ...more];

/** Spellings with what they become, the answers that stay, and the texts that become missing. */
function counted(step: Merge): { spellings: number; answers: readonly string[]; missing: readonly string[] } {
  const groups = groupsOf(step);
  const merged = groups.filter(({ to }) => to !== null);
  return {
    spellings: merged.reduce((sum, { from, to }) => sum + new Set([...from, to]).size, 0),
    answers: [...new Set(merged.map(({ to }) => to as string))],
    missing: groups.flatMap(({ from, to }) => (to === null ? from : [])),
  };
}

const texts = (all: readonly string[]): string =>
  all.length <= 3 ? all.map(quoted).join(", ") : plural(all.length, "text");
