import { confirmPublic, isConfirmed } from "../../../state/guarantee/guarantee.ts";
import { useLab } from "../../../state/use-lab.ts";
import styles from "./guarantee.module.css";

/** The person's word that the list is public; a change of the list asks for it again. */
export function Confirm() {
  const confirmed = useLab(isConfirmed);
  const before = useLab((state) => state.guarantee.confirmed !== undefined);
  const ready = useLab((state) => state.guarantee.offer !== undefined);
  return (
    <div className={styles.confirm}>
      <label className={styles.tick}>
        <input
          type="checkbox"
          checked={confirmed}
          disabled={!ready}
          data-confirm-public
          data-testid="confirm-public"
          onChange={(event) => confirmPublic(event.currentTarget.checked)}
        />
        <span>I confirm that what is listed as public is known without looking at these patients.</span>
      </label>
      <p className="s13 q" role="status">
        {!confirmed && before && "The list has changed since you confirmed it: please read it once more."}
      </p>
    </div>
  );
}
