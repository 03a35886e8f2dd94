import { namesAge, wordsOf } from "../../../column-names.ts";
import { unitKey } from "../../../formats/cut-number.ts";
import { ordinalOrder } from "../../../formats/ordinal-order.ts";
import type { Kind, Measure } from "../../../table.ts";
import type { Facts } from "../column-facts.ts";

const setOf = (text: string): ReadonlySet<string> => new Set(text.split(" "));

const PERCENTAGES = setOf(
  "percent pct percentage perc prozent proz pourcentage pourcent porcentaje percentuale spo2 sao2 sato2 lvef ef anteil",
);
const COUNTS = setOf(
  "count counts n num number numbers anzahl zahl nombre nb número numero conteo recuento conteggio numbero gravida parity para children kinder enfants hijos figli visits besuche admissions falls episodes pregnancies",
);
const DURATIONS = setOf(
  "duration los days hours minutes weeks months years dauer tage stunden minuten wochen monate jahre durée duree jours heures semaines mois duración duracion días dias horas semanas meses durata giorni ore settimane mesi verweildauer liegedauer aufenthaltsdauer beatmungsdauer stay",
);
const TIME_UNITS: ReadonlySet<string> = new Set(
  "s sec second seconds sek sekunde sekunden m min minute minutes minuten minuto minutos minuti h hr hrs hour hours std stunde stunden heure heures hora horas ora ore d day days tag tage tagen jour jours día días dia dias giorno giorni w wk week weeks woche wochen semaine semaines semana semanas settimana settimane mo month months monat monate mon mois mes meses mese mesi y yr yrs year years jahr jahre j an ans año años anno anni"
    .split(" ")
    .map(unitKey),
);
/** Greatest number that counts something of one patient. */
const MOST_COUNTED = 1000;

const named = (name: string, words: ReadonlySet<string>): boolean =>
  wordsOf(name.replace(/%/g, " percent ")).some((word) => words.has(word));

/** What a column measures beyond its kind, by its levels, its unit, its name and its range. */
export function measureOf(facts: Facts, kind: Kind): Measure | undefined {
  if (kind === "category") return facts.texts && ordinalOrder(facts.texts.levels) ? "ordinal" : undefined;
  if (kind !== "integer" && kind !== "decimal") return undefined;
  const { name, unit, low, high } = facts;
  if (unit === "%" || (named(name, PERCENTAGES) && low >= 0 && high > 1 && high <= 100)) return "percentage";
  if (low < 0 || namesAge(name)) return undefined;
  if (unit !== undefined) return TIME_UNITS.has(unitKey(unit)) ? "duration" : undefined;
  if (kind === "integer" && named(name, COUNTS) && high <= MOST_COUNTED) return "count";
  return named(name, DURATIONS) ? "duration" : undefined;
}
