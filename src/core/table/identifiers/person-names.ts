import { isClinical } from "./clinical-words.ts";
import { FIRST_NAMES } from "./first-names.ts";
import { SURNAMES } from "./surnames.ts";

/** What the distinct texts of a column look like, as names of persons: shares of them in [0, 1]. */
export interface NameLook {
  /** a title, a first name, or “Last, First” */
  readonly persons: number;
  /** a frequent first name among the words */
  readonly first: number;
  /** a frequent surname, or one word with the ending of a surname */
  readonly last: number;
  /** two words or more, one of them a first name */
  readonly full: number;
  /** “Dr.”, “Frau”, “Mme” before capitalised words */
  readonly titled: number;
  /** one to five capitalised words without digits */
  readonly shaped: number;
  /** a word of the clinic */
  readonly clinical: number;
}

const TITLE =
  /^(dr|prof|mr|mrs|ms|miss|mx|sir|herr|frau|hr|fr|m|mme|mlle|sr|sra|srta|d|dña|dna|don|doña|sig|sigra|dott|dottssa|dra|pd|med|phd|md)\.?$/iu;
/** Titles that stand before nothing but names. */
const SURE_TITLE =
  /^(dr\.|dr|prof\.?|mr\.?|mrs\.?|ms\.?|miss|herr|frau|hr\.|fr\.|m\.|mme\.?|mlle\.?|sr\.|sra\.|srta\.|dña\.|sig\.?|sig\.ra|dott\.?|dott\.ssa|dra\.) +\p{Lu}/iu;
const PARTICLE =
  /^(von|van|vom|zu|zum|zur|der|den|de|del|della|delle|dei|degli|di|da|dal|la|le|las|los|y|e|du|des|d|l|al|el|bin|ibn|ben|ter|ten|mc|mac|st|und|and)$/i;
const SURNAME_END =
  /(mann|meier|meyer|maier|mayer|berger|bauer|huber|hofer|sohn|sson|sen|ski|sky|cki|wicz|wski|czyk|ova|eva|ov|opoulos|oglu|enko|chuk|escu|ez|ini|elli|etti|ucci|acci|oni|eau|ault|oux)$/;

const plain = (word: string): string => word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

const isListed = (word: string): boolean => FIRST_NAMES.has(word) || SURNAMES.has(word);

/** Capitalised (“Anna”, “McCoy”, “O'Brien”) or all capitals; small letters count where the whole column is small. */
const capitalised = (word: string): boolean => /^\p{Lu}/u.test(word);

interface Look {
  readonly first: boolean;
  readonly last: boolean;
  readonly full: boolean;
  readonly titled: boolean;
  readonly comma: boolean;
  readonly shaped: boolean;
  readonly clinical: boolean;
}

function lookAt(text: string, small: boolean): Look {
  const titled = SURE_TITLE.test(text);
  const parts = text.split(/[\s,;.]+/).filter(Boolean);
  const words = parts.filter((part) => !TITLE.test(part) && !PARTICLE.test(part) && part.length > 1);
  const digits = /\d/.test(text);
  const shaped =
    !digits &&
    words.length >= 1 &&
    words.length <= 5 &&
    words.every((word) => (small || capitalised(word)) && /^[\p{L}'’-]+$/u.test(word));
  const pieces = words.flatMap((word) => word.split(/['’-]/)).map(plain);
  const clinical = isClinical(text, isListed);
  const first = shaped && pieces.some((word) => FIRST_NAMES.has(word));
  const listed = pieces.some((word) => SURNAMES.has(word));
  const ending =
    words.length === 1 && pieces.some((word) => word.length >= 5 && SURNAME_END.test(word)) && !clinical;
  const comma = shaped && /^[\p{L}'’ -]+, *[\p{L}'’. -]+$/u.test(text) && first;
  return {
    first: first && !(clinical && !comma && !titled),
    last: shaped && !clinical && (listed || ending),
    full: shaped && !clinical && words.length >= 2 && (first || listed),
    titled: titled && shaped,
    comma,
    shaped,
    clinical,
  };
}

/** How much the texts look like names; at most 2,000 of them are looked at. */
export function nameLook(texts: readonly string[]): NameLook {
  const some = texts.slice(0, 2000);
  const small = some.every((text) => text === text.toLowerCase());
  const looks = some.map((text) => lookAt(text, small));
  const share = (holds: (look: Look) => boolean): number =>
    looks.length === 0 ? 0 : looks.filter(holds).length / looks.length;
  return {
    persons: share(({ first, titled, comma }) => first || titled || comma),
    first: share(({ first }) => first),
    last: share(({ last }) => last),
    full: share(({ full }) => full),
    titled: share(({ titled }) => titled),
    shaped: share(({ shaped }) => shaped),
    clinical: share(({ clinical }) => clinical),
  };
}

const MENTION =
  /(?:^|[\s(,;:])(?:Dr|Prof|Mr|Mrs|Ms|Miss|Herrn?|Frau|Mme|Mlle|Monsieur|Madame|Señora?|Srta|Sra|Dra|Dott|Signora?)\.? +(?:(?:Dr|Prof|med)\.? +){0,2}(\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?)/u;

/** Whether a text of several words names a person by title: "see letter of Dr. Brown", "Frau Weber informiert". */
export function mentionsPerson(text: string): boolean {
  const name = MENTION.exec(text)?.[1];
  return name !== undefined && text.split(/\s+/).length >= 3 && !isClinical(name, isListed);
}

/** What kind of names they are, for a person; undefined: nothing speaks for names strongly enough. */
export function namesInWords(
  look: NameLook,
  levels: number,
  { maybe, thing }: { maybe: boolean; thing: boolean },
): string | undefined {
  if (look.clinical > 0.15 && look.titled < 0.5) return undefined;
  if (look.titled >= 0.5 && levels >= 2) return "names with titles";
  const strict = thing ? 1.6 : maybe ? 0.5 : 1;
  if (look.full >= 0.4 * strict && look.persons >= 0.25 * strict && levels >= 3)
    return "first and last names";
  if (look.first >= 0.5 * strict && levels >= 3) return "first names";
  if (look.first >= 0.35 * strict && levels >= 10) return "first names";
  if (look.shaped < 0.8) return undefined;
  if (look.last + look.first >= 0.4 * strict && look.last >= 0.3 * strict && levels >= 6) return "surnames";
  if (maybe && levels >= 10 && look.last + look.first >= 0.15) return "names of persons";
  return undefined;
}
