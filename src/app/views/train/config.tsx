import type { DeviceChoice } from "../../../worker/protocol.ts";
import { newSeed, resetAdvanced, setSettings, train } from "../../state/training.ts";
import { chosenSynthesizer, runUnderWay } from "../../state/runs.ts";
import { largestSeed } from "../../state/settings.ts";
import { useLab } from "../../state/use-lab.ts";
import { NumberField } from "../../parts/number-field.tsx";
import { Switch } from "../../parts/switch.tsx";
import { Icon } from "../../parts/icon.tsx";
import { GuaranteeDetails } from "./guarantee/details.tsx";
import { Expected } from "./expected.tsx";
import { Params } from "./params.tsx";
import { DeviceLine } from "./ready-card.tsx";
import { Synthesizers } from "./synthesizers.tsx";
import { TrainAll } from "./train-all.tsx";
import { deviceWords } from "./words.ts";

/** Everything the next run starts with. */
export function Config() {
  return (
    <div className="card cfg">
      <Synthesizers />
      <GuaranteeDetails />
      <Advanced />
      <Queue />
      <TrainAll />
    </div>
  );
}

function Advanced() {
  const settings = useLab((state) => state.settings);
  const info = useLab(chosenSynthesizer);
  if (info === undefined) return null;
  return (
    <section>
      <details className="adv">
        <summary>
          <Icon name="right" />
          <h2>Advanced</h2>
          <span className="q3 s13">seed, device, settings</span>
        </summary>
        <div className="fld">
          <label htmlFor="seed">Seed</label>
          <NumberField
            id="seed"
            min={0}
            max={largestSeed}
            whole
            value={settings.seed}
            set={(seed) => setSettings({ seed })}
          />
          <span className="s q3">
            {info.guarantee === true
              ? "Repeats the rows of a model. Its noise is drawn anew each time, so another run gives another model."
              : "Same seed, file and settings on the same machine give the same model."}{" "}
            <button type="button" className="link" onClick={() => setSettings({ seed: newSeed() })}>
              Another seed
            </button>
          </span>
        </div>
        <div className="fld">
          <label htmlFor="device">Device</label>
          <DeviceSelect />
          <span className="s q3">
            <DeviceLine />
          </span>
        </div>
        {info.guarantee !== true && (
          <div className="fld">
            <Switch
              label="Stop when privacy worsens"
              about="Ends a run whose rows come to lie nearer to training rows than to held-out ones, and keeps the model from before. Held-out rows then have a say in the model."
              on={settings.stopWhenNearer}
              set={(stopWhenNearer) => setSettings({ stopWhenNearer })}
            />
          </div>
        )}
        <Params info={info} />
        <button type="button" className="link s13 reset" onClick={resetAdvanced}>
          Back to the recommended settings
        </button>
      </details>
    </section>
  );
}

function DeviceSelect() {
  const devices = useLab((state) => state.devices);
  const device = useLab((state) => state.settings.device);
  const choices = Object.keys(deviceWords) as DeviceChoice[];
  const here = (choice: DeviceChoice): boolean =>
    choice === "auto" || devices.length === 0 || devices.some((d) => d.got === choice);
  return (
    <span className="choice wide">
      <select
        id="device"
        className="sel"
        value={device}
        onChange={(event) => {
          const chosen = choices.find((choice) => choice === event.currentTarget.value);
          if (chosen !== undefined) setSettings({ device: chosen });
        }}
      >
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {deviceWords[choice]}
            {here(choice) ? "" : " (not here)"}
          </option>
        ))}
      </select>
      <Icon name="down" />
    </span>
  );
}

/** While a run is under way, another with the settings shown can wait its turn. */
function Queue() {
  const underWay = useLab((state) => {
    const run = runUnderWay(state);
    return run !== undefined && run.run !== state.stopping?.run;
  });
  const hasTable = useLab((state) => state.table !== null);
  const next = useLab((state) => Math.max(0, ...state.runs.map((run) => run.number)) + 1);
  if (!underWay || !hasTable) return null;
  return (
    <section>
      <button type="button" className="btn full" data-testid="train" onClick={() => train()}>
        Queue as run {next}
      </button>
      <p className="total">
        <Expected />
      </p>
    </section>
  );
}
