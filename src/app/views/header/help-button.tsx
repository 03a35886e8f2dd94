import { useState } from "react";
import { letterKeysOn, setLetterKeys } from "../../state/settings.ts";
import { Switch } from "../../parts/switch.tsx";
import { Icon } from "../../parts/icon.tsx";
import { keyHelp } from "../../parts/use-keys.ts";
import { Popover, PopoverHead } from "./popover.tsx";

/** "?": every key of the page, and the switch that turns the letters off. */
export function HelpButton() {
  return (
    <Popover
      button={{
        className: "btn quiet icon",
        "aria-label": "Help and keyboard shortcuts",
        title: "All keys (?)",
        "data-key": "?",
        children: <Icon name="help" />,
      }}
      label="Keys"
      className="keys-pop"
    >
      <section>
        <PopoverHead>Keys</PopoverHead>
        <dl className="key-list">
          {keyHelp.map(([key, does]) => (
            <div key={key}>
              <dt>
                <kbd className="chip">{key}</kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section>
        <LetterKeys />
      </section>
    </Popover>
  );
}

function LetterKeys() {
  const [on, setOn] = useState(letterKeysOn);
  const change = (wanted: boolean): void => {
    setLetterKeys(wanted);
    setOn(wanted);
  };
  return (
    <Switch
      label="Letter keys"
      about="Off: letters and numbers do nothing outside of fields."
      on={on}
      set={change}
    />
  );
}
