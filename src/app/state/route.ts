/** The address's hash says which view is shown; it never holds data. */
import type { View } from "./lab-state.ts";
import { shownAt } from "./address.ts";
import { lab, tell } from "./lab.ts";

export const steps = [
  { view: "data", name: "Data" },
  { view: "train", name: "Train" },
  { view: "compare", name: "Compare" },
  { view: "take-away", name: "Take away" },
] as const;

/** Beside the steps: places that belong to no single model. */
export const rooms = [{ view: "studies", name: "Studies" }] as const;

const views: readonly View[] = [
  "data",
  "train",
  "compare",
  "leaderboard",
  "take-away",
  "studies",
  "language-models",
  "elsewhere",
  "numbers",
  "verify",
  "licences",
];

export const hrefOf = (view: View): string => `#/${view}`;

export function viewOf(hash: string): View {
  if (shownAt(hash) !== undefined) return "compare";
  return views.find((view) => hashPath(hash) === view) ?? "data";
}

const hashPath = (hash: string): string => hash.replace(/^#\/?/, "").split("?")[0] ?? "";

/** Goes to a view as a link would: the browser's back button returns. */
export function goTo(view: View): void {
  if (viewOf(location.hash) === view && lab.getState().view === view) return;
  location.hash = hrefOf(view);
  tell({ type: "page-view", view });
}

/** Follows the address; returns how to stop. */
export function followRoute(): () => void {
  const follow = (): void => {
    const view = viewOf(location.hash);
    if (view !== lab.getState().view) tell({ type: "page-view", view });
  };
  follow();
  addEventListener("hashchange", follow);
  return () => removeEventListener("hashchange", follow);
}
