import { asList, asNumbers, asRecord, damaged } from "../codec/saved-state.ts";
import type { LearnedRule, SharedCell } from "./learned-rule.ts";

/** Inverse of a learned rule's JSON; throws FaultError `model-damaged`. */
export function loadLearnedRule(saved: unknown): LearnedRule {
  const { known, gives, steps, rounded } = asRecord(saved, "rules");
  const made = {
    ...(known !== undefined && { known: asList(known, "rules").map(cellsOf) }),
    ...(gives !== undefined && {
      gives: asList(gives, "rules").map((pair) => {
        const cells = cellsOf(pair);
        return cells.length === 2 ? (cells as [SharedCell, SharedCell]) : damaged("rules");
      }),
    }),
    ...(steps !== undefined && { steps: stepsOf(steps) }),
    ...(rounded !== undefined && { rounded: rounded === true }),
  };
  return made;
}

function stepsOf(saved: unknown): NonNullable<LearnedRule["steps"]> {
  const state = asRecord(saved, "rules");
  const edges = [...asNumbers(state["edges"], "rules")];
  const gives = cellsOf(state["gives"]);
  return gives.length === edges.length + 1 ? { edges, gives } : damaged("rules");
}

function cellsOf(saved: unknown): SharedCell[] {
  return asList(saved, "rules").map((cell) =>
    cell === null || typeof cell === "string" || (typeof cell === "number" && Number.isFinite(cell))
      ? cell
      : damaged("rules"),
  );
}
