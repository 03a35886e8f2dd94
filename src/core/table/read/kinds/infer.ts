import { FEW_VALUES, inferKind, type KindGuess } from "./kind-guess.ts";
import { namesAge, namesGroup, namesOutcome, namesPlace } from "../../column-names.ts";
import { followUpIn, survivalOf } from "./follow-up.ts";
import { type Facts } from "./column-facts.ts";
import type { ColumnHints } from "../../hints.ts";
import { kindTold } from "./told-by-file.ts";
import type { RawCells } from "../column-cells.ts";
import { leftOutInWords, type Identified } from "../../identifiers/identify.ts";
import { areNoBirths, areOfPlaces, findPatients, identifyColumns } from "../../identifiers/preflight.ts";
import type { MissingTokens } from "../../formats/missing-tokens.ts";
import type { Identifies, PatientQuestion } from "../../identifies.ts";
import type { CoursePart, Kind, Measure, Role, Survival } from "../../table.ts";
import { measureOf } from "./levels/measure-of.ts";

/** Kind and role of a column with the reason for both, one or two sentences. */
export interface Inferred {
  readonly kind: Kind;
  readonly role: Role;
  readonly reason: string;
  readonly survival?: Survival;
  readonly course?: CoursePart | undefined;
  readonly measure?: Measure | null | undefined;
  /** measure "code": the coding system */
  readonly system?: string | undefined;
  /** what it can tell of a person */
  readonly identifies?: Identifies | undefined;
}

/** The cells of the columns, with the missing tokens of each. */
export interface InferredFrom {
  readonly cells: readonly RawCells[];
  readonly tokens: readonly MissingTokens[];
  /** What the table's file says of its columns. */
  readonly hints?: ColumnHints;
}

/** Most levels of a category whose groups are compared. */
const MOST_GROUPS = 50;
/** Kinds and roles of all columns of a table, which need to see each other, and which of them names the patients. */
export function infer(
  columns: readonly Facts[],
  { cells, tokens, hints }: InferredFrom,
): { inferred: Inferred[]; whose: PatientQuestion } {
  const guesses = columns.map((facts) => withHint(inferKind(facts), facts, hints));
  const seen = columns.map((facts, i) => ({
    facts,
    cells: cells[i] as RawCells,
    coded: guesses[i]?.measure === "code",
  }));
  const identified = identifyColumns(seen);
  const found = guesses.map((guess, i) => withIdentified(guess, identified[i]));
  const {
    at: patient,
    alike,
    question: whose,
  } = findPatients(
    seen,
    found.map(({ identifies }) => identifies?.what),
    found.map(({ kind }, i) => ({ kind, sexes: holdsSexes(columns[i] as Facts) })),
    tokens,
  );
  const kinds = found.map((guess, i) => {
    if (i === patient || (alike.includes(i) && guess.identifies === undefined)) return asPatient(guess);
    const [own, whose] = [seen[i], seen[patient]];
    if (guess.identifies?.what === "record-number" && own !== undefined && whose !== undefined) {
      const missing = { own: tokens[i] as MissingTokens, whose: tokens[patient] as MissingTokens };
      if (areOfPlaces(own, whose, missing)) return asPlaces(guesses[i] as KindGuess, columns[i] as Facts);
    }
    const births = guess.identifies?.what === "birth-date" && own !== undefined && whose !== undefined;
    return births && areNoBirths(own, whose, tokens[i] as MissingTokens) ? asDates(guess) : guess;
  });
  const target = targetOf(columns, kinds);
  const inferred = columns.map((facts, i): Inferred => {
    const guess = kinds[i] as KindGuess;
    const [role, why] = roleOf(facts, guess, { patient: i === patient, target: i === target });
    const { kind, system, identifies } = guess;
    const measure = hints?.get(facts.name)?.measure ?? guess.measure ?? measureOf(facts, kind);
    return {
      kind,
      role,
      reason: [guess.reason, why].filter(Boolean).join(" "),
      ...(measure && { measure }),
      ...(system && { system }),
      ...(identifies && { identifies }),
    };
  });
  const followUp = followUpIn(
    inferred.map(({ kind, role }, i) => {
      const { name, distinct, low } = columns[i] as Facts;
      return { name, kind, learned: role !== "omit" && role !== "identifier", distinct, low };
    }),
  );
  const survivals = inferred.map((it, i) => {
    const survival = survivalOf((columns[i] as Facts).name, followUp);
    return survival === undefined ? it : { ...it, survival };
  });
  return { inferred: survivals, whose };
}

/** The guess with what the column can tell of a person, which decides whether it is left out and may decide its kind. */
function withIdentified(guess: KindGuess, identified: Identified | undefined): KindGuess {
  if (identified === undefined) {
    const what =
      guess.kind === "identifier" ? "record-number" : guess.kind === "text" ? "free-text" : undefined;
    return what === undefined ? guess : { ...guess, identifies: { what, why: guess.reason } };
  }
  const { what, why, out, kind = guess.kind } = identified;
  const identifies = { what, why };
  if (!out) return { ...guess, identifies };
  const { measure: _measure, system: _system, ...rest } = guess;
  return {
    ...rest,
    kind,
    identifies,
    reason: kind === guess.kind && kind !== "text" ? guess.reason : why,
    ...(kind === "identifier" ? {} : { omit: leftOutInWords(what) }),
  };
}

