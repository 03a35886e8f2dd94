import { createBudget } from "../../private/accounting/budget.ts";
import { nothingLeft, tooFewFor } from "../../synthesizers/private/dp-target/dp-target.ts";
import type { NextRun } from "./ledger-view.ts";
import type { RowsCounted } from "./rows-counted.ts";

/** Says before a run of target tables what the run would say: throws FaultError `guarantee-refused` where too few rows count. */
export function refuseTooFew(
  { rows, dropped }: RowsCounted,
  unit: "patient" | "row",
  { epsilon, delta, findsLevels }: Pick<NextRun, "epsilon" | "delta" | "findsLevels">,
): void {
  const length = rows - dropped;
  const { rho } = createBudget(epsilon, delta, findsLevels);
  if (tooFewFor(length, rho)) throw nothingLeft(length, unit, rho);
}
