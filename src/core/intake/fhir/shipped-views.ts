import { asJson, viewOf, type View } from "./view/view-definition.ts";
import conditions from "./views/conditions.json" with { type: "json" };
import encounters from "./views/encounters.json" with { type: "json" };
import labs from "./views/labs.json" with { type: "json" };
import medications from "./views/medications.json" with { type: "json" };
import observations from "./views/observations.json" with { type: "json" };
import patient from "./views/patient.json" with { type: "json" };
import vitals from "./views/vitals.json" with { type: "json" };

export interface ShippedView {
  readonly view: View;
  readonly title: string;
  /** its ViewDefinition, to be seen and edited */
  readonly text: string;
}

const NAMES = [
  "patient",
  "encounters",
  "conditions",
  "medications",
  "vitals",
  "labs",
  "observations",
] as const;
export type ViewName = (typeof NAMES)[number];

const definitions = { patient, encounters, conditions, medications, vitals, labs, observations };

/** The views that resources are taken by unless a person brings another, by their names. */
export const shippedViews: ReadonlyMap<ViewName, ShippedView> = new Map(
  NAMES.map((name) => {
    const definition = definitions[name];
    const text = JSON.stringify(definition, undefined, 2);
    return [name, { view: viewOf(asJson(definition)), title: definition.title, text }] as const;
  }),
);