function asPatient(guess: KindGuess): KindGuess {
  if (guess.kind === "identifier") return guess;
  const { reason, identifies } = guess;
  const patient = identifies ?? { what: "record-number" as const, why: "It repeats as patients do." };
  return { kind: "identifier", reason: identifies?.why ?? reason, identifies: patient };
}

/** Whole numbers stay numbers, as other numbered groups are. */
function asPlaces({ kind }: KindGuess, { numberShare, leadingZeros, writing }: Facts): KindGuess {
  const numbers = numberShare === 1 && !leadingZeros && writing.decimals === 0;
  const reason = "Several patients share each of its values and stay in it: places, not records of a person.";
  return {
    kind: kind === "identifier" && numbers ? "integer" : kind === "identifier" ? "category" : kind,
    reason,
  };
}

const asDates = ({ kind, reason }: KindGuess): KindGuess => ({
  kind,
  reason,
  identifies: { what: "date", why: "Dates by the day." },
});

/** The kind as the file tells it, where the cells go with that. */
function withHint(guess: KindGuess, facts: Facts, hints: ColumnHints | undefined): KindGuess {
  const kind = kindTold(hints, facts, guess.kind);
  if (kind === undefined) return guess;
  const reason = `Stored as ${KIND_WORDS[kind]} in its file.`;
  if (kind !== "text") return { kind, reason, ...(guess.omit !== undefined && { omit: guess.omit }) };
  return { kind, reason, omit: "Left out: it may name people, and it is not learned." };
}

const KIND_WORDS: Readonly<Record<Kind, string>> = {
  integer: "whole numbers",
  decimal: "numbers",
  datetime: "dates",
  category: "categories",
  boolean: "yes or no",
  identifier: "an identifier",
  text: "free text",
  constant: "one value",
};

const learnable = (facts: Facts, guess: KindGuess): boolean =>
  (guess.kind === "category" || guess.kind === "boolean") &&
  guess.omit === undefined &&
  facts.distinct >= 2 &&
  facts.distinct <= FEW_VALUES &&
  !namesGroup(facts.name) &&
  !holdsSexes(facts);

/** A column named like an outcome, the last one if there are several; else the last column when it is categorical and no place. */
function targetOf(columns: readonly Facts[], kinds: readonly KindGuess[]): number {
  for (let i = columns.length - 1; i >= 0; i--) {
    const facts = columns[i] as Facts;
    if (namesOutcome(facts.name) && learnable(facts, kinds[i] as KindGuess)) return i;
  }
  const last = columns.length - 1;
  const facts = columns[last];
  return facts !== undefined &&
    columns.length > 1 &&
    !namesPlace(facts.name) &&
    learnable(facts, kinds[last] as KindGuess)
    ? last
    : -1;
}

function roleOf(facts: Facts, guess: KindGuess, is: { patient: boolean; target: boolean }): [Role, string] {
  if (is.patient) {
    return facts.distinct < facts.present
      ? ["identifier", "Keeps the rows of a patient together and is never learned."]
      : ["identifier", "Keeps patients apart and is never learned."];
  }
  if (guess.omit !== undefined) return ["omit", guess.omit];
  if (guess.kind === "identifier") return ["omit", "Left out: an identifier is not learned."];
  if (is.target) {
    return [
      "target",
      namesOutcome(facts.name) ? "Named like an outcome." : "The last column, taken as the outcome.",
    ];
  }
  return isGroup(facts, guess) ? ["sensitive", "Marks a group of people to be compared."] : ["feature", ""];
}

const OLDEST = 125;
const SEXES: readonly (readonly string[])[] = [
  ["f", "m"],
  ["w", "m"],
  ["female", "male"],
  ["woman", "man"],
  ["women", "men"],
  ["weiblich", "männlich"],
  ["frau", "mann"],
  ["femme", "homme"],
  ["f", "h"],
  ["mujer", "hombre"],
  ["mujer", "varón"],
  ["femenino", "masculino"],
  ["feminino", "masculino"],
  ["femmina", "maschio"],
  ["donna", "uomo"],
  ["mulher", "homem"],
  ["vrouw", "man"],
];

/** Sex, race and the like by name, sex by its two words, age by its name and its numbers. */
function isGroup(facts: Facts, { kind }: KindGuess): boolean {
  if (kind === "category" || kind === "boolean") {
    return (namesGroup(facts.name) && facts.distinct <= MOST_GROUPS) || holdsSexes(facts);
  }
  const number = kind === "integer" || kind === "decimal";
  return (
    number && namesAge(facts.name) && facts.low >= 0 && facts.high <= OLDEST && facts.numbers > FEW_VALUES
  );
}

/** Both words for a sex, and at most three others. */
function holdsSexes({ texts }: Facts): boolean {
  if (texts === undefined || texts.levels.length > 5) return false;
  const found = texts.levels.map((level) => level.trim().toLowerCase());
  return SEXES.some((pair) => pair.every((word) => found.includes(word)));
}
