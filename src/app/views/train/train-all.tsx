import { createStore, useStore } from "zustand";
import { trainAll } from "../../state/training.ts";
import { limited } from "../../state/guarantee/guarantee.ts";
import { synthesizersNow } from "../../state/runs.ts";
import { whatToSettle } from "../../state/rules/rules.ts";
import { useLab } from "../../state/use-lab.ts";
import { plural } from "../../../core/words/numbers.ts";
import { Icon } from "../../parts/icon.tsx";
import { expectedWords, totalOf, totalWords } from "./expected-words.ts";

const MOST_SEEDS = 5;

/** Which synthesizers are left out and how many seeds each gets; kept while the page is open. */
const choice = createStore<{ without: readonly string[]; seeds: number }>(() => ({ without: [], seeds: 1 }));

/** Every synthesizer, or those ticked, each with one or more seeds, on one split; then the leaderboard. */
export function TrainAll() {
  const { without, seeds } = useStore(choice);
  const all = useLab((state) => synthesizersNow(state).map(({ id }) => id));
  const limit = useLab(limited);
  const hasTable = useLab((state) => state.table !== null);
  const settle = useLab(whatToSettle);
  const chosen = all.filter((id) => !without.includes(id));
  const runs = Array.from({ length: seeds }, () => chosen).flat();
  const total = useLab((state) => totalWords(totalOf(state, runs)));
  // With a limit each run would spend of the same table's budget.
  if (!hasTable || all.length < 2 || limit) return null;
  const everything = chosen.length === all.length ? "Train all" : `Train ${chosen.length}`;
  return (
    <section className="all">
      <details className="adv">
        <summary>
          <Icon name="right" />
          <h2>Train all and compare</h2>
          <span className="q3 s13">{plural(runs.length, "run")}</span>
        </summary>
        <Which chosen={chosen} without={without} />
        <div className="fld">
          <label htmlFor="seeds">Seeds for each</label>
          <select
            id="seeds"
            className="sel"
            value={seeds}
            onChange={(event) => choice.setState({ seeds: Number(event.currentTarget.value) })}
          >
            {Array.from({ length: MOST_SEEDS }, (_, i) => (
              <option key={i} value={i + 1}>
                {i + 1}
              </option>
            ))}
          </select>
          <span className="s q3">
            Several seeds show how much of a difference is luck. All use the same rows and the same holdout.
          </span>
        </div>
      </details>
      <button
        type="button"
        className="btn full"
        data-testid="train-all"
        disabled={chosen.length === 0}
        onClick={() => trainAll(chosen, seeds)}
      >
        {settle === undefined ? `${everything} and compare` : `${everything}: ${settle}`}
      </button>
      <p className="s13 q total" data-testid="total-estimate">
        {chosen.length === 0 ? "Tick at least one synthesizer." : `${plural(runs.length, "run")}, ${total}`}
      </p>
    </section>
  );
}

function Which({ chosen, without }: { chosen: readonly string[]; without: readonly string[] }) {
  const synthesizers = useLab(synthesizersNow);
  const times = useLab((state) => synthesizersNow(state).map(({ id }) => expectedWords(state, id)));
  const set = (id: string, on: boolean): void =>
    choice.setState({ without: on ? without.filter((other) => other !== id) : [...without, id] });
  return (
    <fieldset className="which">
      <legend className="vh">Synthesizers to train</legend>
      {synthesizers.map(({ id, name, warning }, i) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={(event) => set(id, event.currentTarget.checked)}
          />
          <span className="grow">
            {name}
            {warning !== undefined && (
              <span className="risk" title={warning}>
                <Icon name="triangle" />
                <span className="vh">{warning}</span>
              </span>
            )}
          </span>
          <span className="q3">{times[i]}</span>
        </label>
      ))}
    </fieldset>
  );
}
