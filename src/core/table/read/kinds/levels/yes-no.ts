/** No and yes as they are written, in English, German, French, Spanish and Italian. */
const PAIRS: readonly (readonly [string, string])[] = [
  ["no", "yes"],
  ["n", "y"],
  ["false", "true"],
  ["f", "t"],
  ["0", "1"],
  ["0.0", "1.0"],
  ["nein", "ja"],
  ["n", "j"],
  ["falsch", "wahr"],
  ["non", "oui"],
  ["n", "o"],
  ["faux", "vrai"],
  ["no", "si"],
  ["no", "sí"],
  ["no", "sì"],
  ["n", "s"],
  ["falso", "verdadero"],
  ["falso", "vero"],
  ["negative", "positive"],
  ["neg", "pos"],
  ["neg.", "pos."],
  ["negativ", "positiv"],
  ["négatif", "positif"],
  ["negativo", "positivo"],
  ["absent", "present"],
  ["nicht vorhanden", "vorhanden"],
  ["ausente", "presente"],
  ["assente", "presente"],
  ["unchecked", "checked"],
  ["off", "on"],
  ["nee", "ja"],
];

/** Which of two `levels` means no and which yes, whatever their case; undefined where they are no such pair. */
export function yesAndNo(
  levels: readonly string[],
): { readonly no: string; readonly yes: string } | undefined {
  if (levels.length !== 2) return undefined;
  const found = levels.map((level) => level.trim().normalize("NFC").toLowerCase());
  for (const [no, yes] of PAIRS) {
    const at = found.indexOf(no);
    if (at >= 0 && found[1 - at] === yes) return { no: levels[at] as string, yes: levels[1 - at] as string };
  }
  return undefined;
}
