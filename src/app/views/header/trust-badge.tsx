import "../../parts/checks.css";
import { useState } from "react";
import { Popover } from "@mantine/core";
import { useLab } from "../../state/use-lab.ts";
import { hrefOf } from "../../state/route.ts";
import { worksOffline } from "../../state/how-served.ts";
import { fetchedToStart } from "../../state/requests.ts";
import { count, plural, size } from "../../../core/words/numbers.ts";
import { Icon } from "../../parts/icon.tsx";
import { useEscape } from "../../parts/use-escape.ts";
import { Checks } from "../../parts/checks.tsx";

/** The number of requests since the page was ready, always in sight; opens what was measured and how to check it. */
export function TrustBadge() {
  const [open, setOpen] = useState(false);
  useEscape(open, () => setOpen(false));
  const { page, worker, blocked } = useLab((state) => state.requests);
  const ready = useLab((state) => state.ready);
  const sent = page + worker;
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-end"
      offset={8}
      trapFocus
      returnFocus
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <button
          type="button"
          className={sent > 0 ? "trust bad" : "trust"}
          title={ready ? "Requests that went out since the page was ready" : "The page is still being loaded"}
          onClick={() => setOpen(!open)}
        >
          <Icon name={sent > 0 ? "stop" : "alone"} />
          <span>
            <span data-testid="requests">{sent}</span> {sent === 1 ? "request" : "requests"}
            <span className="opt"> since ready{ready && worksOffline() ? " · works offline" : ""}</span>
            {blocked > 0 && ` · ${plural(blocked, "attempt")} refused`}
          </span>
          <Icon name="down" />
        </button>
      </Popover.Target>
      <Popover.Dropdown className="pop trust-pop" aria-label="What leaves this machine">
        <TrustPanel close={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function TrustPanel({ close }: { close: () => void }) {
  const { page, worker, blocked, urls } = useLab((state) => state.requests);
  const sent = page + worker;
  const started = fetchedToStart();
  return (
    <>
      <section>
        <div className="row">
          <h2 className="grow">
            {sent === 0 ? "Nothing has been sent" : `${plural(sent, "request")} went out`}
          </h2>
          <button type="button" className="btn quiet icon" aria-label="Close" data-autofocus onClick={close}>
            <Icon name="close" />
          </button>
        </div>
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
          <a href={hrefOf("verify")} onClick={close}>
            How to verify, and all limits
          </a>
        </p>
      </section>
    </>
  );
}
