import { useEffect, useRef, useState } from "react";
import { aboutDuration } from "../../../core/words/numbers.ts";
import { hrefOf } from "../../state/route.ts";
import { addStudy, draftStudy, showStudy } from "../../state/studies/studies.ts";
import { tableWords } from "../../state/table-words.ts";
import { useLab } from "../../state/use-lab.ts";
import { focusStudy, OpenStudy, useForm } from "./open-study.tsx";
import { QueueBar } from "./queue-bar.tsx";
import { requestOf } from "./request-of.ts";
import { shownStudy } from "./shown-study.ts";
import { StudyList } from "./study-list.tsx";
import { inQueue, queueSeconds } from "./study-words.ts";
import styles from "./studies.module.css";

const ABOUT = "Questions that need many runs. Each gives one picture, one table and one sentence.";

/** Questions that need many runs: the list, the queue, and what was found. */
export function StudiesView() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const table = useLab((state) => state.table);
  const state = useLab(({ studies }) => studies);
  const seed = useLab(({ settings }) => settings.seed);
  const [queue, setQueue] = useState(false);
  const { offer, view } = shownStudy(state);
  const [form, setForm] = useForm(`${offer?.id ?? ""} ${view?.study ?? ""}`, view !== undefined);
  const request = offer && requestOf(offer, view, state.drafts[offer.id], seed);
  const can = request !== undefined && offer?.refused === undefined;
  const add = (): void => {
    if (request === undefined || offer === undefined) return;
    if (form) focusStudy();
    addStudy(request);
    draftStudy(offer.id, request.settings);
    showStudy(offer.id);
    setForm(false);
  };
  if (table === null && state.studies.length === 0) return <NothingOpen heading={heading} />;
  return (
    <div className={styles.view}>
      <div className="head">
        <div className="grow">
          <h1 ref={heading} tabIndex={-1}>
            Studies
          </h1>
          <p className="sub">
            {ABOUT}{" "}
            {table === null ? (
              <>
                <a href={hrefOf("data")}>Open a table</a> to ask one.
              </>
            ) : (
              <>
                On {table.name}, {tableWords(table)}. <a href={hrefOf("data")}>Change</a>
              </>
            )}
          </p>
        </div>
        {can && !form && <AddButton onAdd={add} className={`btn pri ${styles.headAdd}`} testId="add-study" />}
      </div>
      <QueueBar shown={queue} onShow={setQueue} />
      <div className={styles.layout}>
        <StudyList open={offer?.id} />
        {state.offers === undefined && table !== null && state.studies.length === 0 ? (
          <p className="wait">Looking at what can be asked of {table.name}…</p>
        ) : (
          <OpenStudy
            {...(offer && { offer })}
            {...(view && { view })}
            request={request}
            form={form}
            onForm={setForm}
            onAdd={add}
          />
        )}
      </div>
      <Dock
        queue={queue}
        onQueue={setQueue}
        {...(can &&
          !form && { add: <AddButton onAdd={add} className="btn pri" testId="add-study-narrow" /> })}
      />
    </div>
  );
}

interface AddButtonProps {
  readonly onAdd: () => void;
  readonly className: string;
  readonly testId: string;
}

function AddButton({ onAdd, className, testId }: AddButtonProps) {
  return (
    <button type="button" className={className} data-testid={testId} onClick={onAdd}>
      Add to the queue
    </button>
  );
}

interface DockProps {
  readonly queue: boolean;
  readonly onQueue: (shown: boolean) => void;
  readonly add?: React.ReactNode;
}

/** Within reach of a thumb: the queue, and the page's one filled button. */
function Dock({ queue, onQueue, add }: DockProps) {
  const studies = useLab((state) => state.studies.studies);
  const seconds = queueSeconds(studies);
  const some = studies.some(inQueue);
  if (!some && add === undefined) return null;
  return (
    <div className={styles.dock}>
      {some && (
        <button type="button" className="btn" aria-expanded={queue} onClick={() => onQueue(!queue)}>
          Queue
          {seconds !== undefined && `, ${aboutDuration(seconds).replace(/^about /u, "")}`}
        </button>
      )}
      {add}
    </div>
  );
}

function NothingOpen({ heading }: { readonly heading: React.RefObject<HTMLHeadingElement | null> }) {
  return (
    <div className={`wrap ${styles.bare}`}>
      <h1 ref={heading} tabIndex={-1}>
        Studies
      </h1>
      <p className="lede">{ABOUT} Open a table first.</p>
      <div className="acts">
        <a className="btn pri" href={hrefOf("data")}>
          Go to Data
        </a>
      </div>
    </div>
  );
}
