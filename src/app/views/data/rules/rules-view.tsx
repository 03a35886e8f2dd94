import { useState, type ReactNode } from "react";
import { describeFault, type Fault } from "../../../../core/fault.ts";
import type { RuleList, TableView } from "../../../../worker/protocol.ts";
import { count, plural } from "../../../../core/words/numbers.ts";
import {
  askRules,
  redoRules,
  stopLooking,
  switchFound,
  undoRules,
  type RuleLine,
} from "../../../state/rules/rules.ts";
import { useLab } from "../../../state/use-lab.ts";
import { Icon } from "../../../parts/icon.tsx";
import { UndoButtons } from "../undo-buttons.tsx";
import { TrainButton } from "../train-button.tsx";
import { ClinicalRules } from "./clinical-rules.tsx";
import { RuleEditor } from "./rule-editor.tsx";
import { offers, type Beginning } from "./rule-kinds.tsx";
import { RuleRow } from "./rule-row.tsx";
import { RuleTroubles } from "./rule-troubles.tsx";
import { RulesSide } from "./rules-side.tsx";
import styles from "./rules.module.css";

/** What is being written: a rule of the list, or one that begins. */
type Editing =
  | { readonly text: string; readonly begin?: undefined }
  | { readonly begin: Beginning; readonly number: number };

/** The rules of the open table: found, nearly kept and set by the person. */
export function RulesView({ table, tabs }: { table: TableView; tabs: ReactNode }) {
  const rules = useLab((state) => state.rules);
  const [editing, setEditing] = useState<Editing | undefined>();
  const { list } = rules;
  const line =
    editing?.begin === undefined ? list?.lines.find(({ rule }) => rule.text === editing?.text) : undefined;
  const { columns } = table.schema;
  const begin = (start: Beginning): void =>
    setEditing((before) => ({
      begin: start,
      number: before?.begin === undefined ? 1 : before.number + 1,
    }));
  const asText = offers.find(({ id }) => id === "text");
  return (
    <div className="data-view">
      <div className="head">
        <div className="grow">
          <h1>{title(list)}</h1>
          <p className="sub">{sub(table, list)}</p>
        </div>
        <div className="dock">
          <button
            type="button"
            className="btn"
            data-testid="add-rule"
            onClick={() => asText !== undefined && begin(asText.begin(columns))}
          >
            <Icon name="plus" />
            Add a rule
          </button>
          <TrainButton />
        </div>
      </div>
      <div className={`main ${styles.main}`}>
        <div className={styles.stack}>
          {list !== undefined && <RuleTroubles list={list} />}
          <section className="card tbl" aria-label="Rules" aria-busy={rules.job !== undefined}>
            <Rules
              tabs={tabs}
              list={list}
              fault={rules.fault}
              opened={line?.rule.text}
              edit={(of) => setEditing(of.rule.text === line?.rule.text ? undefined : { text: of.rule.text })}
            />
          </section>
          <ClinicalRules />
        </div>
        <aside className={`card side ${styles.side}`} aria-label="Rule being written">
          {editing !== undefined && (line !== undefined || editing.begin !== undefined) && (
            <RuleEditor
              key={line?.rule.text ?? (editing.begin === undefined ? "" : `new ${editing.number}`)}
              {...(line && { line })}
              begin={editing.begin ?? { example: "" }}
              columns={columns}
              close={() => setEditing(undefined)}
            />
          )}
          <RulesSide columns={columns} begin={begin} />
        </aside>
      </div>
    </div>
  );
}

function title(list: RuleList | undefined): string {
  if (list === undefined) return "Rules of this table";
  const found = list.lines.filter(({ group }) => group === "found").length;
  const own = list.lines.filter(({ group }) => group === "person").length;
  const bad = new Set(list.troubles.flatMap(({ rules }) => rules)).size;
  const parts = [
    found === 0 ? "No rule found" : `${plural(found, "rule")} found`,
    ...(own > 0 ? [`${count(own)} set by you`] : []),
  ];
  return `${parts.join(", ")}${bad > 0 ? `; ${count(bad)} to settle` : ""}`;
}

function sub(table: TableView, list: RuleList | undefined): string {
  const shape = `${table.name}, ${plural(table.rows, "row")}, ${plural(table.columns.length, "column")}.`;
  if (list === undefined) return shape;
  const rows = plural(list.rows, "training row");
  const found = list.lines.some(({ rule }) => rule.by === "found");
  return `${shape} ${found ? `Found in the ${rows}; rules that hold in all of them are on.` : `Looked for in the ${rows}.`}`;
}

interface RulesProps {
  readonly tabs: ReactNode;
  readonly list: RuleList | undefined;
  readonly fault: Fault | undefined;
  /** the text of the rule being edited */
  readonly opened: string | undefined;
  readonly edit: (line: RuleLine) => void;
}

