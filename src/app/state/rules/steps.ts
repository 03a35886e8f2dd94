/** Choices that were made one after another, to be undone and done again. Pure. */
export interface Steps<T> {
  readonly past: readonly T[];
  readonly future: readonly T[];
}

/** A choice, and the steps that lead to and from it. */
interface Step<T> {
  readonly to: T;
  readonly history: Steps<T>;
}

/** Another choice takes the place of `now`; what was undone before cannot be done again. */
export const stepped = <T>({ past }: Steps<T>, now: T): Steps<T> => ({ past: [...past, now], future: [] });

/** What there was before `now`; undefined at the beginning. */
export function stepBack<T>({ past, future }: Steps<T>, now: T): Step<T> | undefined {
  const to = past.at(-1);
  return to === undefined
    ? undefined
    : { to, history: { past: past.slice(0, -1), future: [now, ...future] } };
}

/** What was undone last; undefined where nothing was. */
export function stepOn<T>({ past, future }: Steps<T>, now: T): Step<T> | undefined {
  const [to, ...later] = future;
  return to === undefined ? undefined : { to, history: { past: [...past, now], future: later } };
}
