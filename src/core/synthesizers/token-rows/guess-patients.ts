import type { CountedTokens } from "./counted-tokens.ts";

/** A column sticks where neighbouring rows agree this much more often than rows far apart do, of what they could. */
const STICKS = 0.5;
/** At least so many columns, and so large a share of all, must stick. */
const LEAST_COLUMNS = 3;
const LEAST_SHARE = 0.15;
/** Share of the sticking columns that change where another patient begins. */
const CHANGES = 0.5;
const LEAST_ROWS = 100;

/**
 * Whose row each is, guessed where a table without an identifier holds several rows of a patient one below the other:
 * columns such as sex, age and treatment then stay the same from row to row far more often than chance would have it.
 * Undefined where they do not. Only what is held out together depends on it.
 */
export function guessPatients({ rows, counts, tokens }: CountedTokens): Int32Array | undefined {
  const width = counts.length;
  if (rows < LEAST_ROWS) return undefined;
  const at = (row: number, place: number): number => tokens[row * width + place] as number;
  const agreement = (place: number, apart: number): number => {
    let same = 0;
    for (let i = 0; i < rows; i++) if (at(i, place) === at((i + apart) % rows, place)) same++;
    return same / rows;
  };
  const far = Math.floor(rows / 2);
  const sticking = counts.flatMap((_, place) => {
    const byChance = (agreement(place, far) + agreement(place, Math.floor(rows / 3))) / 2;
    return byChance < 0.9 && agreement(place, 1) - byChance > STICKS * (1 - byChance) ? [place] : [];
  });
  if (sticking.length < Math.max(LEAST_COLUMNS, LEAST_SHARE * width)) return undefined;
  const patients = new Int32Array(rows);
  let patient = 0;
  for (let i = 1; i < rows; i++) {
    const changed = sticking.filter((place) => at(i, place) !== at(i - 1, place)).length;
    if (changed >= CHANGES * sticking.length) patient++;
    patients[i] = patient;
  }
  const apart = patient + 1;
  return apart >= 20 && apart < 0.8 * rows ? patients : undefined;
}
