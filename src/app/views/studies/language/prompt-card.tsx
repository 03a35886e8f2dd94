import { useState } from "react";
import type {
  Prompt,
  PromptChoices,
  PromptLine,
  PromptPack,
} from "../../../../core/studies/language/prompts/prompt-pack.ts";
import { describeFault } from "../../../../core/fault.ts";
import { count, plural } from "../../../../core/words/numbers.ts";
import { Icon } from "../../../parts/icon.tsx";
import { useLab } from "../../../state/use-lab.ts";
import { strategies, withCut } from "./prompt-choices.ts";
import styles from "./language.module.css";

export interface PackProps {
  readonly pack: PromptPack | undefined;
  readonly choices: PromptChoices;
  readonly onChoose: (choices: PromptChoices) => void;
}

/** What goes out, word for word, in one of four strategies. */
export function PromptCard({ pack, choices, onChoose }: PackProps) {
  return (
    <section className="card" aria-label="Prompts">
      <div className={styles.strategies} role="group" aria-label="Strategy">
        {strategies.map(({ id, name, about }) => (
          <button
            key={id}
            type="button"
            aria-pressed={choices.strategy === id}
            onClick={() => onChoose({ ...choices, strategy: id })}
          >
            <b>{name}</b>
            <span>{about}</span>
          </button>
        ))}
      </div>
      <div className={styles.out}>
        {choices.strategy === "by-group" && (
          <GroupColumns pack={pack} choices={choices} onChoose={onChoose} />
        )}
        <Out pack={pack} onCut={(part) => onChoose(withCut(choices, part))} />
      </div>
    </section>
  );
}

/** The columns that groups are made by. */
function GroupColumns({ pack, choices, onChoose }: PackProps) {
  const offered = pack?.groupColumns ?? [];
  if (offered.length === 0) return null;
  const chosen = choices.groups ?? pack?.choices.groups ?? offered.slice(0, 1);
  return (
    <fieldset className={styles.groups}>
      <legend>Groups by</legend>
      {offered.slice(0, 12).map((name) => (
        <label key={name}>
          <input
            type="checkbox"
            checked={chosen.includes(name)}
            disabled={chosen.length === 1 && chosen[0] === name}
            onChange={(event) => {
              const { checked } = event.currentTarget;
              onChoose({
                ...choices,
                groups: offered.filter((one) => (one === name ? checked : chosen.includes(one))),
              });
            }}
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}

interface OutProps {
  readonly pack: PromptPack | undefined;
  readonly onCut: (part: string) => void;
}

function Out({ pack, onCut }: OutProps) {
  const fault = useLab(({ studies }) => studies.faults.prompts);
  const [at, setAt] = useState(0);
  const prompts = pack?.prompts ?? [];
  const prompt = prompts[Math.min(at, prompts.length - 1)];
  const words = fault && describeFault(fault);
  return (
    <>
      <div className={styles.outHead}>
        <h2>This goes out, word for word</h2>
        {prompts.length > 1 && (
          <select
            className="sel"
            aria-label="Which prompt"
            value={prompts.findIndex((one) => one === prompt)}
            onChange={(event) => setAt(Number(event.currentTarget.value))}
          >
            {prompts.map(({ name }, i) => (
              <option key={`${i} ${name}`} value={i}>
                {name}
              </option>
            ))}
          </select>
        )}
        <span className="s13 q">
          <mark className={styles.own}>Underlined</mark>: taken from your table
        </span>
        {prompt !== undefined && <CopyPrompt text={prompt.text} />}
      </div>
      {words !== undefined && (
        <p className="wrong" role="alert">
          {words.title} {words.detail} {words.remedy}
        </p>
      )}
      {prompt !== undefined && <Words prompt={prompt} onCut={onCut} />}
      {prompt === undefined && fault === undefined && (
        <p className="q">{pack === undefined ? "Writing the prompt…" : "There is nothing to ask by here."}</p>
      )}
      {pack?.told.map((note) => (
        <p key={note} className={styles.told}>
          {note}
        </p>
      ))}
    </>
  );
}

function Words({ prompt, onCut }: { readonly prompt: Prompt; readonly onCut: (part: string) => void }) {
  return (
    <>
      <div className={styles.words} tabIndex={0} role="region" aria-label="The prompt" data-testid="prompt">
        {prompt.lines.map((line, i) => (
          <Line key={i} line={line} onCut={onCut} />
        ))}
      </div>
      <p className={styles.foot}>
        {count(prompt.text.length)} characters, sent{" "}
        {prompt.times === 1 ? "once" : plural(prompt.times, "time")}. Click a line to cut it or to put it
        back.
      </p>
    </>
  );
}

function Line({ line, onCut }: { readonly line: PromptLine; readonly onCut: (part: string) => void }) {
  const { id, cut, pieces } = line;
  const words = pieces.map(({ text, table }, i) =>
    table === true ? (
      <mark key={i} className={styles.own}>
        {text}
      </mark>
    ) : (
      <span key={i}>{text}</span>
    ),
  );
  const empty = pieces.every(({ text }) => text === "");
  if (id === undefined) return <p>{empty ? "\u00A0" : words}</p>;
  return (
    <button
      type="button"
      className={styles.line}
      aria-pressed={cut === true}
      title={cut === true ? "Put this line back" : "Cut this line"}
      onClick={() => onCut(id)}
    >
      {cut === true ? (
        <>
          <s>{words}</s> <span className={styles.byYou}>cut by you</span>
        </>
      ) : (
        words
      )}
    </button>
  );
}

function CopyPrompt({ text }: { readonly text: string }) {
  const [copied, setCopied] = useState<string>();
  // A page over plain http has no clipboard.
  if (!("clipboard" in navigator)) return null;
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(text),
      () => setCopied(undefined),
    );
  };
  return (
    <button type="button" className="btn sm" onClick={copy} data-testid="copy-prompt">
      <Icon name={copied === text ? "check" : "copy"} />
      {copied === text ? "Copied" : "Copy"}
    </button>
  );
}
