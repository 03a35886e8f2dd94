import { useId, useRef, useState } from "react";
import type { Simulation } from "../../../../core/clinic/cohorts/simulating/simulate.ts";
import { count, percent, size } from "../../../../core/words/numbers.ts";
import type { TableView } from "../../../../worker/protocol.ts";
import { chooseFile, goesToDisk } from "../../../parts/disk-file.ts";
import { Icon } from "../../../parts/icon.tsx";
import { moveByArrows, placeMenu } from "../../../parts/menu.ts";
import { cancelMaking } from "../../../state/files/taking-away.ts";
import {
  saveSimulated,
  simulatedBytes,
  simulatedName,
  simulatedOffers,
  type SimulatedOffer,
} from "../../../state/start/saving.ts";
import { useLab } from "../../../state/use-lab.ts";
import { JobFault } from "../../../state/worker-link.ts";
import styles from "./save-simulated.module.css";

interface SaveProps {
  readonly table: TableView;
  readonly asked: Simulation;
}

/** The simulated table as a file: a menu of formats; while one is made, how far it is and a way to stop it. */
export function SaveSimulated({ table, asked }: SaveProps) {
  const making = useLab((state) => state.making.find(({ kind }) => kind === "simulated"));
  const [told, setTold] = useState("");
  const save = async (offer: SimulatedOffer): Promise<void> => {
    setTold("");
    const name = simulatedName(table.name, asked, offer);
    const large = goesToDisk(simulatedBytes(table, offer));
    const sink = large ? await chooseFile(name) : undefined;
    if (large && sink === undefined) return;
    setTold(`Saved ${name}, ${size(await saveSimulated(table, asked, offer, sink))}.`);
  };
  const start = (offer: SimulatedOffer): void => {
    save(offer).catch((error: unknown) => {
      if (error instanceof JobFault) return;
      setTold(`The file could not be saved: ${error instanceof Error ? error.message : String(error)}`);
    });
  };
  return (
    <div className={styles.save}>
      {making === undefined ? (
        <SaveMenu table={table} start={start} />
      ) : (
        <>
          <span className="s13" role="status">
            Saving: {percent(Math.min(1, making.rows / Math.max(1, making.total)), 0)} of{" "}
            {count(making.total)} rows
          </span>
          <button type="button" className="btn sm" onClick={() => cancelMaking(making.job)}>
            Cancel
          </button>
        </>
      )}
      <span className="s13 q" role="status" data-testid="saved-simulated">
        {making === undefined && told}
      </span>
    </div>
  );
}

interface MenuProps {
  readonly table: TableView;
  readonly start: (offer: SimulatedOffer) => void;
}

function SaveMenu({ table, start }: MenuProps) {
  const [id, about] = [useId(), useId()];
  const list = useRef<HTMLDivElement>(null);
  const changed = (table.changes?.length ?? 0) > 0;
  return (
    <>
      <button
        type="button"
        className="btn sm"
        aria-haspopup="menu"
        popoverTarget={id}
        data-testid="save-simulated"
        onClick={(event) => placeMenu(list.current, event.currentTarget, "left")}
      >
        <Icon name="download" />
        Save these rows
        <Icon name="down" />
      </button>
      <div
        ref={list}
        id={id}
        popover="auto"
        className={styles.list}
        onToggle={(event) => {
          if (event.newState === "open") event.currentTarget.querySelector("button")?.focus();
        }}
      >
        <div
          role="menu"
          aria-label="Save these rows"
          {...(changed && { "aria-describedby": about })}
          className={styles.menu}
        >
          {simulatedOffers.map((offer) => (
            <button
              key={offer.as}
              type="button"
              role="menuitem"
              tabIndex={-1}
              data-testid={`save-as-${offer.as}`}
              onKeyDown={moveByArrows}
              onClick={(event) => {
                event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
                start(offer);
              }}
            >
              {offer.label} <span>{offer.about}</span>
            </button>
          ))}
        </div>
        {changed && (
          <p id={about} className={`s13 ${styles.note}`}>
            They are saved as they were simulated: what you changed on this page is not in the file.
          </p>
        )}
      </div>
    </>
  );
}
