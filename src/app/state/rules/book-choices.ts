/** What a person makes of clinical rules, as changes to their book. Pure; a rule is known by its id. */
import type { RuleBook } from "../../../core/clinic/rules/book/rule-book.ts";
import type { ClinicalRule } from "../../../core/clinic/rules/clinical-rule.ts";

const without = (ids: readonly string[], id: string): readonly string[] => ids.filter((one) => one !== id);

/**
 * A rule on or off. `broken`: more than 5% of the real rows break it, so that on must be said; elsewhere it is what is left
 * unsaid.
 */
export function withState(book: RuleBook, id: string, on: boolean, broken: boolean): RuleBook {
  const [off, kept] = [without(book.off, id), without(book.on, id)];
  return {
    ...book,
    off: on ? off : [...off, id],
    on: on && (broken || book.on.includes(id)) ? [...kept, id] : kept,
  };
}

/** A rule of the person's, in the place of one with the same id; it is on. */
export const withOwnRule = (book: RuleBook, rule: ClinicalRule): RuleBook => ({
  off: without(book.off, rule.id),
  on: without(book.on, rule.id),
  own: book.own.some(({ id }) => id === rule.id)
    ? book.own.map((one) => (one.id === rule.id ? rule : one))
    : [...book.own, rule],
});

/** Without a rule of the person's; a built-in one whose place it took is back. */
export const withoutOwnRule = (book: RuleBook, id: string): RuleBook => ({
  off: without(book.off, id),
  on: without(book.on, id),
  own: book.own.filter((rule) => rule.id !== id),
});
