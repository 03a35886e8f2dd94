import { useCallback, useEffect, useId, useRef } from "react";
import type { CohortInfo } from "../../../../core/clinic/cohorts/cohort.ts";
import { count } from "../../../../core/words/numbers.ts";
import { openCohort } from "../../../state/files/opening.ts";
import { drawCohorts, showClimb } from "../../../state/start/start.ts";
import { useLab } from "../../../state/use-lab.ts";
import { Icon } from "../../../parts/icon.tsx";
import { useEscape } from "../../../parts/use-escape.ts";
import { ClimbPanel } from "./climb-panel.tsx";
import { CohortPicture } from "./cohort-picture.tsx";
import styles from "./start.module.css";

/** Simulated cohorts: a picture and a sentence each. One opens its climb under all of them. */
export function Gallery() {
  const cohorts = useLab((state) => state.cohorts);
  const connected = useLab((state) => state.connected);
  const open = useLab((state) => state.start.open);
  const panel = useId();
  const faces = useRef(new Map<string, HTMLButtonElement>());
  useDrawn();
  const leave = useCallback(() => {
    if (open === undefined) return;
    showClimb(undefined);
    faces.current.get(open)?.focus();
  }, [open]);
  useEscape(leave);
  const shown = cohorts.find(({ id }) => id === open);
  return (
    <>
      <div className={styles.or}>
        <h2>No data at hand?</h2>
        <span className="q s13">
          Start with a simulated cohort. No real patient is behind any row; every number has a published
          source.
        </span>
      </div>
      <div className={styles.cohorts} aria-busy={!connected}>
        {!connected && <p className="q s13">Getting the lab ready…</p>}
        {cohorts.map((cohort) => (
          <Card
            key={cohort.id}
            cohort={cohort}
            open={cohort.id === open}
            panel={panel}
            hold={(face) => {
              if (face === null) faces.current.delete(cohort.id);
              else faces.current.set(cohort.id, face);
            }}
          />
        ))}
      </div>
      {shown !== undefined && <ClimbPanel key={shown.id} id={panel} cohort={shown} close={leave} />}
    </>
  );
}

/** Pictures are drawn when the page has nothing else to do. */
function useDrawn(): void {
  const ready = useLab((state) => state.ready && state.connected);
  useEffect(() => {
    if (!ready) return undefined;
    const timer = setTimeout(drawCohorts, 50);
    return () => clearTimeout(timer);
  }, [ready]);
}

interface CardProps {
  readonly cohort: CohortInfo;
  readonly open: boolean;
  /** id of the panel that it opens */
  readonly panel: string;
  readonly hold: (face: HTMLButtonElement | null) => void;
}

function Card({ cohort, open, panel, hold }: CardProps) {
  const { id, name, summary, usual } = cohort;
  const picture = useLab((state) => state.start.pictures[id]);
  const [named, about] = [useId(), useId()];
  return (
    <article className={`card ${styles.cohort}`} data-open={open || undefined}>
      <button
        ref={hold}
        type="button"
        className={styles.face}
        aria-expanded={open}
        aria-labelledby={named}
        aria-describedby={about}
        {...(open && { "aria-controls": panel })}
        data-testid={`climb-${id}`}
        onClick={() => showClimb(open ? undefined : id)}
      >
        <CohortPicture picture={picture} />
        <span className={styles.caption}>{picture?.caption ?? cohort.picture}</span>
        <span id={named} className={styles.name}>
          {name}
        </span>
        <span id={about} className={styles.about}>
          {summary}
        </span>
        <span className={styles.levelsHint} aria-hidden="true">
          Levels and sizes
          <Icon name="down" />
        </span>
      </button>
      <button
        type="button"
        className={`link ${styles.usual}`}
        data-testid={id === "heart-failure" ? "sample-cohort" : `sample-cohort-${id}`}
        onClick={() => openCohort(id)}
      >
        Open {count(usual.patients)} patients<span className="vh">: {name}</span>
      </button>
    </article>
  );
}
