import { percent } from "../../../core/words/numbers.ts";
import type { LabState } from "../../state/lab-state.ts";
import { hrefOf, rooms } from "../../state/route.ts";
import { useLab } from "../../state/use-lab.ts";
import { placeOf } from "./place.ts";

const anythingOpen = (state: LabState): boolean => state.table !== null || state.runs.length > 0;

/** The percentage of the study that runs; undefined where none does. */
function runningShare({ studies: { studies } }: LabState): string | undefined {
  const running = studies.find(({ state }) => state === "running" || state === "paused");
  return running && percent(Math.floor(100 * running.fraction) / 100, 0);
}

/** The quiet links after the steps: no number and no mark, but for how far a study is. */
export function Rooms({ onGo }: { readonly onGo?: (event: React.MouseEvent<HTMLElement>) => void }) {
  const here = useLab(placeOf);
  const open = useLab(anythingOpen);
  const share = useLab(runningShare);
  return (
    <nav aria-label="More rooms">
      <ul className="more">
        {rooms.map(({ view, name }) => (
          <li key={view}>
            <a
              href={hrefOf(view)}
              className={here === view ? "on" : open ? "" : "off"}
              {...(here === view ? { "aria-current": "page" } : {})}
              {...(onGo && { onClick: onGo })}
            >
              {name}
              {share !== undefined && <span className="share">{share}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
