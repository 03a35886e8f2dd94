import type { LabState, View } from "../../state/lab-state.ts";

/** The step or room that a view belongs to; a view beside them is a place of its own. */
export function placeOf({ view }: LabState): View {
  if (view === "leaderboard" || view === "elsewhere") return "compare";
  return view === "language-models" ? "studies" : view;
}
