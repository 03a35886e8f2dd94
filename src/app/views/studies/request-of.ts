import type { StudyField, StudyRequest, StudySettings, StudyValue } from "../../../core/studies/study.ts";
import type { StudyOffer, StudyView } from "../../../worker/protocol.ts";

/**
 * What would join the queue: what the person changed, else as the study that is shown was, else the defaults. A study of
 * another table may name columns that the open one lacks: what does not fit its field is left to the default.
 */
export function requestOf(
  { id, fields }: StudyOffer,
  view: StudyView | undefined,
  draft: StudySettings | undefined,
  seed: number,
): StudyRequest {
  const given = draft ?? view?.request.settings ?? {};
  const settings = Object.fromEntries(
    fields.flatMap((field): [string, StudyValue][] => {
      const value = given[field.name];
      return value !== undefined && fits(field, value) ? [[field.name, value]] : [];
    }),
  );
  return { study: id, settings, seed };
}

function fits(field: StudyField, value: StudyValue): boolean {
  switch (field.type) {
    case "number":
      return typeof value === "number" && within(value, field);
    case "numbers":
      return (
        Array.isArray(value) &&
        value.length >= field.least &&
        value.length <= field.most &&
        value.every((one) => typeof one === "number" && within(one, field))
      );
    case "choice":
      return field.choices.some((choice) => choice.value === value);
    case "several":
      return (
        Array.isArray(value) &&
        value.length >= field.least &&
        value.length <= field.most &&
        value.every((one) => field.choices.some((choice) => choice.value === one))
      );
  }
}

const within = (value: number, { min, max }: { readonly min: number; readonly max: number }): boolean =>
  value >= min && value <= max;
