import { plural } from "../../../core/words/numbers.ts";
import type { StudyOffer, StudyView } from "../../../worker/protocol.ts";
import { hrefOf } from "../../state/route.ts";
import { showStudy } from "../../state/studies/studies.ts";
import { useLab } from "../../state/use-lab.ts";
import { StudyIcon } from "./study-icon.tsx";
import { latestOf, questionsWords, refusedBriefly, stateWords } from "./study-words.ts";
import { aboutDuration } from "../../../core/words/numbers.ts";
import styles from "./studies.module.css";

/** Every question that can be asked, each with where it stands. */
export function StudyList({ open }: { readonly open: StudyOffer["id"] | undefined }) {
  const offers = useLab(({ studies }) => studies.offers);
  const studies = useLab((state) => state.studies.studies);
  if (offers === undefined) return null;
  return (
    <nav className={`card ${styles.list}`} aria-labelledby="questions">
      <h2 id="questions">{questionsWords(offers.length)}</h2>
      <ul>
        {offers.map((offer) => (
          <li key={offer.id} data-worst="">
            {offer.id === "language" ? (
              <LanguageCard offer={offer} />
            ) : (
              <StudyCard offer={offer} latest={latestOf(studies, offer.id)} open={open === offer.id} />
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface StudyCardProps {
  readonly offer: StudyOffer;
  readonly latest: StudyView | undefined;
  readonly open: boolean;
}

function StudyCard({ offer, latest, open }: StudyCardProps) {
  const why = refusedBriefly(offer);
  const table = useLab((state) => state.table?.name);
  return (
    <button
      type="button"
      data-worst-focus=""
      className={styles.question}
      {...(open && { "aria-current": "true" as const })}
      onClick={() => showStudy(latest?.study ?? offer.id)}
    >
      <StudyIcon study={offer.id} />
      <span>
        <b>{offer.name}</b>
        <span className={styles.asks}>{offer.question}</span>
        <span className={styles.facts}>
          {offer.seconds !== undefined && <span>{aboutDuration(offer.seconds)}</span>}
          {latest !== undefined && <State view={latest} />}
          {latest !== undefined && latest.table !== table && <span>of {latest.table}</span>}
          {latest === undefined && offer.refused !== undefined && <span>Not for this table. {why}</span>}
        </span>
      </span>
    </button>
  );
}

const State = ({ view }: { readonly view: StudyView }) => (
  <span data-state={view.state}>{stateWords(view)}</span>
);

function LanguageCard({ offer }: { readonly offer: StudyOffer }) {
  const replies = useLab(({ studies }) => studies.replies?.replies.length ?? 0);
  const latest = useLab(({ studies }) => latestOf(studies.studies, "language"));
  return (
    <a href={hrefOf("language-models")} data-worst-focus="" className={styles.question}>
      <StudyIcon study={offer.id} />
      <span>
        <b>{offer.name}</b>
        <span className={styles.asks}>{offer.question}</span>
        <span className={styles.facts}>
          <span>by you</span>
          {latest !== undefined && <State view={latest} />}
          {replies > 0 && <span data-state="waiting">{plural(replies, "reply", "replies")}</span>}
        </span>
      </span>
    </a>
  );
}
