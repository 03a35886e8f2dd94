import { useState } from "react";
import { Popover } from "@mantine/core";
import { letterKeysOn, setLetterKeys } from "../../state/settings.ts";
import { Switch } from "../../parts/switch.tsx";
import { Icon } from "../../parts/icon.tsx";
import { useEscape } from "../../parts/use-escape.ts";
import { keyHelp } from "../../parts/use-keys.ts";

/** "?": every key of the page, and the switch that turns the letters off. */
export function HelpButton() {
  const [open, setOpen] = useState(false);
  useEscape(open, () => setOpen(false));
  const [letters, setLetters] = useState(letterKeysOn);
  const change = (on: boolean): void => {
    setLetterKeys(on);
    setLetters(on);
  };
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-end"
      offset={6}
      trapFocus
      returnFocus
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <button
          type="button"
          className="btn quiet icon"
          aria-label="Help and keyboard shortcuts"
          title="All keys (?)"
          data-key="?"
          onClick={() => setOpen(!open)}
        >
          <Icon name="help" />
        </button>
      </Popover.Target>
      <Popover.Dropdown className="pop keys-pop" aria-label="Keys">
        <section>
          <div className="row">
            <h2 className="grow">Keys</h2>
            <button
              type="button"
              className="btn quiet icon"
              aria-label="Close"
              data-autofocus
              onClick={() => setOpen(false)}
            >
              <Icon name="close" />
            </button>
          </div>
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
          <Switch
            label="Letter keys"
            about="Off: letters and numbers do nothing outside of fields."
            on={letters}
            set={change}
          />
        </section>
      </Popover.Dropdown>
    </Popover>
  );
}
