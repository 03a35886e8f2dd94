/** Which question is open, and which study of it. Pure. */
import type { StudyOffer, StudyView } from "../../../worker/protocol.ts";
import type { StudiesState } from "../../state/studies/studies-state.ts";
import { currentOf, latestOf } from "./study-words.ts";

export interface ShownStudy {
  /** left out while no table is open that it could be asked of */
  readonly offer?: StudyOffer;
  /** left out where it has not been asked yet */
  readonly view?: StudyView;
}

/** What a person chose; else what was found last, what is under way, or the first question that can be asked. */
export function shownStudy({ shown, offers, studies }: StudiesState): ShownStudy {
  const chosen = studies.find(({ study }) => study === shown);
  if (chosen !== undefined) return withOffer(chosen, offers);
  const offer = offers?.find(({ id }) => id === shown && id !== "language");
  if (offer !== undefined) return ofOffer(offer, studies);
  const others = studies.filter(({ request }) => request.study !== "language");
  const done = others
    .filter(({ state }) => state === "done")
    .toSorted((a, b) => (b.finishedAt ?? "").localeCompare(a.finishedAt ?? ""))[0];
  const view = done ?? currentOf(others) ?? others[0];
  if (view !== undefined) return withOffer(view, offers);
  const tables = offers?.filter(({ id }) => id !== "language") ?? [];
  const first = tables.find(({ refused }) => refused === undefined) ?? tables[0];
  return first === undefined ? {} : { offer: first };
}

function ofOffer(offer: StudyOffer, studies: readonly StudyView[]): ShownStudy {
  const view = latestOf(studies, offer.id);
  return { offer, ...(view && { view }) };
}

function withOffer(view: StudyView, offers: StudiesState["offers"]): ShownStudy {
  const offer = offers?.find(({ id }) => id === view.request.study);
  return { view, ...(offer && { offer }) };
}
