import { realRowsWords } from "../../../core/words/real-rows.ts";
import { useState } from "react";
import { useLab } from "../../state/use-lab.ts";
import { fileStem, saveFile } from "../../state/files/save-file.ts";
import { hrefOf } from "../../state/route.ts";
import { isUnderWay } from "../../state/runs.ts";
import type { RunView } from "../../../worker/protocol.ts";
import { plural } from "../../../core/words/numbers.ts";
import { Choice } from "../../parts/choice.tsx";
import { Icon } from "../../parts/icon.tsx";
import { groupOf, rowsOf, sorted, type Order, type Row } from "./board.ts";
import { boardCsv } from "./board-csv.ts";
import { BoardTable } from "./board-table.tsx";
import styles from "./leaderboard.module.css";
import { measuresOf, type Measure } from "./measures.ts";

/** Every run on one table with one holdout, side by side: who is ahead, and by more than noise. */
export function LeaderboardView() {
  const runs = useLab((state) => state.runs.filter((run) => groupOf(run) !== undefined));
  const [asked, setGroup] = useState<string | undefined>();
  const groups = new Map(runs.map((run) => [groupOf(run) as string, run]));
  const newest = runs.at(-1);
  const group = asked !== undefined && groups.has(asked) ? asked : newest && groupOf(newest);
  if (group === undefined) return <Nothing />;
  const shown = runs.filter((run) => groupOf(run) === group);
  const choice = groups.size > 1 && (
    <Choice
      label="Table"
      value={group}
      options={[...groups].map(([value, run]) => ({ value, label: groupWords(run) }))}
      onChange={setGroup}
      large
    />
  );
  return <Board key={group} runs={shown} choice={choice} />;
}

const groupWords = ({ table, request: { holdout } }: RunView): string =>
  holdout.share === 0 || holdout.share === 1
    ? `${table}, ${holdout.share === 0 ? "all" : "none"} of it seen by the tool`
    : `${table}, ${Math.round(100 * holdout.share)}% held out by seed ${holdout.seed}`;

function Nothing() {
  const hasTable = useLab((state) => state.table !== null);
  return (
    <div className="wrap">
      <h1>Nothing to rank yet</h1>
      <p className="lede">
        Train two or more runs on one table. They are judged by the same held-out rows and ranked here.
      </p>
      <div className="acts">
        <a className="btn" href={hrefOf(hasTable ? "train" : "data")}>
          {hasTable ? "Go to Train" : "Go to Data"}
        </a>
      </div>
    </div>
  );
}

function Board({ runs, choice }: { runs: readonly RunView[]; choice: React.ReactNode }) {
  const synthesizers = useLab((state) => state.synthesizers);
  const [by, setBy] = useState<"designs" | "runs">("designs");
  const [asked, setOrder] = useState<Order | undefined>();
  const measures = measuresOf(runs.flatMap((run) => run.report ?? []));
  const order = asked ?? { by: measures[0]?.id ?? "name", bestFirst: true };
  const rows = sorted(rowsOf(runs, by, measures, synthesizers), order, measures);
  const { title, sub } = headWords(runs, rows, measures);
  const save = (): void => {
    const stem = fileStem(runs[0]?.table ?? "table");
    saveFile([boardCsv(rows, measures)], `${stem}-leaderboard.csv`, "text/csv");
  };
  return (
    <>
      <div className={`head ${styles.head}`}>
        <div className="grow" aria-live="polite">
          <h1 tabIndex={-1}>{title}</h1>
          <p className="sub">{sub}</p>
        </div>
        <div className={styles.actions}>
          {choice}
          <a className="btn" href={hrefOf("compare")}>
            One run
          </a>
          <button
            type="button"
            className="btn pri"
            data-testid="save-leaderboard"
            disabled={measures.length === 0}
            onClick={save}
          >
            <Icon name="download" />
            Save as CSV
          </button>
        </div>
      </div>
      <div className={styles.body}>
        <section className="card" aria-label="Leaderboard">
          <div className={styles.bar}>
            <span className="seg" role="group" aria-label="Rows">
              {(["designs", "runs"] as const).map((rowKind) => (
                <button
                  key={rowKind}
                  type="button"
                  className={by === rowKind ? "on" : ""}
                  aria-pressed={by === rowKind}
                  onClick={() => setBy(rowKind)}
                >
                  {rowKind === "designs" ? "By method" : "By run"}
                </button>
              ))}
            </span>
            <p className="s13 q grow">
              {by === "designs" ? "Means over the seeds of each method." : "Each run by itself."} ± is half of
              the 95% interval.
            </p>
          </div>
          <BoardTable rows={rows} measures={measures} order={order} setOrder={setOrder} />
        </section>
        <p className="s13 q">
          Marks under a name: fidelity, utility, privacy, fairness, clinical plausibility. “tie”: the
          difference from the best lies within the noise of both, so it may be luck.{" "}
          {rows.some((row) => row.measured.length > 2)
            ? "The spread between three or more seeds counts as noise too."
            : "With three or more seeds of each, their spread counts as noise too."}
        </p>
      </div>
    </>
  );
}

/** Who leads, or how far the work is. */
function headWords(
  runs: readonly RunView[],
  rows: readonly Row[],
  measures: readonly Measure[],
): { title: string; sub: string } {
  const [first] = runs;
  const measured = runs.filter((run) => run.report !== undefined);
  const pending = runs.filter((run) => run.state === "queued" || isUnderWay(run)).length;
  const failed = runs.filter((run) => run.state === "failed").length;
  const shape = measured[0]?.report?.shape;
  const sub = [
    shape === undefined
      ? `${first?.table ?? ""}. Each run is judged by the same held-out rows.`
      : `${first?.table ?? ""}: judged by the same ${realRowsWords(shape)}.`,
    failed > 0 ? ` ${plural(failed, "run")} failed.` : "",
  ].join("");
  if (pending > 0)
    return { title: `${measured.length} of ${plural(measured.length + pending, "run")} measured`, sub };
  return { title: leaderWords(rows, measures), sub };
}

/** "VAE is closest to real rows, with 2 others within noise" */
function leaderWords(rows: readonly Row[], measures: readonly Measure[]): string {
  const [fidelity] = measures;
  const ranked = rows.filter((row) => fidelity !== undefined && row.cells[fidelity.id] !== undefined);
  if (fidelity === undefined || ranked.length === 0) return "Nothing was measured";
  const standing = (row: Row) => row.cells[fidelity.id]?.standing;
  if (ranked.length === 1) return `${ranked[0]?.name ?? ""} stands alone so far`;
  const best = ranked.find((row) => standing(row) === "best");
  if (best === undefined) return "Several are equally hard to tell from real rows";
  const ties = ranked.filter((row) => standing(row) === "tie");
  if (ties.length === 0) return `${best.name} is hardest to tell from real rows`;
  const [only] = ties;
  const others = ties.length === 1 ? (only?.name ?? "") : `${ties.length} others`;
  return `${best.name} is hardest to tell from real rows; ${others} within noise`;
}
