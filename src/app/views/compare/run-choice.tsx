import { selectRun } from "../../state/actions.ts";
import { useLab } from "../../state/use-lab.ts";
import { Choice } from "./choice.tsx";

/** "Run 4 · VAE"; a name that only repeats the number is not repeated. */
export function runTitle({ number, name }: { readonly number: number; readonly name: string }): string {
  const own = name.replace(new RegExp(`(^|\\s)${number}$`), "");
  return own === "" || own === "Run" ? `Run ${number}` : `Run ${number} · ${own}`;
}

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
