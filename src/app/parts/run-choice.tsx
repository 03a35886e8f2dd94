import { selectRun } from "../state/training.ts";
import { runTitle } from "../state/runs.ts";
import { useLab } from "../state/use-lab.ts";
import { Choice } from "./choice.tsx";

/** Which run is shown; those that left a model can be. */
export function RunChoice({ run }: { run: { readonly run: string } }) {
  const runs = useLab((state) => state.runs.filter((r) => r.hasModel || r.report !== undefined));
  return (
    <Choice
      label="Run"
      value={run.run}
      options={runs.map((r) => ({ value: r.run, label: `Run ${runTitle(r)}` }))}
      onChange={selectRun}
      large
    />
  );
}
