/** Names of units of time as columns and files write them, English or German. */
const UNITS = [
  [/^(s|sec|secs|seconds?|sekunden?)$/, "seconds"],
  [/^(min|mins|minutes?|minuten?)$/, "minutes"],
  [/^(h|hr|hrs|hours?|stunden?)$/, "hours"],
  [/^(d|days?|tage?)$/, "days"],
  [/^(w|wk|wks|weeks?|wochen?)$/, "weeks"],
  [/^(mo|months?|monate?)$/, "months"],
  [/^(y|yr|yrs|years?|jahre?)$/, "years"],
] as const;

export type TimeUnit = (typeof UNITS)[number][1];

interface Named {
  readonly name: string;
  readonly unit?: string;
}

/** In what a column of times counts, by its unit or a word of its name: "days" for `visit_day`; undefined where neither tells. */
export function timeUnitOf({ name, unit }: Named): TimeUnit | undefined {
  const known = (word: string): TimeUnit | undefined =>
    UNITS.find(([pattern]) => pattern.test(word.toLowerCase()))?.[1];
  const own = known(unit ?? "");
  if (own) return own;
  // A single letter of a name tells no unit: `t_h` may be anything.
  const words = name.replace(/([a-z])([A-Z])/g, "$1 $2").split(/[^A-Za-z]+/);
  return words.filter((word) => word.length > 2).flatMap((word) => known(word) ?? [])[0];
}

/** In what times of patients over time are counted for a person: days where they are dates. */
export const countedIn = (time: Named & { readonly kind: string }): string | undefined =>
  time.kind === "datetime" ? "days" : (timeUnitOf(time) ?? time.unit);
