import { useEffect, useId, useRef, useState } from "react";
import type { PromptChoices, PromptStrategy } from "../../../../core/studies/language/prompts/prompt-pack.ts";
import type { Collapse, RepliesView } from "../../../../core/studies/language/replies/replies-view.ts";
import { describeFault } from "../../../../core/fault.ts";
import { count, plural } from "../../../../core/words/numbers.ts";
import type { GivenReply } from "../../../../worker/protocol.ts";
import { Icon } from "../../../parts/icon.tsx";
import { NumberField } from "../../../parts/number-field.tsx";
import { isTyping } from "../../../parts/is-typing.ts";
import { addReplies } from "../../../state/studies/studies.ts";
import { useLab } from "../../../state/use-lab.ts";
import { strategies, strategyName } from "./prompt-choices.ts";
import { RepliesTable } from "./replies-table.tsx";
import styles from "./language.module.css";

/** More than a reply of 500 rows ever asks for. */
const MOST_ASKED = 50_000;

/** Replies come back: dropped, pasted or opened; what was kept of each, and why the rest was not. */
export function RepliesSection({ choices }: { readonly choices: PromptChoices }) {
  const replies = useLab(({ studies }) => studies.replies);
  const fault = useLab(({ studies }) => studies.faults.replies);
  const reading = useLab(({ studies }) => studies.asked.replies !== undefined);
  const kept = useFocusOnKept(replies);
  const words = fault && describeFault(fault);
  const some = replies !== undefined && replies.replies.length > 0;
  return (
    <section className={`card ${styles.section}`} aria-labelledby="replies" aria-busy={reading}>
      <header>
        <h2 id="replies">Replies</h2>
        <p>Refusals and lost rows are results too</p>
      </header>
      <AddReplies key={`${choices.strategy} ${choices.rows}`} choices={choices} />
      {reading && (
        <p className={styles.told} role="status">
          Reading the replies…
        </p>
      )}
      {words !== undefined && (
        <p className="wrong" role="alert">
          {words.title} {words.detail} {words.remedy}
        </p>
      )}
      {some ? (
        <>
          <RepliesTable replies={replies} kept={kept} />
          <Alike replies={replies} />
          <Repeats collapse={replies.collapse} />
          <Invented replies={replies} />
        </>
      ) : (
        !reading && <p className={styles.told}>No reply has come back yet.</p>
      )}
    </section>
  );
}

/** After replies were added the focus goes to how many rows were kept. */
function useFocusOnKept(replies: RepliesView | undefined): React.RefObject<HTMLElement | null> {
  const kept = useRef<HTMLElement>(null);
  const before = useRef(replies?.replies.length ?? 0);
  const now = replies?.replies.length ?? 0;
  useEffect(() => {
    if (now > before.current) kept.current?.focus();
    before.current = now;
  }, [now]);
  return kept;
}

function AddReplies({ choices }: { readonly choices: PromptChoices }) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [strategy, setStrategy] = useState<PromptStrategy>(choices.strategy);
  const [asked, setAsked] = useState(choices.rows);
  const [pasting, setPasting] = useState(false);
  const give = (sources: readonly { name: string; source: GivenReply["source"] }[]): void => {
    if (sources.length > 0) addReplies(sources.map((one) => ({ ...one, strategy, asked })));
  };
  const over = useRepliesAnywhere(give);
  return (
    <div className={styles.paste} data-over={over || undefined}>
      <p className="grow">
        Drop reply files here or paste one with Ctrl V. Chatter, code fences, other headers and units in cells
        are dealt with and counted.
      </p>
      <div className={styles.replyTo}>
        <label htmlFor={`${id}-strategy`}>Asked by</label>
        <select
          id={`${id}-strategy`}
          className="sel"
          value={strategy}
          onChange={(event) => {
            const chosen = strategies.find((one) => one.id === event.currentTarget.value);
            if (chosen) setStrategy(chosen.id);
          }}
        >
          {strategies.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
        <label htmlFor={`${id}-asked`}>for rows</label>
        <NumberField id={`${id}-asked`} value={asked} min={1} max={MOST_ASKED} whole set={setAsked} />
      </div>
      <div className={styles.give}>
        <button type="button" className="btn sm" aria-expanded={pasting} onClick={() => setPasting(!pasting)}>
          Paste text
        </button>
        <input
          ref={input}
          className="vh"
          type="file"
          multiple
          tabIndex={-1}
          aria-label="Open reply files"
          data-testid="open-replies"
          onChange={(event) => {
            const { currentTarget } = event;
            give([...(currentTarget.files ?? [])].map((file) => ({ name: file.name, source: file })));
            currentTarget.value = "";
          }}
        />
        <button type="button" className="btn pri" onClick={() => input.current?.click()}>
          <Icon name="plus" />
          Add replies
        </button>
      </div>
      {pasting && <PasteBox onGive={(text) => give([{ name: pastedName(), source: text }])} />}
    </div>
  );
}

