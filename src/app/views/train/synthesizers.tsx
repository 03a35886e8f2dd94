import type { SynthesizerInfo } from "../../../core/synthesizers/synthesizer.ts";
import { setSettings } from "../../state/training.ts";
import { chosenSynthesizer } from "../../state/runs.ts";
import { useLab } from "../../state/use-lab.ts";
import { aboutDuration } from "../../../core/words/numbers.ts";
import { Icon } from "../../parts/icon.tsx";
import { waitOf } from "./expected-words.ts";

/** Every synthesizer there is: its name, one honest sentence, what it risks, and about how long it takes. */
export function Synthesizers() {
  const synthesizers = useLab((state) => state.synthesizers);
  return (
    <section>
      <h2 id="synthesizer-title">Synthesizer</h2>
      <div role="radiogroup" aria-labelledby="synthesizer-title" data-testid="synthesizer" className="synths">
        {synthesizers.map((info, i) => (
          <Option key={info.id} info={info} recommended={i === 0} />
        ))}
      </div>
    </section>
  );
}

function Option({ info, recommended }: { info: SynthesizerInfo; recommended: boolean }) {
  const chosen = useLab((state) => chosenSynthesizer(state)?.id === info.id);
  const wait = useLab((state) => waitOf(state, info.id)?.verdicts);
  const about = `about-${info.id}`;
  return (
    <label className={chosen ? "opt1 on" : "opt1"}>
      <input
        type="radio"
        name="synthesizer"
        value={info.id}
        checked={chosen}
        aria-labelledby={`name-${info.id}`}
        aria-describedby={about}
        onChange={() => setSettings({ synthesizer: info.id })}
      />
      <span className="name">
        <b id={`name-${info.id}`}>{info.name}</b>
        {recommended && <span className="rec">Recommended</span>}
        <span className="grow" />
        {wait !== undefined && (
          <span className="time" title="Until its verdicts are there">
            {aboutDuration(wait)}
          </span>
        )}
      </span>
      <span className="about" id={about}>
        <span title={info.reference}>{info.summary}</span>
        {info.warning !== undefined && (
          <span className="risk">
            <Icon name="triangle" />
            {info.warning}
          </span>
        )}
      </span>
    </label>
  );
}
