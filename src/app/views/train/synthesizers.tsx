import type { SynthesizerInfo } from "../../../core/synthesizers/synthesizer.ts";
import { setSettings } from "../../state/training.ts";
import { chosenSynthesizer, synthesizersNow } from "../../state/runs.ts";
import { useLab } from "../../state/use-lab.ts";
import { aboutDuration } from "../../../core/words/numbers.ts";
import { Icon } from "../../parts/icon.tsx";
import { waitOf } from "./expected-words.ts";

/** Every synthesizer there is: its name, one honest sentence, what it risks, and about how long it takes. */
export function Synthesizers() {
  const synthesizers = useLab(synthesizersNow);
  return (
    <section>
      <h2 id="synthesizer-title">Synthesizer</h2>
      <div role="radiogroup" aria-labelledby="synthesizer-title" data-testid="synthesizer" className="synths">
        {synthesizers.map((info, i) => (
          <Option key={info.id} info={info} recommended={i === 0} />
        ))}
        <WithoutGuarantee />
      </div>
    </section>
  );
}

/** Methods that cannot keep the limit that is set, in one line. */
function WithoutGuarantee() {
  const names = useLab(({ settings, synthesizers }) =>
    settings.epsilon === null
      ? []
      : synthesizers
          .filter(({ id, guarantee }) => guarantee !== true && id !== "auto")
          .map(({ name }) => name),
  );
  if (names.length === 0) return null;
  return (
    <div className="opt1 no">
      <i aria-hidden="true" />
      <p>
        {names.join(", ")}
        <span>Cannot give a guarantee. Set it to Off to use them.</span>
      </p>
    </div>
  );
}

interface OptionProps {
  readonly info: SynthesizerInfo;
  readonly recommended: boolean;
}

function Option({ info, recommended }: OptionProps) {
  return info.guarantee === true ? <LimitedOption info={info} /> : <FreeOption {...{ info, recommended }} />;
}

/** A method with a guarantee: what the one that chooses will take and why, and why another does not fit here. */
function LimitedOption({ info }: { info: SynthesizerInfo }) {
  const chooses = info.id === "dp-auto";
  const offer = useLab((state) => state.guarantee.offer);
  const takes = useLab(
    (state) => state.synthesizers.find(({ id }) => id === state.guarantee.offer?.takes)?.name,
  );
  const chosen = useLab((state) => chosenSynthesizer(state)?.id === info.id);
  const unfit = offer?.unfit.find(({ synthesizer }) => synthesizer === info.id)?.why;
  return (
    <label className={chosen ? "opt1 on" : unfit === undefined ? "opt1" : "opt1 no"}>
      <input
        type="radio"
        name="synthesizer"
        value={info.id}
        checked={chosen}
        disabled={unfit !== undefined && !chosen}
        aria-labelledby={`name-${info.id}`}
        aria-describedby={`about-${info.id}`}
        onChange={() => setSettings({ privateSynthesizer: info.id })}
      />
      <span className="name">
        <b id={`name-${info.id}`}>{info.name}</b>
      </span>
      <span className="about" id={`about-${info.id}`}>
        {chooses && offer !== undefined ? (
          <span>
            Takes <b>{takes ?? offer.takes}</b>: {offer.why} Chosen from published figures, not by looking at
            your patients.
          </span>
        ) : (
          <span title={info.reference}>{info.summary}</span>
        )}
        {unfit !== undefined && (
          <span className="risk">
            <Icon name="triangle" />
            {unfit}
          </span>
        )}
      </span>
    </label>
  );
}

function FreeOption({ info, recommended }: OptionProps) {
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
