import type { LostRun } from "../../state/lab-state.ts";
import { tell } from "../../state/lab.ts";
import { trainLost } from "../../state/training.ts";
import { useLab } from "../../state/use-lab.ts";
import { Icon } from "../../parts/icon.tsx";

const wasWords = {
  training: "was still training",
  measured: "was still being measured",
  waiting: "was still waiting",
} as const;

const forget = (): void => tell({ type: "page-lost", runs: [] });

/** Runs that a closed page has lost, and the way to train them again once a table is open. */
export function LostRuns() {
  const lost = useLab((state) => state.lost);
  const synthesizers = useLab((state) => state.synthesizers);
  const table = useLab((state) => state.table?.name);
  if (lost.length === 0) return null;
  const sentence = ({ number, request, was }: LostRun): string => {
    const method = synthesizers.find(({ id }) => id === request.synthesizer)?.name ?? request.synthesizer;
    return `Run ${number} (${method}, seed ${request.seed}) ${wasWords[was]} when the page was closed; it was lost.`;
  };
  const again = (): void => {
    forget();
    for (const { request } of lost) trainLost(request);
  };
  return (
    <div className="problem told" role="status" data-testid="lost-runs">
      <Icon name="stop" />
      <p>
        {lost.map(sentence).join(" ")}
        {table === undefined && " Open its table to train it again with the same settings and seed."}
      </p>
      {table !== undefined && (
        <button type="button" className="btn" title="With the same settings and seed" onClick={again}>
          Train again on {table}
        </button>
      )}
      <button type="button" className="btn quiet icon" aria-label="Close this message" onClick={forget}>
        <Icon name="close" />
      </button>
    </div>
  );
}
