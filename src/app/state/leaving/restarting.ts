/** Another worker in the place of one that has ended. */
import { restore } from "./coming-back.ts";
import { lab, tell } from "../lab.ts";
import { canReopen, reopen } from "../files/opening.ts";
import { countAnew } from "../network/requests.ts";
import { applyChoices } from "../rules/rules.ts";
import { applyChanges } from "../schema-changes.ts";
import { restartWorker, send } from "../worker-link.ts";

/** What is kept comes back; a table that is not kept is opened once more if its file is still at hand, changes included. */
export async function restartLab(): Promise<void> {
  const { table, history, keepRuns, rules } = lab.getState();
  tell({ type: "page-restarting" });
  restartWorker();
  if (keepRuns === true) send({ type: "keep-runs", on: true });
  await restore();
  countAnew();
  if (table === null || lab.getState().table !== null || !canReopen()) return;
  await reopen();
  applyChanges(history.past);
  applyChoices(rules.choices);
}
