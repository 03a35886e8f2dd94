import { chosenSynthesizer } from "../../state/runs.ts";
import { useLab } from "../../state/use-lab.ts";
import { expectedWords } from "./expected-words.ts";

/** Beside Start: what the next run is expected to take. */
export function Expected() {
  const { words, why } = useLab((state) => {
    const id = chosenSynthesizer(state)?.id;
    const estimate = state.estimates.of[id ?? ""];
    return { words: expectedWords(state, id), why: reasonOf(estimate?.from) };
  });
  return (
    <span className="expect q s13" data-testid="estimate" title={why}>
      {words}
    </span>
  );
}

function reasonOf(from: "figures" | "runs" | undefined): string {
  if (from === "figures")
    return "From measurements on WASM and the pace of this machine; within a factor of two";
  if (from === "runs") return "From measurements and the runs that ended on this machine";
  return "Estimates are measured on WASM; the first finished run gives an estimate for this device";
}
