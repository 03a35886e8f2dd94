import type { StudyRequest, StudySettings } from "../../../core/studies/study.ts";
import type { StudyOffer, StudyView } from "../../../worker/protocol.ts";

/** What would join the queue: what the person changed, else as the study that is shown was, else the defaults. */
export function requestOf(
  { id, fields }: StudyOffer,
  view: StudyView | undefined,
  draft: StudySettings | undefined,
  seed: number,
): StudyRequest {
  const given = draft ?? view?.request.settings ?? {};
  const known = new Set(fields.map(({ name }) => name));
  const settings = Object.fromEntries(Object.entries(given).filter(([name]) => known.has(name)));
  return { study: id, settings, seed };
}
