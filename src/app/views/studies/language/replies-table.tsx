import { useId } from "react";
import type { RepliesView, ReplyView } from "../../../../core/studies/language/replies/replies-view.ts";
import { count, percent, plural } from "../../../../core/words/numbers.ts";
import { Hatch } from "../../../charts/hatch.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { dropReply } from "../../../state/studies/studies.ts";
import { strategyName } from "./prompt-choices.ts";
import styles from "./language.module.css";

interface RepliesTableProps {
  readonly replies: RepliesView;
  /** takes the focus */
  readonly kept: React.RefObject<HTMLElement | null>;
}

/** Each reply: asked for, came, kept, and why the rest was not. */
export function RepliesTable({ replies: { replies, all }, kept }: RepliesTableProps) {
  const most = Math.max(1, ...replies.map(({ asked, came }) => Math.max(asked, came)));
  const refused = all.came - all.kept;
  const missing = replies.reduce((sum, one) => sum + one.missing, 0);
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label="Replies, scrolls sideways">
      <table className={styles.replies}>
        <thead>
          <tr>
            <th scope="col">Reply</th>
            <th scope="col">Strategy</th>
            <th scope="col">Asked</th>
            <th scope="col">Came</th>
            <th scope="col">Kept</th>
            <th scope="col">
              <span className={styles.keys}>
                <Key kind="kept" /> kept <Key kind="refused" /> refused <Key kind="missing" /> missing
              </span>
            </th>
            <th scope="col">Refused because</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {replies.map((reply) => (
            <tr key={reply.reply}>
              <th scope="row">{reply.name}</th>
              <td>{strategyName(reply.strategy)}</td>
              <td>{count(reply.asked)}</td>
              <td>{count(reply.came)}</td>
              <td>
                <b>{count(reply.kept)}</b>
              </td>
              <td>
                <Bars reply={reply} most={most} />
              </td>
              <td>
                <Why reply={reply} />
              </td>
              <td>
                <button
                  type="button"
                  className="btn quiet icon"
                  aria-label={`Remove ${reply.name}`}
                  onClick={() => dropReply(reply.reply)}
                >
                  <Icon name="close" />
                </button>
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All</th>
            <td />
            <td>{count(all.asked)}</td>
            <td>{count(all.came)}</td>
            <td>
              <b
                ref={kept}
                tabIndex={-1}
                data-testid="kept-rows"
                aria-label={`${plural(all.kept, "row")} kept`}
              >
                {count(all.kept)}
              </b>
            </td>
            <td />
            <td colSpan={2}>
              {count(refused)} refused ({percent(all.came === 0 ? 0 : refused / all.came)}) and{" "}
              {count(missing)} never came.
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Why({ reply: { none, refused, repaired } }: { readonly reply: ReplyView }) {
  return (
    <span className={styles.why}>
      {none !== undefined && <span>{none}</span>}
      {refused.map(({ reason, rows, example }) => (
        <span key={reason}>
          {count(rows)} {reason}
          {example !== undefined && `: ${example}`}
        </span>
      ))}
      {repaired.map((one) => (
        <span key={one} className="q">
          {one}
        </span>
      ))}
    </span>
  );
}

const WIDTH = 130;
const HEIGHT = 12;

/** As wide as the reply that was asked for most. */
function Bars({
  reply: { kept, came, missing },
  most,
}: {
  readonly reply: ReplyView;
  readonly most: number;
}) {
  const hatch = useId();
  const wide = (rows: number): number => (WIDTH * rows) / most;
  const refused = Math.max(0, came - kept);
  return (
    <svg
      width={WIDTH + 2}
      height={HEIGHT + 2}
      viewBox={`-1 -1 ${WIDTH + 2} ${HEIGHT + 2}`}
      aria-hidden="true"
    >
      <defs>
        <Hatch id={hatch} />
      </defs>
      {missing > 0 && <rect className="mi" x={wide(kept + refused)} width={wide(missing)} height={HEIGHT} />}
      {refused > 0 && (
        <rect className={styles.refused} x={wide(kept)} width={wide(refused)} height={HEIGHT} />
      )}
      {kept > 0 && (
        <rect className={styles.kept} width={wide(kept)} height={HEIGHT} fill={`url(#${hatch})`} />
      )}
    </svg>
  );
}

function Key({ kind }: { readonly kind: "kept" | "refused" | "missing" }) {
  const hatch = useId();
  return (
    <svg width="12" height="12" viewBox="-1 -1 12 12" aria-hidden="true">
      <defs>
        <Hatch id={hatch} />
      </defs>
      {kind === "kept" ? (
        <rect className={styles.kept} width="10" height="10" fill={`url(#${hatch})`} />
      ) : (
        <rect className={kind === "refused" ? styles.refused : "mi"} width="10" height="10" />
      )}
    </svg>
  );
}