let pasted = 0;
const pastedName = (): string => `pasted reply ${++pasted}`;

/** For who would rather see what is pasted, and where a keyboard has no Ctrl V. */
function PasteBox({ onGive }: { readonly onGive: (text: string) => void }) {
  const [text, setText] = useState("");
  return (
    <div className={styles.pasteBox}>
      <textarea
        aria-label="The reply, as the model wrote it"
        rows={6}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <button
        type="button"
        className="btn sm"
        disabled={text.trim() === ""}
        onClick={() => {
          onGive(text);
          setText("");
        }}
      >
        Take this reply
      </button>
    </div>
  );
}

type Give = (sources: readonly { name: string; source: GivenReply["source"] }[]) => void;

/** Files dropped anywhere in this room and text pasted outside of fields are replies. */
function useRepliesAnywhere(give: Give): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef(give);
  useEffect(() => {
    latest.current = give;
  });
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const holdsFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
    const onPaste = (event: ClipboardEvent): void => {
      if (isTyping(event.target)) return;
      const files = [...(event.clipboardData?.files ?? [])];
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (files.length > 0) latest.current(files.map((file) => ({ name: file.name, source: file })));
      else if (text.trim() !== "") latest.current([{ name: pastedName(), source: text }]);
    };
    const onDrop = (event: DragEvent): void => {
      setOver(false);
      if (holdsFile(event))
        latest.current(
          [...(event.dataTransfer?.files ?? [])].map((file) => ({ name: file.name, source: file })),
        );
    };
    addEventListener("paste", onPaste, { signal });
    addEventListener("drop", onDrop, { signal });
    addEventListener("dragover", (event) => setOver(holdsFile(event)), { signal });
    addEventListener("dragleave", (event) => event.relatedTarget === null && setOver(false), { signal });
    return () => stop.abort();
  }, []);
  return over;
}

/** Rows that equal a real patient nearly everywhere: told, never shown. */
function Alike({ replies }: { readonly replies: RepliesView }) {
  return replies.alike.map((sentence) => (
    <p key={sentence} className={styles.alike}>
      <Icon name="triangle" />
      <span>{sentence}</span>
    </p>
  ));
}

/** How much the rows of each strategy repeat themselves: the columns where it shows most. */
function Repeats({ collapse }: { readonly collapse: readonly Collapse[] }) {
  if (collapse.length === 0) return null;
  return (
    <div className={styles.repeats}>
      <h3>How far the rows repeat themselves</h3>
      <ul>
        {collapse.map(({ strategy, rows, distinctRows, columns }) => {
          const worst = columns
            .filter(({ real }) => real > 1)
            .toSorted((a, b) => a.distinct / a.real - b.distinct / b.real)
            .slice(0, 3);
          return (
            <li key={strategy}>
              <b>{strategyName(strategy)}:</b> {count(distinctRows)} of {plural(rows, "row")} are distinct.
              {worst.map(({ name, distinct, real }) => (
                <span key={name}>
                  {" "}
                  {name} has {plural(distinct, "value")} where as many real rows have {count(real)}.
                </span>
              ))}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Invented({ replies }: { readonly replies: RepliesView }) {
  if (replies.invented.length === 0) return null;
  return (
    <div className={styles.repeats}>
      <h3>Unknown levels: invented, or those of fewer than 5 patients</h3>
      <ul>
        {replies.invented.map(({ column, levels, rows }) => (
          <li key={column}>
            <b>{column}:</b> {levels.map((level) => `“${level}”`).join(", ")} in {plural(rows, "row")}
          </li>
        ))}
      </ul>
    </div>
  );
}
