import { showTab, whatToSettle } from "../../state/rules/rules.ts";
import { train } from "../../state/training.ts";
import { useLab } from "../../state/use-lab.ts";

/** Starts a run with the settings shown; where rules cannot all be kept it says which, and shows them. */
export function TrainButton() {
  const recommended = useLab((state) => Object.keys(state.settings.params).length === 0);
  const settle = useLab(whatToSettle);
  const shown = useLab((state) => state.dataTab === "rules");
  if (settle !== undefined) {
    return (
      <button
        type="button"
        className="btn pri held"
        data-testid="train"
        aria-disabled={shown}
        onClick={() => showTab("rules")}
      >
        <span>
          <span className="opt">Train: </span>
          <span className="settle">{settle}</span>
        </span>
      </button>
    );
  }
  return (
    <button type="button" className="btn pri" data-testid="train" onClick={() => train()}>
      <span>
        Train<span className="opt"> with {recommended ? "recommended" : "your"} settings</span>
      </span>
    </button>
  );
}
