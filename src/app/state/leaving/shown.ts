/** Which runs are shown, kept in this tab's own storage: after a reload they are shown again, if they are there. */
import { lab, tell } from "../lab.ts";

const key = "semblance.shown";
const none = { selected: undefined, compared: [] as string[] };

/** From its stored text; none where that cannot be read. */
export function parseShown(text: string | null): { selected: string | undefined; compared: string[] } {
  try {
    const [selected, ...compared]: unknown[] = JSON.parse(text ?? "[]");
    if (typeof selected !== "string") return none;
    return { selected, compared: compared.filter((run) => typeof run === "string") };
  } catch {
    return none;
  }
}

export function followShown(): void {
  let kept = "[]";
  try {
    kept = sessionStorage.getItem(key) ?? kept;
    const { selected, compared } = parseShown(kept);
    if (selected !== undefined) tell({ type: "page-select", run: selected });
    if (compared.length > 0) tell({ type: "page-compare", runs: compared });
  } catch {
    return;
  }
  lab.subscribe(({ selected, compared }) => {
    const now = JSON.stringify(selected === undefined ? [] : [selected, ...compared]);
    if (now === kept) return;
    kept = now;
    try {
      sessionStorage.setItem(key, now);
    } catch {
      // Then the last run is shown after a reload.
    }
  });
}
