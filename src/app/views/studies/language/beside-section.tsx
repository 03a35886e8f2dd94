import { aboutDuration } from "../../../../core/words/numbers.ts";
import { addStudy, draftStudy } from "../../../state/studies/studies.ts";
import { useLab } from "../../../state/use-lab.ts";
import { GridForm } from "../grid-form.tsx";
import { Refused, useForm } from "../open-study.tsx";
import { Standing } from "../standing.tsx";
import { requestOf } from "../request-of.ts";
import { SaveStudy } from "../save-study.tsx";
import { Found, FoundTables } from "../study-result.tsx";
import { latestOf, refusedWords } from "../study-words.ts";
import styles from "./language.module.css";

/** The rows that were kept beside the methods of this page: a study as the others are. */
export function BesideSection() {
  const offer = useLab(({ studies }) => studies.offers?.find(({ id }) => id === "language"));
  const view = useLab(({ studies }) => latestOf(studies.studies, "language"));
  const draft = useLab(({ studies }) => studies.drafts["language"]);
  const seed = useLab(({ settings }) => settings.seed);
  const notAdded = useLab(({ studies }) => studies.faults.add);
  const [form, setForm] = useForm(`language ${view?.study ?? ""}`, true);
  if (offer === undefined && view === undefined) return null;
  const result = view?.result !== undefined && view.result.cells.done > 0 ? view.result : undefined;
  const request = offer && requestOf(offer, view, draft, seed);
  const why = offer && refusedWords(offer);
  const add = (): void => {
    if (request === undefined) return;
    if (form) document.getElementById("beside")?.focus();
    addStudy(request);
    draftStudy("language", request.settings);
    setForm(false);
  };
  return (
    <>
      <section className={`card ${styles.section}`} aria-labelledby="beside">
        <header className={styles.besideHead}>
          <h2 id="beside" tabIndex={-1}>
            Beside the other methods
          </h2>
          {request !== undefined && why === undefined && (
            <>
              <button type="button" className="btn sm" aria-expanded={form} onClick={() => setForm(!form)}>
                Change the grid
              </button>
              {!form && (
                <button type="button" className="btn sm" data-testid="add-language" onClick={add}>
                  Add to the queue
                  {offer?.seconds !== undefined && `, ${aboutDuration(offer.seconds)}`}
                </button>
              )}
            </>
          )}
          {view !== undefined && result !== undefined && <SaveStudy study={view.study} />}
        </header>
        {!form && notAdded !== undefined && <Refused fault={notAdded} testId="study-not-added" />}
        {view === undefined && (
          <p className="q">
            {why ??
              "The rows that were kept are measured as those of any method are, on patients that no method has seen."}
          </p>
        )}
        {view !== undefined && <Standing view={view} />}
        {view !== undefined && result !== undefined && <Found key={view.study} result={result} view={view} />}
        {form && offer !== undefined && request !== undefined && why === undefined && (
          <GridForm offer={offer} settings={request.settings} request={request} onAdd={add} filled={false} />
        )}
      </section>
      {result !== undefined && <FoundTables result={result} />}
    </>
  );
}
