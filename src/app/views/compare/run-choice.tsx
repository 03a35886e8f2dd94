import { selectRun } from "../../state/actions.ts";
import { useLab } from "../../state/use-lab.ts";
import { Choice } from "./choice.tsx";

/** "Run 4 · VAE", or the name the person gave it. */
export const runTitle = (run: { readonly number: number; readonly name: string }): string =>
  run.name === "" || run.name === `Run ${run.number}` ? `Run ${run.number}` : `${run.number} · ${run.name}`;

/** Which run is shown; those that left a model can be. */
export function RunChoice({ run }: { run: { readonly run: string } }) {
  const runs = useLab((state) => state.runs.filter((r) => r.hasModel));
  return (
    <Choice
      label="Run"
      value={run.run}
      options={runs.map((r) => ({ value: r.run, label: runTitle(r) }))}
      onChange={selectRun}
      large
    />
  );
}
