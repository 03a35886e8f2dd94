import { useEffect, useRef, useState } from "react";
import { plural } from "../../../../core/words/numbers.ts";
import { Icon } from "../../../parts/icon.tsx";
import { hrefOf } from "../../../state/route.ts";
import { askPrompts } from "../../../state/studies/studies.ts";
import { tableWords } from "../../../state/table-words.ts";
import { useLab } from "../../../state/use-lab.ts";
import { BesideSection } from "./beside-section.tsx";
import { PromptCard } from "./prompt-card.tsx";
import { BatchesCard, PartsCard } from "./prompt-parts.tsx";
import { usualChoices } from "./prompt-choices.ts";
import { RepliesSection } from "./replies-section.tsx";
import styles from "./language.module.css";

const PROMISE = (
  <p className={styles.promise}>
    <Icon name="alone" />
    <span>
      <b>This page never talks to a language model.</b> It writes a prompt; you take it wherever you like and
      bring the replies back. What the model’s owner does with the prompt is outside this page.
    </span>
  </p>
);

/** Does a language model do better? Prompts go out by hand, replies come back by hand, and are measured as any other rows. */
export function LanguageView() {
  const table = useLab((state) => state.table);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const title = (
    <h1 ref={heading} tabIndex={-1}>
      <a href={hrefOf("studies")} className={styles.crumb}>
        Studies
      </a>{" "}
      <span className={styles.slash}>/</span> Does a language model do better?
    </h1>
  );
  if (table === null)
    return (
      <div className={`wrap ${styles.view}`}>
        {title}
        <p className="lede">Open a table first: the prompts are made from its columns.</p>
        {PROMISE}
        <div className="acts">
          <a className="btn pri" href={hrefOf("data")}>
            Go to Data
          </a>
        </div>
      </div>
    );
  const columns = plural(table.schema.columns.length, "column");
  return (
    <div className={styles.view}>
      <div className="head">
        <div className="grow">
          {title}
          <p className="sub">
            {table.name}, {tableWords(table)}, {columns}. Two things to do: take the prompts out, bring the
            replies back.
          </p>
        </div>
      </div>
      {PROMISE}
      <Room key={`${table.name} ${table.rows}`} />
    </div>
  );
}

function Room() {
  const pack = useLab(({ studies }) => studies.pack);
  const table = useLab((state) => state.table);
  const [choices, setChoices] = useState(pack?.choices ?? usualChoices);
  useEffect(() => askPrompts(choices), [choices, table]);
  return (
    <div className={styles.body}>
      <div className={styles.layout}>
        <PromptCard pack={pack} choices={choices} onChoose={setChoices} />
        <div className={styles.side}>
          <PartsCard pack={pack} choices={choices} onChoose={setChoices} />
          <BatchesCard pack={pack} choices={choices} onChoose={setChoices} />
        </div>
      </div>
      <RepliesSection choices={choices} />
      <BesideSection />
    </div>
  );
}
