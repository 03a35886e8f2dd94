import { shippedPolicy } from "../state/network/requests.ts";

/** The directives that decide where data could go, each on its own. */
function directives(policy: string): string[] {
  return policy
    .split(";")
    .map((directive) => directive.trim())
    .filter(Boolean);
}

/** The part of the policy about connections; `default-src` stands in where it says nothing of them. */
function connectRule(policy: string): string | undefined {
  const all = directives(policy);
  return all.find((d) => d.startsWith("connect-src")) ?? all.find((d) => d.startsWith("default-src"));
}

/** Four checks that need no trust in this page's own counters. */
export function Checks({ brief = false }: { brief?: boolean }) {
  const policy = shippedPolicy();
  const rule = connectRule(policy);
  return (
    <ol className="how">
      <li>
        <b>Switch the network off</b>
        <p>Turn off Wi-Fi now and go on: opening, training, comparing and saving all still work.</p>
      </li>
      <li>
        <b>Watch the network log</b>
        <p>Press F12, choose Network, then open a file. The list stays empty.</p>
      </li>
      <li>
        <b>Read the rule the browser enforces</b>
        {rule === undefined ? (
          <p>
            This copy of the page carries no Content-Security-Policy: it was not built for use. Do not open
            patient data in it.
          </p>
        ) : (
          <p>
            <code>{rule}</code> in the page source: the browser refuses requests to any other origin. What a
            policy does not govern, such as calls between browsers and links, the page's first script takes
            away.
          </p>
        )}
        {!brief && policy !== "" && (
          <pre className="policy" aria-label="The whole policy, read from this page">
            {directives(policy).join(";\n")}
          </pre>
        )}
      </li>
      <li>
        <b>Keep your own copy</b>
        <p>
          The page is files and no server program: build it from its source, and serve it from your own
          machine.
        </p>
      </li>
    </ol>
  );
}
