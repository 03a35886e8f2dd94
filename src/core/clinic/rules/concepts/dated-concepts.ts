import { writeName } from "../../../rules/language/cursor.ts";
import { namesBirth } from "../../../table/column-names.ts";
import type { Table } from "../../../table/table.ts";
import { plainWords } from "../../ranges/quantity-names.ts";
import type { ColumnConcept } from "./concept.ts";

const SUFFIX = "(time|date|dt|datum|datetime|tag)?$";

/** Moments by the words that name them, the more telling first. */
const EVENTS: readonly (readonly [string, RegExp])[] = [
  ["Admission", new RegExp(`^(adm|admit|admitted|admission|admissions|aufnahme|eintritt|intime)${SUFFIX}`)],
  ["Discharge", new RegExp(`^(dis|disch|discharge|discharged|entlassung|entlass|austritt|outtime)${SUFFIX}`)],
  ["Death", new RegExp(`^(death|died|deceased|dod|tod|todes|sterbe|verstorben)${SUFFIX}`)],
  ["Start", new RegExp(`^(start|begin|beginn|onset|from)${SUFFIX}`)],
  ["End", new RegExp(`^(end|ende|stop|finish|until)${SUFFIX}`)],
  [
    "Arrival",
    new RegExp(`^(arrival|arrived|edreg|checkin|registered|registration|ankunft|eingetroffen)${SUFFIX}`),
  ],
  ["Departure", new RegExp(`^(departure|departed|edout|checkout|abgang)${SUFFIX}`)],
  ["Order", new RegExp(`^(order|ordered|anforderung)${SUFFIX}`)],
  ["Sample", new RegExp(`^(sample|sampled|specimen|collected|collection|drawn|entnahme|probe)${SUFFIX}`)],
  ["Result", new RegExp(`^(result|resulted|reported|befund|ergebnis)${SUFFIX}`)],
  ["Referral", new RegExp(`^(referral|referred|ueberweisung)${SUFFIX}`)],
  ["Diagnosis", new RegExp(`^(diagnosis|diagnosed|dx|diagnose|erstdiagnose)${SUFFIX}`)],
  ["Surgery", new RegExp(`^(surgery|operation|op|operated|incision)${SUFFIX}`)],
  ["Last menses", new RegExp(`^(lmp|menses)${SUFFIX}`)],
  ["Delivery", new RegExp(`^(delivery|delivered|entbindung)${SUFFIX}`)],
  ["Follow-up", new RegExp(`^(followup|fup|nachsorge)${SUFFIX}`)],
  [
    "Visit",
    new RegExp(
      `^(visit|visited|encounter|examination|exam|examined|seen|consultation|contact|besuch|untersuchung|visite|enrolment|enrollment|inclusion|baseline|index)${SUFFIX}`,
    ),
  ],
];

export const EVENT_NAMES: readonly string[] = [
  "Birth",
  ...EVENTS.map(([event]) => event),
  "Other date",
  "Any visit",
  "Any date",
  "Event date",
];

/** Moments that an age can be one at. */
const AT_VISIT: ReadonlySet<string> = new Set([
  "Visit",
  "Admission",
  "Arrival",
  "Diagnosis",
  "Surgery",
  "Sample",
  "Discharge",
  "Start",
  "Delivery",
]);

/** Moments that have rules of their own with a death. */
const BOUNDS: ReadonlySet<string> = new Set([
  "Birth",
  "Death",
  "Admission",
  "Discharge",
  "End",
  "Result",
  "Follow-up",
]);

/** Moments that may lie before a birth: the mother's last menses before that of her child. */
const BEFORE_BIRTH: ReadonlySet<string> = new Set(["Birth", "Last menses"]);

const FILLERS = new Set("date time datum dt datetime at tag zeit day of".split(" "));

function datedEvent(name: string): { readonly event: string; readonly of: string } {
  if (namesBirth(name)) return { event: "Birth", of: "" };
  const words = plainWords(name);
  for (const [event, pattern] of EVENTS) {
    const rest = words.filter((word) => !pattern.test(word));
    if (rest.length === words.length) continue;
    return { event, of: rest.filter((word) => !FILLERS.has(word)).join(" ") };
  }
  return { event: "Other date", of: words.filter((word) => !FILLERS.has(word)).join(" ") };
}

/** The moment that words name: "discharge", "date of birth". */
export function eventNamed(words: string): string | undefined {
  if (/^births?$/i.test(words.trim())) return "Birth";
  const { event, of } = datedEvent(words);
  return event === "Other date" || of !== "" ? undefined : event;
}

/** Date columns by the moment that their name tells, and once more as a date an age can be one at. */
export function datedConcepts(train: Table): ColumnConcept[] {
  return train.schema.columns.flatMap(({ name, kind }): ColumnConcept[] => {
    if (kind !== "datetime") return [];
    const { event, of } = datedEvent(name);
    const one = { columns: [name], text: () => writeName(name), says: name, beside: of } as const;
    return [
      { ...one, concept: event, goes: event === "Birth" || event === "Death" ? "patient" : "event" },
      ...(AT_VISIT.has(event) || (event === "Other date" && of === "")
        ? [{ ...one, concept: "Any visit", goes: "each" } as const]
        : []),
      ...(BOUNDS.has(event) ? [] : [{ ...one, concept: "Event date", goes: "each" } as const]),
      ...(BEFORE_BIRTH.has(event) ? [] : [{ ...one, concept: "Any date", goes: "each" } as const]),
    ];
  });
}
