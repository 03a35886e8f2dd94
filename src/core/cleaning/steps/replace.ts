import { mapColumn } from "../map-column.ts";
import { quoted, StepFault, type StepKind, type StepOf } from "../step-kind.ts";

/** Part of a cell's text becomes another. */
export const replace: StepKind<StepOf<"replace">> = {
  title: ({ find, by }) => (by === "" ? `take out ${shown(find)}` : `replace ${shown(find)} by ${shown(by)}`),
  done: ({ column, find, by }) =>
    by === "" ? `${column}: ${shown(find)} taken out` : `${column}: ${shown(find)} replaced by ${shown(by)}`,
  apply: ({ column, find, by }, { rows }) => {
    if (find === "") throw new StepFault("It does not say what is to be replaced.");
    return mapColumn(
      rows,
      column,
      () => (text) => (text.includes(find) ? text.replaceAll(find, () => by).trim() : undefined),
    );
  },
};

const shown = (text: string): string => (text === " " ? "spaces" : quoted(text));
