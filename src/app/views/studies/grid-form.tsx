import { useEffect, useState } from "react";
import { describeFault } from "../../../core/fault.ts";
import type { StudyRequest, StudySettings } from "../../../core/studies/study.ts";
import type { StudyOffer } from "../../../worker/protocol.ts";
import { draftStudy, estimateStudy } from "../../state/studies/studies.ts";
import { useLab } from "../../state/use-lab.ts";
import { GridField } from "./grid-field.tsx";
import { gridWords } from "./study-words.ts";
import styles from "./studies.module.css";

/** Typing is over after so many milliseconds. */
const STILL_MS = 350;

interface GridFormProps {
  readonly offer: StudyOffer;
  readonly settings: StudySettings;
  readonly request: StudyRequest;
  readonly onAdd: () => void;
  /** the page's one filled button, unless another is */
  readonly filled?: boolean;
}

/** The grid of a study: its settings, how many runs that makes and how long they take. */
export function GridForm({ offer, settings, request, onAdd, filled = true }: GridFormProps) {
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const change = (name: string, bad: boolean): void =>
    setWrong((before) => [...before.filter((one) => one !== name), ...(bad ? [name] : [])]);
  const [resets, setResets] = useState(0);
  const reset = (): void => {
    setWrong([]);
    setResets(resets + 1);
    draftStudy(offer.id, {});
  };
  const old = useEstimate(request, offer, wrong.length === 0);
  return (
    <form
      className={styles.form}
      aria-label={`Grid of ${offer.name}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (wrong.length === 0) onAdd();
      }}
    >
      <div className={styles.fields}>
        {offer.fields.map((field) => (
          <GridField
            key={`${field.name} ${resets}`}
            field={field}
            value={settings[field.name] ?? field.default}
            set={(value) => draftStudy(offer.id, { ...settings, [field.name]: value })}
            setWrong={(bad) => change(field.name, bad)}
          />
        ))}
      </div>
      <div className={styles.formFoot}>
        <Estimate old={old} />
        <button type="button" className="btn quiet" onClick={reset}>
          Back to the defaults
        </button>
        <button
          type="submit"
          className={filled ? "btn pri" : "btn"}
          data-testid="add-study"
          disabled={wrong.length > 0}
        >
          Add to the queue
        </button>
      </div>
    </form>
  );
}

/** Asks how long the grid would take, once it has stood still; whether the answer is of an older grid. */
function useEstimate(request: StudyRequest, offer: StudyOffer, fits: boolean): boolean {
  const asked = JSON.stringify(request);
  const [of, setOf] = useState<{ readonly asked: string; readonly offer: StudyOffer }>();
  useEffect(() => {
    if (!fits) return undefined;
    const timer = setTimeout(() => {
      const parsed: StudyRequest = JSON.parse(asked);
      estimateStudy(parsed);
      setOf({ asked, offer });
    }, STILL_MS);
    return () => clearTimeout(timer);
  }, [asked, offer, fits]);
  return !fits || of?.asked !== asked || of.offer !== offer;
}

function Estimate({ old }: { readonly old: boolean }) {
  const estimate = useLab(({ studies }) => studies.estimate);
  const fault = useLab(({ studies }) => studies.faults.estimate ?? studies.faults.add);
  const asking = useLab(({ studies }) => studies.asked.estimate !== undefined);
  if (fault !== undefined) {
    const { title, detail, remedy } = describeFault(fault);
    return (
      <p className="wrong" role="alert">
        {title} {detail} {remedy}
      </p>
    );
  }
  const words = estimate === undefined ? "…" : gridWords(estimate.cells, estimate.seconds);
  return (
    <p className={styles.estimate} aria-live="polite" data-testid="study-estimate" data-old={asking || old}>
      {words}
    </p>
  );
}
