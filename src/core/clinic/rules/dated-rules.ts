import { namesBirth } from "../../table/column-names.ts";
import type { Table } from "../../table/table.ts";
import { plainWords } from "../ranges/quantity-names.ts";
import { numberIn } from "./rule.ts";
import type { PlausibilityRule } from "./rule.ts";

type Event = "birth" | "admission" | "discharge" | "death" | "start" | "end";

const EVENTS: readonly (readonly [Event, RegExp])[] = [
  [
    "admission",
    /^(adm|admit|admitted|admission|admissions|aufnahme|eintritt|intime)(time|date|dt|datum|datetime|tag)?$/,
  ],
  [
    "discharge",
    /^(dis|disch|discharge|discharged|entlassung|entlass|austritt|outtime)(time|date|dt|datum|datetime|tag)?$/,
  ],
  ["death", /^(death|died|deceased|dod|tod|todes|sterbe|verstorben)(time|date|dt|datum|datetime|tag)?$/],
  ["start", /^(start|begin|beginn|onset|from)(time|date|dt|datum|datetime)?$/],
  ["end", /^(end|ende|stop|finish|until)(time|date|dt|datum|datetime)?$/],
];

/** What cannot come before what. */
const ORDER: readonly (readonly [Event, Event])[] = [
  ["birth", "admission"],
  ["birth", "discharge"],
  ["birth", "death"],
  ["admission", "discharge"],
  ["admission", "death"],
  ["start", "end"],
];

interface Dated {
  readonly name: string;
  readonly event: Event;
  /** the other words of the name: "icu" of icu_admission_date */
  readonly of: string;
}

const FILLERS = new Set("date time datum dt datetime at tag zeit day of".split(" "));

function datedEvent(name: string): Dated | undefined {
  if (namesBirth(name)) return { name, event: "birth", of: "" };
  const words = plainWords(name);
  for (const [event, pattern] of EVENTS) {
    const rest = words.filter((word) => !pattern.test(word));
    if (rest.length === words.length) continue;
    return { name, event, of: rest.filter((word) => !FILLERS.has(word)).join(" ") };
  }
  return undefined;
}

/** Date columns in the order of a life: birth, admission, discharge, death; start, end. Same day counts as in order. */
export function datedRules(train: Table): PlausibilityRule[] {
  const dated = train.schema.columns.flatMap(({ name, kind }) => {
    const event = kind === "datetime" ? datedEvent(name) : undefined;
    return event === undefined ? [] : [event];
  });
  const once = (event: Event): boolean => dated.filter((one) => one.event === event).length === 1;
  return ORDER.flatMap(([first, second]) =>
    dated
      .filter(({ event }) => event === first)
      .flatMap((earlier) =>
        dated
          .filter(({ event, of }) => event === second && (of === earlier.of || (once(first) && once(second))))
          .map((later) => inOrder(earlier.name, later.name)),
      ),
  );
}

function inOrder(earlier: string, later: string): PlausibilityRule {
  return {
    text: `${later} is not before ${earlier}`,
    columns: [earlier, later],
    breaks: (cells) => {
      const [a, b] = cells.map(numberIn) as [(row: number) => number, (row: number) => number];
      return (row) => {
        const gap = b(row) - a(row);
        return Number.isNaN(gap) ? undefined : gap < 0;
      };
    },
  };
}
