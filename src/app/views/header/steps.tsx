import { hrefOf, steps } from "../../state/route.ts";
import { useLab } from "../../state/use-lab.ts";
import { placeOf } from "./place.ts";
import type { LabState, Step } from "../../state/lab-state.ts";

/** Which steps have their material (reached) and which have been gone through (done). */
function progressOf(state: LabState): Record<Step, "waiting" | "reached" | "done"> {
  const trained = state.runs.some((run) => run.hasModel);
  const measured = state.runs.some((run) => run.report !== undefined);
  return {
    data: state.table !== null ? "done" : "reached",
    train: trained ? "done" : state.table !== null || state.runs.length > 0 ? "reached" : "waiting",
    compare: measured ? "done" : trained ? "reached" : "waiting",
    "take-away": trained || measured ? "reached" : "waiting",
  };
}

export function Steps({ onGo }: { readonly onGo?: (event: React.MouseEvent<HTMLElement>) => void }) {
  const view = useLab(placeOf);
  const progress = useLab(progressOf);
  return (
    <nav aria-label="Steps" className="step-nav">
      <ol className="steps">
        {steps.map((step, i) => {
          const here = step.view === view;
          const done = progress[step.view] === "done" && !here;
          const state = here ? "on" : done ? "done" : progress[step.view] === "waiting" ? "off" : "";
          return (
            <li key={step.view}>
              <a
                href={hrefOf(step.view)}
                className={state}
                {...(here ? { "aria-current": "step" } : {})}
                {...(onGo && { onClick: onGo })}
              >
                <i aria-hidden="true">{done ? <DoneMark /> : i + 1}</i>
                <span>{step.name}</span>
              </a>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function DoneMark() {
  return (
    <svg width="10" height="10" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="2.4">
      <path d="M3.5 8.5l3 3 6-7" />
    </svg>
  );
}
