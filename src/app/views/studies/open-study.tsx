import { useState } from "react";
import { describeFault } from "../../../core/fault.ts";
import type { StudyRequest } from "../../../core/studies/study.ts";
import type { StudyView } from "../../../worker/protocol.ts";
import { Choice } from "../../parts/choice.tsx";
import { Icon } from "../../parts/icon.tsx";
import { draftStudy, removeStudy, showStudy } from "../../state/studies/studies.ts";
import { useLab } from "../../state/use-lab.ts";
import { GridForm } from "./grid-form.tsx";
import { SaveStudy } from "./save-study.tsx";
import { Standing } from "./standing.tsx";
import { SecondTable } from "./second-table.tsx";
import type { ShownStudy } from "./shown-study.ts";
import { Found, FoundTables } from "./study-result.tsx";
import { titleOf, whichWords } from "./study-words.ts";
import styles from "./studies.module.css";

interface OpenStudyProps extends ShownStudy {
  readonly request: StudyRequest | undefined;
  readonly form: boolean;
  readonly onForm: (open: boolean) => void;
  readonly onAdd: () => void;
}

/** The settings whose default is the second table, once there is one. */
const BESIDE: Readonly<Record<string, string>> = { hospitals: "site", transfer: "from" };

/** What was pressed is about to go: the focus moves to the heading rather than to nowhere. */
export const focusStudy = (): void => document.getElementById("open-study")?.focus();

/** The question that is open: what was found, its grid, and the second table where it needs one. */
export function OpenStudy({ offer, view, request, form, onForm, onAdd }: OpenStudyProps) {
  const said = offer ?? view;
  const result = view?.result;
  const open = useLab(({ table }) => table?.name);
  const notAdded = useLab(({ studies }) => studies.faults.add);
  if (said === undefined) return null;
  const refused = offer?.refused;
  return (
    <div className={styles.column}>
      <section className={`card ${styles.section}`} aria-labelledby="open-study">
        <header className={styles.openHead}>
          <h2 id="open-study" tabIndex={-1}>
            {titleOf(said)}
          </h2>
          {view !== undefined && <OtherStudies view={view} />}
          {offer !== undefined && refused === undefined && view !== undefined && (
            <button type="button" className="btn sm" aria-expanded={form} onClick={() => onForm(!form)}>
              Change the grid
            </button>
          )}
          {view !== undefined && result !== undefined && result.cells.done > 0 && (
            <SaveStudy study={view.study} />
          )}
          {view?.state === "done" && (
            <button
              type="button"
              className="btn sm quiet"
              onClick={() => {
                focusStudy();
                removeStudy(view.study);
              }}
            >
              Remove
            </button>
          )}
        </header>
        {!form && notAdded !== undefined && <Refused fault={notAdded} testId="study-not-added" />}
        {view !== undefined && open !== undefined && open !== view.table && (
          <p className={styles.before}>
            What stands below was asked of {view.table}, not of {open}, which is open now.
            {refused === undefined && ` Change the grid or add it to the queue to ask it of ${open}.`}
          </p>
        )}
        {view !== undefined && <Standing view={view} />}
        {view === undefined && refused === undefined && offer !== undefined && (
          <p className={styles.before}>
            Not asked yet. The settings below make a grid of cells: in each, one method learns and its rows
            are measured. First results appear while it runs.
          </p>
        )}
        {refused !== undefined && (view === undefined || view.table !== open) && (
          <Refused fault={refused} testId="study-refused" />
        )}
        {form && offer !== undefined && refused === undefined && request !== undefined && (
          <GridForm
            key={`${offer.id} ${view?.study ?? ""}`}
            offer={offer}
            settings={request.settings}
            request={request}
            onAdd={onAdd}
          />
        )}
        {view !== undefined && result !== undefined && result.cells.done > 0 && (
          <Found key={view.study} result={result} view={view} />
        )}
      </section>
      {(offer?.id === "hospitals" || offer?.id === "transfer") && (
        <SecondTable
          study={offer.id}
          onConfirm={() => {
            const field = offer.fields.find(({ name }) => name === BESIDE[offer.id]);
            if (field === undefined || request === undefined) return;
            draftStudy(offer.id, { ...request.settings, [field.name]: field.default });
            onForm(true);
          }}
        />
      )}
      {result !== undefined && result.cells.done > 0 && <FoundTables result={result} />}
    </div>
  );
}

/** The same question with other settings or on another table. */
function OtherStudies({ view }: { readonly view: StudyView }) {
  const same = useLab(({ studies }) =>
    studies.studies.filter(({ request }) => request.study === view.request.study),
  );
  if (same.length < 2) return null;
  return (
    <Choice
      label="Which study of this question"
      value={view.study}
      options={same.map((one, at) => ({
        value: one.study,
        label: whichWords(one, at),
      }))}
      onChange={showStudy}
    />
  );
}

interface RefusedProps {
  readonly fault: Parameters<typeof describeFault>[0];
  readonly testId: string;
}

export function Refused({ fault, testId }: RefusedProps) {
  const { title, detail, remedy } = describeFault(fault);
  return (
    <div className={styles.standing} data-testid={testId} role="alert">
      <Icon name="stop" />
      <p>
        <b>{title}</b> {detail} {remedy}
      </p>
    </div>
  );
}

/** Whether the grid's form is open: it is where nothing was found yet, until a person says otherwise. */
export function useForm(key: string, asked: boolean): [boolean, (open: boolean) => void] {
  const [said, setSaid] = useState<{ readonly key: string; readonly open: boolean }>();
  return [said?.key === key ? said.open : !asked, (open) => setSaid({ key, open })];
}
