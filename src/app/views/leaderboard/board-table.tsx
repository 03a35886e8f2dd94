import type { RunView } from "../../../worker/protocol.ts";
import { describeFault } from "../../../core/fault.ts";
import { selectRun, train } from "../../state/training.ts";
import { goTo } from "../../state/route.ts";
import { isUnderWay, wasStopped } from "../../state/runs.ts";
import { useLab, useLabEvery } from "../../state/use-lab.ts";
import { count, duration, fixed, ordinal, plural } from "../../../core/words/numbers.ts";
import { SideMarks } from "../../charts/side-marks.tsx";
import { VerdictMark } from "../../charts/verdict-mark.tsx";
import { ariaSort, referenceOf, sidesOf, type Cell, type Order, type Row } from "./board.ts";
import styles from "./leaderboard.module.css";
import type { Measure } from "./measures.ts";

interface BoardProps {
  readonly rows: readonly Row[];
  readonly measures: readonly Measure[];
  readonly order: Order;
  readonly setOrder: (order: Order) => void;
}

/** Rows by columns; each heading sorts, first best first, then the other way. */
export function BoardTable({ rows, measures, order, setOrder }: BoardProps) {
  const sortBy = (by: string): void => setOrder({ by, bestFirst: order.by === by ? !order.bestFirst : true });
  const sortOf = (by: string) => (order.by === by ? ariaSort(order, measures) : "none");
  return (
    <div className={styles.scroll} role="region" aria-label="Leaderboard" tabIndex={0}>
      <table className={styles.board}>
        <thead>
          <tr>
            <th scope="col" aria-sort={sortOf("name")}>
              <SortButton by="name" title="Method" order={order} measures={measures} sort={sortBy} />
            </th>
            {measures.map((measure) => (
              <th key={measure.id} scope="col" aria-sort={sortOf(measure.id)}>
                <SortButton
                  by={measure.id}
                  title={measure.title}
                  about={measure.about}
                  summary={measure.summary}
                  order={order}
                  measures={measures}
                  sort={sortBy}
                />
              </th>
            ))}
            <th scope="col" aria-sort={sortOf("seconds")}>
              <SortButton
                by="seconds"
                title="Time"
                about="Training"
                order={order}
                measures={measures}
                sort={sortBy}
              />
            </th>
          </tr>
          <tr className={styles.real}>
            <th scope="row">Held-out real rows</th>
            {measures.map((measure) => {
              const reference = referenceOf(measure, rows);
              return (
                <td key={measure.id}>{reference === undefined ? "–" : fixed(reference, measure.decimals)}</td>
              );
            })}
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <BoardRow key={row.key} row={row} measures={measures} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface SortButtonProps {
  readonly by: string;
  readonly title: string;
  readonly about?: string;
  readonly summary?: string;
  readonly order: Order;
  readonly measures: readonly Measure[];
  readonly sort: (by: string) => void;
}

function SortButton({ by, title, about, summary, order, measures, sort }: SortButtonProps) {
  const direction = order.by === by ? ariaSort(order, measures) : undefined;
  return (
    <button
      type="button"
      className={styles.sort}
      title={summary}
      {...(order.by === by ? { "data-key": "s" } : {})}
      onClick={() => sort(by)}
    >
      <b>
        {direction !== undefined && <i aria-hidden="true">{direction === "ascending" ? "↑" : "↓"}</i>}
        {title}
      </b>
      {about !== undefined && <span>{about}</span>}
    </button>
  );
}

function BoardRow({ row, measures }: { row: Row; measures: readonly Measure[] }) {
  const shown = row.measured.at(-1);
  const open = (run: RunView): void => {
    selectRun(run.run);
    goTo("compare");
  };
  return (
    <tr>
      <th scope="row">
        {shown === undefined ? (
          <b>{row.name}</b>
        ) : (
          <button type="button" className={styles.name} onClick={() => open(shown)}>
            {row.name}
          </button>
        )}
        <RowAbout row={row} />
        <SideMarks sides={sidesOf(row)} />
      </th>
      {row.measured.length === 0 ? (
        <td colSpan={measures.length + 1} className={styles.state}>
          <Pending row={row} />
        </td>
      ) : (
        <>
          {measures.map((measure) => (
            <BoardCell key={measure.id} cell={row.cells[measure.id]} decimals={measure.decimals} />
          ))}
          <td>{row.seconds === undefined ? "–" : duration(row.seconds)}</td>
        </>
      )}
    </tr>
  );
}

/** Settings that are not the recommended ones, seeds, and runs that are not in the numbers. */
function RowAbout({ row: { settings, runs, measured } }: { row: Row }) {
  const failed = runs.filter((run) => run.state === "failed").length;
  const pending = runs.filter((run) => run.state === "queued" || isUnderWay(run)).length;
  const stopped = measured.filter(wasStopped).length;
  const seeds = new Set(runs.map((run) => run.request.seed)).size;
  const parts = [
    settings,
    seeds > 1
      ? `${count(measured.length)} of ${plural(runs.length, "run")}`
      : `seed ${runs[0]?.request.seed ?? ""}`,
    measured.length > 0 && pending > 0 ? `${pending} to come` : "",
    stopped > 0 ? (stopped === runs.length ? "stopped early" : `${stopped} stopped early`) : "",
    measured.length > 0 && failed > 0 ? `${failed} failed` : "",
  ];
  return <span className={styles.about}>{parts.filter(Boolean).join(" · ")}</span>;
}

const standingWords = { best: "best", tie: "tie", behind: "" } as const;

function BoardCell({ cell, decimals }: { cell: Cell | undefined; decimals: number }) {
  if (cell === undefined) return <td className="q3">–</td>;
  const { value, half, standing, verdict } = cell;
  return (
    <td data-standing={standing}>
      <span className={styles.value}>
        <VerdictMark verdict={verdict} word={false} />
        {fixed(value, decimals)}
      </span>
      <span className={styles.noise}>
        {standing !== "behind" && <em>{standingWords[standing]}</em>} ±{fixed(half, decimals)}
      </span>
    </td>
  );
}

/** What a row without numbers waits for, or why it has none. */
function Pending({ row: { runs } }: { row: Row }) {
  const run = runs.find(isUnderWay) ?? runs.find(({ state }) => state === "queued") ?? runs.at(-1);
  return run === undefined ? null : <RunState run={run} />;
}

function RunState({ run }: { run: RunView }) {
  const place = useLab((state) => state.queue.indexOf(run.run) + 1);
  const fraction = useLabEvery(1000, (state) => {
    const live = state.live[run.run];
    return run.state === "evaluating" ? live?.evaluating?.fraction : live?.progress?.fraction;
  });
  const hasTable = useLab((state) => state.table !== null);
  const done = fraction === undefined ? "" : `, ${Math.floor(100 * fraction)}%`;
  switch (run.state) {
    case "queued":
      return <>waiting{place > 1 ? `, ${ordinal(place)}` : ", next"}</>;
    case "running":
      return <>training{done}</>;
    case "paused":
      return <>paused{done}</>;
    case "evaluating":
      return <>measuring{done}</>;
    case "failed":
      return (
        <>
          failed: {describeFault(run.fault ?? { code: "unexpected", message: "" }).title}{" "}
          {hasTable && (
            <button type="button" className="link" onClick={() => train(run.request)}>
              Retry
            </button>
          )}
        </>
      );
    case "cancelled":
      return <>cancelled</>;
    case "done":
      return <>not measured</>;
  }
}
