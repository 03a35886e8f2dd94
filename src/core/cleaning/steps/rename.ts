import { newName, placeOf, type StepKind, type StepOf } from "../step-kind.ts";

/** A column gets another name. */
export const rename: StepKind<StepOf<"rename">> = {
  title: ({ to }) => `call it “${to}”`,
  done: ({ column, to }) => `${column}: now called “${to}”`,
  apply: ({ column, to }, { rows }) => {
    const at = placeOf(rows, column);
    const name = newName(rows, to, column);
    const hints = new Map([...rows.hints].map(([key, hint]) => [key === column ? name : key, hint]));
    return {
      rows: { ...rows, names: rows.names.with(at, name), hints },
      cells: 0,
      away: 0,
      shows: [],
      texts: [],
      changed: [],
    };
  },
};
