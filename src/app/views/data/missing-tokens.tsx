import { useState } from "react";
import { revise } from "../../state/schema-changes.ts";
import { Icon } from "../../parts/icon.tsx";

/** The cell texts that are read as missing; each but the empty one can be taken away, others added. */
export function MissingTokens({ tokens }: { tokens: readonly string[] }) {
  const [text, setText] = useState("");
  const set = (next: readonly string[]): void => revise({ type: "missing-tokens", tokens: next });
  const add = (event: React.FormEvent): void => {
    event.preventDefault();
    const token = text.trim();
    if (token !== "" && !tokens.includes(token)) set([...tokens, token]);
    setText("");
  };
  return (
    <section>
      <div className="lab">
        <span>Read as missing</span>
      </div>
      <ul className="tokens">
        {tokens.map((token) => (
          <li key={token} className="chip">
            <span className={token === "" ? "" : "m"}>{token === "" ? "empty cell" : token}</span>
            {token !== "" && (
              <button
                type="button"
                aria-label={`No longer read ${token} as missing`}
                onClick={() => set(tokens.filter((t) => t !== token))}
              >
                <Icon name="close" />
              </button>
            )}
          </li>
        ))}
      </ul>
      <form className="add" onSubmit={add}>
        <input
          className="inp"
          aria-label="Another text that means missing"
          placeholder="e.g. unknown"
          maxLength={60}
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" className="btn sm" disabled={text.trim() === ""}>
          Add
        </button>
      </form>
    </section>
  );
}
