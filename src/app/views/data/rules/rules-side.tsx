import { JsonDoor } from "../../../parts/json-door.tsx";
import { describeFault } from "../../../../core/fault.ts";
import type { ColumnSchema } from "../../../../core/table/table.ts";
import { backToFound, dismissRulesFile, saveRules, takeSavedRules } from "../../../state/rules/rules.ts";
import { useLab } from "../../../state/use-lab.ts";
import { Icon } from "../../../parts/icon.tsx";
import { moreOffers, offers, RuleMark, ruled, type Beginning, type Offer } from "./rule-kinds.tsx";
import styles from "./rules.module.css";

interface RulesSideProps {
  readonly columns: readonly ColumnSchema[];
  readonly begin: (beginning: Beginning) => void;
}

/** Kinds of rules to begin, and rules as files. */
export function RulesSide({ columns, begin }: RulesSideProps) {
  const known = ruled(columns);
  return (
    <>
      <section aria-label="Add a rule">
        <h3>Add a rule</h3>
        <Offers list={offers} begin={(offer) => begin(offer.begin(known))} />
        <details className={styles.more}>
          <summary className="s13">More kinds</summary>
          <Offers list={moreOffers} begin={(offer) => begin(offer.begin(known))} />
        </details>
      </section>
      <Files />
    </>
  );
}

function Offers({ list, begin }: { list: readonly Offer[]; begin: (offer: Offer) => void }) {
  return (
    <div className={styles.offers}>
      {list.map((offer) => (
        <button key={offer.id} type="button" onClick={() => begin(offer)}>
          <RuleMark mark={offer.mark} />
          {offer.label}
        </button>
      ))}
    </div>
  );
}

function Files() {
  const any = useLab((state) => (state.rules.list?.lines.length ?? 0) > 0);
  const changed = useLab((state) => state.rules.choices.length > 0);
  const file = useLab((state) => state.rules.file);
  return (
    <section aria-label="Saved rules">
      <div className={styles.links}>
        <button
          type="button"
          className="link"
          data-testid="save-rules"
          disabled={!any}
          onClick={() => void saveRules()}
        >
          Save rules (JSON)
        </button>
        <JsonDoor
          words="Use saved rules"
          label="Open saved rules"
          testId="open-rules"
          className="link"
          take={(file) => void takeSavedRules(file)}
        />
        {changed && (
          <button type="button" className="link" onClick={backToFound}>
            Back to what was found
          </button>
        )}
      </div>
      {file?.fault !== undefined && (
        <div className={styles.wrong} role="alert">
          <p>
            <Icon name="stop" /> {Object.values(describeFault(file.fault)).join(" ")} The rules are as they
            were.
          </p>
          <button type="button" className="link s13" onClick={dismissRulesFile}>
            Close
          </button>
        </div>
      )}
      <p className="q s13">
        What holds in the training rows is counted again in held-out and synthetic rows on the Compare page.
      </p>
    </section>
  );
}