function Rules({ tabs, list, fault, opened, edit }: RulesProps) {
  const [find, setFind] = useState("");
  const wanted = find.trim().toLowerCase();
  const shown = list?.lines.filter(({ words, rule, kind }) =>
    `${words}\n${rule.text}\n${kind}`.toLowerCase().includes(wanted),
  );
  const bad = new Set(list?.troubles.flatMap(({ rules }) => rules.map((at) => at + 1)));
  const common = { opened, bad, edit };
  const of = (group: RuleLine["group"]): { lines: readonly RuleLine[]; named: boolean } => ({
    lines: shown?.filter((line) => line.group === group) ?? [],
    named: shown?.[0]?.group === group,
  });
  return (
    <>
      <div className="tools-row">
        {tabs}
        <RulesUndo />
        <label className={`find ${styles.find}`}>
          <Icon name="find" />
          <input
            type="search"
            autoComplete="off"
            placeholder="Find a column or rule"
            aria-label="Find a column or rule"
            value={find}
            data-key="/"
            onChange={(event) => setFind(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === "Escape") setFind("");
            }}
          />
        </label>
      </div>
      {list === undefined ? (
        <Looking fault={fault} />
      ) : list.lines.length === 0 ? (
        <p className="wait" data-testid="no-rule">
          No rule holds in all {plural(list.rows, "training row")} beyond what chance would give. You can set
          one yourself.
        </p>
      ) : shown?.length === 0 ? (
        <p className="wait">
          No rule has “{find}” in it.{" "}
          <button type="button" className="link" onClick={() => setFind("")}>
            Show all {plural(list.lines.length, "rule")}
          </button>
        </p>
      ) : (
        <>
          <Group title="Found in the data" {...of("found")} {...common} all={<SwitchAll list={list} />}>
            held in every training row
          </Group>
          <Group title="Nearly always hold" {...of("nearly")} {...common}>
            off until you say that the exceptions are errors
          </Group>
          <Group title="Set by you" {...of("person")} {...common} />
        </>
      )}
    </>
  );
}

function RulesUndo() {
  const { past, future } = useLab((state) => state.rules.history);
  const counting = useLab((state) => state.rules.job !== undefined && state.rules.list !== undefined);
  return (
    <UndoButtons
      {...(past.length > 0 && { undo: "the last change to the rules" })}
      {...(future.length > 0 && { redo: "the change to the rules" })}
      onUndo={undoRules}
      onRedo={redoRules}
      status={counting ? "Counting…" : ""}
    />
  );
}

/** The search under way, or why it has no answer. */
function Looking({ fault }: { fault: Fault | undefined }) {
  if (fault !== undefined) {
    const { title: what, detail } = describeFault(fault);
    return (
      <p className="wait" role="status">
        {fault.code === "cancelled"
          ? "The search was stopped. A run looks for rules by itself before it trains."
          : `${what} ${detail}`}{" "}
        <button type="button" className="link" onClick={askRules}>
          Look again
        </button>
      </p>
    );
  }
  return (
    <div className={styles.looking}>
      <p className="wait" role="status">
        Looking for rules in the training rows…{" "}
        <button type="button" className="link" onClick={stopLooking}>
          Stop
        </button>
      </p>
      <div className="sks" aria-hidden="true">
        {[0, 1, 2, 3].map((i) => (
          <div key={i}>
            <span />
            <span />
            <span />
            <span />
            <span />
          </div>
        ))}
      </div>
    </div>
  );
}

/** What stands in the columns of the list. */
const Names = () => (
  <div className={styles.names} aria-hidden="true">
    <span>On</span>
    <span />
    <span>Kind</span>
    <span>Rule</span>
    <span>Held in</span>
    <span>How it is kept</span>
    <span />
  </div>
);

function SwitchAll({ list }: { list: RuleList }) {
  const found = list.lines.filter(({ group }) => group === "found");
  const on = found.some(({ rule }) => rule.on);
  if (found.length === 0) return null;
  return (
    <button type="button" className="link" onClick={() => switchFound(!on)}>
      Switch all {on ? "off" : "on"}
    </button>
  );
}

interface GroupProps {
  readonly title: string;
  readonly lines: readonly RuleLine[];
  readonly opened: string | undefined;
  readonly bad: ReadonlySet<number>;
  readonly edit: (line: RuleLine) => void;
  readonly all?: ReactNode;
  /** it is the first, and says what stands in the columns */
  readonly named: boolean;
  readonly children?: ReactNode;
}

/** Wide tables have hundreds of rules: so many are drawn at first. */
const AT_FIRST = 50;

function Group({ title: heading, lines, opened, bad, edit, all, named, children }: GroupProps) {
  const [whole, setWhole] = useState(false);
  if (lines.length === 0) return null;
  const shown = whole ? lines : lines.filter(({ index }, i) => i < AT_FIRST || bad.has(index));
  return (
    <section className={styles.group} aria-label={heading}>
      <header>
        <h2>{heading}</h2>
        <span className="q">
          {count(lines.length)}
          {children !== undefined && <>, {children}</>}
        </span>
        <span className="grow" />
        {all}
      </header>
      {named && <Names />}
      <ul className={styles.rules}>
        {shown.map((line) => (
          <RuleRow
            key={`${line.rule.by} ${line.rule.text}`}
            line={line}
            open={opened === line.rule.text}
            bad={bad.has(line.index)}
            edit={edit}
          />
        ))}
      </ul>
      {shown.length < lines.length && (
        <p className="hint under">
          <button type="button" className="link" onClick={() => setWhole(true)}>
            Show all {count(lines.length)}
          </button>
        </p>
      )}
    </section>
  );
}
