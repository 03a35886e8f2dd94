import "../../parts/checks.css";
import { useLab } from "../../state/use-lab.ts";
import { hrefOf } from "../../state/route.ts";
import { worksOffline } from "../../state/network/how-served.ts";
import { fetchedToStart } from "../../state/network/requests.ts";
import { count, plural, size } from "../../../core/words/numbers.ts";
import { Icon } from "../../parts/icon.tsx";
import { Checks } from "../../parts/checks.tsx";
import { closePopover, Popover, PopoverHead } from "./popover.tsx";

/** The number of requests since the page was ready, always in sight; opens what was measured and how to check it. */
export function TrustBadge() {
  const { page, worker, blocked } = useLab((state) => state.requests);
  const ready = useLab((state) => state.ready);
  const sent = page + worker;
  const words = (
    <>
      <Icon name={sent > 0 ? "stop" : "alone"} />
      <span>
        <span data-testid="requests">{sent}</span> {sent === 1 ? "request" : "requests"}
        <span className="opt"> since ready{ready && worksOffline() ? " · works offline" : ""}</span>
        {blocked > 0 && ` · ${plural(blocked, "attempt")} refused`}
      </span>
      <Icon name="down" />
    </>
  );
  return (
    <Popover
      button={{
        className: sent > 0 ? "trust bad" : "trust",
        title: ready ? "Requests that went out since the page was ready" : "The page is still being loaded",
        children: words,
      }}
      label="What leaves this machine"
      className="trust-pop"
    >
      <TrustPanel />
    </Popover>
  );
}

function TrustPanel() {
  const { page, worker, blocked, urls } = useLab((state) => state.requests);
  const sent = page + worker;
  const started = fetchedToStart();
  return (
    <>
      <section>
        <PopoverHead>
          {sent === 0 ? "Nothing has been sent" : `${plural(sent, "request")} went out`}
        </PopoverHead>
        <div className="cnt">
          <div className={sent > 0 ? "bad" : ""}>
            <b>{count(sent)}</b>
            <span>requests that went out since the page was ready, by the page and its worker</span>
          </div>
          <div>
            <b>{count(started.files)}</b>
            <span>files fetched to show it, {size(started.bytes)}</span>
          </div>
          <div>
            <b>{count(blocked)}</b>
            <span>attempts to reach elsewhere that were refused</span>
          </div>
        </div>
        {urls.length > 0 && (
          <ul className="urls">
            {urls.map((url, i) => (
              <li key={`${i} ${url}`}>{url}</li>
            ))}
          </ul>
        )}
      </section>
      <section>
        <h3>Check it yourself</h3>
        <Checks brief />
      </section>
      <section>
        <h3>What this cannot cover</h3>
        <p className="s13 q">
          Browser extensions can read any page you open, and a synthetic table can still tell something about
          the real one.{" "}
          <a href={hrefOf("verify")} onClick={(event) => closePopover(event.currentTarget)}>
            How to verify, and all limits
          </a>
        </p>
      </section>
    </>
  );
}
