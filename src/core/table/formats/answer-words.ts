/** Sexes as they are written, in English, German, French, Spanish and Italian; the first of each line says which. */
export const SEXES: readonly (readonly string[])[] = [
  "male m man men males mann männer männlich maennlich männl maennl mannl homme hommes h masculin masculino hombre varon varón masc mâle maschio uomo masch".split(
    " ",
  ),
  "female f woman women females frau frauen weiblich weibl w femme femmes féminin feminin feminine femenino femenina mujer fem femelle femmina donna".split(
    " ",
  ),
  "diverse d divers divers* x other o autre otro otros diverso anderes non-binary nonbinary".split(" "),
];

/** Most characters of an answer; longer texts are compared as they stand. */
const LONGEST = 200;

/** A text as it is compared: no case, no accents of a typist, one space between words, no stop behind. */
export const folded = (text: string): string =>
  text.length > LONGEST
    ? text
    : text
        .normalize("NFKC")
        .toLowerCase()
        .replace(/[_\s\u00a0]+/g, " ")
        .replace(/\s*([-/])\s*/g, "$1")
        .replace(/^["'\s]+|["'.\s]+$/g, "")
        .trim();

/** "female" for "w", "Weibl.", "F"; undefined for what is no word for a sex. */
export function sexIn(text: string): string | undefined {
  const word = folded(text);
  return SEXES.find((words) => words.includes(word))?.[0];
}
