import { useLab } from "../../state/use-lab.ts";
import { cameUnprotected, worksOffline } from "../../state/network/how-served.ts";
import { plural } from "../../../core/words/numbers.ts";
import { Checks } from "../../parts/checks.tsx";

/** How a person can check that nothing leaves, and what is not protected. */
export function VerifyView() {
  const { page, worker, blocked } = useLab((state) => state.requests);
  return (
    <div className="wrap verify">
      <h1>How to verify that nothing leaves this machine</h1>
      <p className="lede">
        {plural(page + worker, "request")} went out since the page was ready, {plural(blocked, "attempt")}{" "}
        refused. These counters are the page's own; the checks below do not depend on them.
      </p>
      <section className="card pad">
        <h2>Check it yourself</h2>
        <Checks />
      </section>
      <section className="card pad">
        <h2>In the browser's own tools</h2>
        <ol className="how">
          <li>
            <b>Network log</b>
            <p>
              F12, Network, tick “Preserve log” and “Disable cache”, then walk through all four steps. Any
              request made by the page or by its worker is listed there; none should be.
            </p>
          </li>
          <li>
            <b>Offline</b>
            <p>
              In the same panel choose “Offline” and reload. The page comes from what the browser has stored,
              and the whole walk still works.
            </p>
          </li>
          <li>
            <b>Try to break it</b>
            <p>
              In the Console, type <code>fetch("https://example.org")</code>,{" "}
              <code>new RTCPeerConnection()</code> or <code>location = "https://example.org"</code>. Each is
              refused, and the number of refused attempts rises.
            </p>
          </li>
        </ol>
      </section>
      <section className="card pad">
        <h2>What is not protected</h2>
        <ul className="limits">
          <li>
            <b>Browser extensions</b> can read every page you open, this one too. For sensitive work use a
            profile without them.
          </li>
          <li>
            <b>What you do in the browser.</b> The page stops its own code from taking the tab elsewhere, not
            you: an address you type, a bookmark or “Open link in new tab” works as always.
            {"navigation" in globalThis
              ? ""
              : " This browser has no Navigation API, so the page cannot stop its own code from sending the tab elsewhere either."}
          </li>
          <li>
            <b>The page's own host.</b> A service worker refuses requests to it as well.
            {worksOffline()
              ? " It is in charge of this page."
              : " There is none in charge of this page: a request to the host that served it would go out, and the counter above would show it."}
          </li>
          <li>
            <b>The machine itself.</b> Whoever can use this computer, its screen or its backups can see what
            you see. If you let the page keep the table or finished runs, they lie encrypted in this browser's
            private files, and the key lies beside them: whoever can use this computer can open them until you
            press “Forget everything”. That overwrites the key where it lies and then removes the files, so
            that what a disk still holds of them is noise. A backup made before, a snapshot of the disk, or a
            flash drive that wrote the key somewhere else can still hold it. What was open stays in this tab's
            memory for half a minute, so that a slip can be undone.
          </li>
          <li>
            <b>What you take away.</b> The synthetic table, the model file and the picture are files like any
            other; the page cannot follow where they go.
          </li>
          <li>
            <b>A model file can be questioned.</b> It holds no row of the real table, but it was fitted to
            those rows: anyone who has it can draw from it without end and test guesses against it.
          </li>
          <li>
            <b>A synthetic table can still leak.</b> Rare combinations may come close to a real patient.
            Compare measures how close, for the attacks it names; what was not measured is not known. A run
            with a privacy guarantee (Train) has a limit that no attack can pass; what Compare shows of it is
            still computed from the real patients.
          </li>
          <li>
            <b>The place the page came from.</b> Whoever serves the page can change it
            {cameUnprotected()
              ? ", and since it came over plain http, so can anyone on the network between"
              : ""}
            . Keep your own copy if that matters.
          </li>
        </ul>
      </section>
    </div>
  );
}
