import { Icon } from "../../parts/icon.tsx";
import { rooms, steps } from "../../state/route.ts";
import { useLab } from "../../state/use-lab.ts";
import { placeOf } from "./place.ts";
import { closePopover, Popover } from "./popover.tsx";
import { Rooms } from "./rooms.tsx";
import { Steps } from "./steps.tsx";

/** Where the window is too narrow for the steps in a row: the name of the one shown, and all of them below it. */
export function WhereMenu() {
  const here = useLab(placeOf);
  const name = [...steps, ...rooms].find(({ view }) => view === here)?.name ?? "Steps";
  return (
    <Popover
      button={{
        className: "where",
        "data-testid": "where",
        children: (
          <>
            {name}
            <Icon name="down" />
          </>
        ),
      }}
      label="Steps and rooms"
      className="where-pop"
    >
      <Steps onGo={close} />
      <Rooms onGo={close} />
    </Popover>
  );
}

const close = (event: React.MouseEvent<HTMLElement>): void => closePopover(event.currentTarget);
