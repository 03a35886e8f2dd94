import { takeWay, type RuleLine } from "../../../state/rules/rules.ts";
import type { RuleList } from "../../../../worker/protocol.ts";
import { plural } from "../../../../core/words/numbers.ts";
import { Icon } from "../../../parts/icon.tsx";
import styles from "./rules.module.css";

/** More are named once these are settled. */
const SHOWN = 3;

const whose = ({ rule, held, support }: RuleLine): string =>
  [rule.by === "found" ? "found" : "set by you", support === undefined ? "" : `held in ${held}`]
    .filter(Boolean)
    .join(", ");

/** Rules that are on and cannot be kept, each with its ways out. */
export function RuleTroubles({ list: { troubles, lines } }: { list: RuleList }) {
  if (troubles.length === 0) return null;
  return (
    <>
      {troubles.slice(0, SHOWN).map(({ title, detail, rules, ways }) => (
        <section key={`${title} ${rules.join()}`} className={styles.trouble} role="alert">
          <h2>
            <Icon name="stop" />
            {title}
          </h2>
          <p>{detail} Training waits until this is settled.</p>
          <ul className={styles.about}>
            {lines
              .filter((_, at) => rules.includes(at))
              .map((line) => (
                <li key={line.index}>
                  Rule {line.index}: {whose(line)}
                </li>
              ))}
          </ul>
          <div className={styles.ways}>
            {ways.map((way) => (
              <button key={way.words} type="button" className="btn" onClick={() => takeWay(way)}>
                {way.words}
              </button>
            ))}
          </div>
        </section>
      ))}
      {troubles.length > SHOWN && (
        <p className="q s13">{plural(troubles.length - SHOWN, "more thing")} to settle after these.</p>
      )}
    </>
  );
}
