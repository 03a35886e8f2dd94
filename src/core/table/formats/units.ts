/** Units as tables write them, alone in a cell below or beside a name. */

const UNITS = new Set(
  (
    "% ‰ percent prozent years year yrs yr y jahre jahr months month mo monate weeks week wk wochen days day d tage tag " +
    "hours hour hrs hr h std stunden minutes minute min seconds second sec s ms kg g mg µg μg ug mcg ng pg lb lbs oz " +
    "mmol µmol μmol umol nmol pmol mol meq eq iu u miu ku l dl cl ml µl μl ul fl hpf mm cm m km µm μm um nm in inch ft " +
    "mmhg cmh2o kpa pa torr bar bpm breaths beats °c °f kcal cal j kj w v mv mah hz met mets score points cells copies " +
    "gy sv msv bq mbq sqm m2 m² cm2 cm² mm2 mm² mm3 mm³ kgm2 count n ratio index euro eur usd gbp chf € $ £"
  ).split(" "),
);

/** Of single letters, which else are answers: "m/w/d". */
const PAIRS = new Set("g/l g/d l/h l/d m/s g/h u/l".split(" "));

/** Most characters of a unit with its brackets and the blanks around it. */
const LONGEST = 60;

/** "mmol/l", "(years)", "10^9/L", "mg per dl", "kg/m²". */
export function looksLikeUnit(text: string): boolean {
  if (text.length > LONGEST) return false;
  const bare = text.trim().replace(/^[[(]\s*(.*?)\s*[\])]$/, "$1");
  if (bare === "" || bare.length > 20) return false;
  const parts = bare.toLowerCase().split(/\s*(?:\/|·|\*|\bper\b|\bpro\b|\s)\s*/);
  const isPart = (part: string): boolean =>
    UNITS.has(part) ||
    UNITS.has(part.replace(/[\^-]?[\d²³]+$/, "")) ||
    /^(?:x?10(?:\^?\d{1,2}|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|e\d{1,2}|1\.73|100|1000)$/.test(part);
  const letters = parts.filter((part) => /^\p{L}$/u.test(part));
  if (letters.length === parts.length && parts.length > 1 && !PAIRS.has(parts.join("/"))) return false;
  return (
    parts.every(isPart) &&
    parts.some((part) => UNITS.has(part.replace(/[\^-]?[\d²³]+$/, "")) || UNITS.has(part))
  );
}
