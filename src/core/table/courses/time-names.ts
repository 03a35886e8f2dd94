import { namesBirth } from "../column-names.ts";
import { plainName } from "../identifiers/column-words.ts";

/** What a column's name says of its part in time, in English, German, French, Spanish, Italian and Dutch. */
export type TimeName =
  /** when a visit was: "charttime", "observationoffset", "Besuchsdatum", "date de visite" */
  | "when"
  /** the number of the visit: "visit_no", "wave", "Visite" */
  | "order"
  /** when something ended or was written down: "dischtime", "storetime" */
  | "after"
  | "none";

const listed = (words: string): string => words.trim().split(/\s+/).join("|");

/** Units and words of time that end an English name, or begin one of another language. */
const UNIT =
  listed(`date dates datetime time timestamp dt dtc dtm dttm day days dy hour hours hr hrs minute minutes mins week weeks wk
  month months mth year years yr yrs offset timepoint t ady
  datum zeit zeitpunkt uhrzeit tag tage stunde stunden woche wochen monat monate jahr jahre
  jour jours heure heures semaine semaines mois annee temps delai
  fecha dia dias hora horas semana semanas mes meses ano tiempo momento
  data giorno giorni ora ore settimana settimane mese mesi anno tempo istante
  dag dagen uur uren weken maand maanden tijd tijdstip`);
/** Compounds of one word that end in a word of time. */
const JOINED =
  /^[a-z]{2,}(date|datetime|time|offset|day|dtc|dttm|datum|zeit|zeitpunkt|tag|stunde|woche|monat|tijd|dag)$|^(vs|lb|sv|eg|qs|ex|rs)(dy|dtc|stdtc)$/;
const WHEN = new RegExp(`(^(${UNIT})( |$))|( (${UNIT})$)`);
/** "days since admission" beside "days in hospital": a quantity of its own. */
const COUNTED = new RegExp(`^(${UNIT}) (in|on|with|without|of|spent|at|per|between)( |$)`);
const OF_A_VISIT =
  /^(day|date|time|hour|week|month|year) of (the )?(visit|exam|examination|observation|measurement|sample|stay|study|admission|test|assessment)/;

/** Where an interval of a patient begins, as tables of survival analysis have it: (start, stop]. */
const BEGINS = /^(t|time|interval)? ?(start|begin)$|^(t|time) ?0$/;

const ORDER =
  /^(visit|visits|visitnum|visitno|avisitn|visit (no|nr|num|number|n|index|seq|order|count|id)|(no|number) (of )?visit|wave|round|period|periode|enum|timepoint|time point|cycle|assessment( (no|nr|num|number))?|follow ?up (no|nr|num|number)|seq|sequence|sequence (no|nr|num|number)|exam (no|nr|num|number)|session|occasion|measurement (no|nr|num|number)|visite|visiten ?(nr|nummer)|besuch|besuch(s)? ?(nr|nummer)|termin|termin ?(nr|nummer)|untersuchung(s)? ?(nr|nummer)|messzeitpunkt|numero (de )?(visite|visita|consulta|control)|n (de )?(visite|visita)|visita|visita (n|no|num|numero)|consulta|controllo|bezoek|bezoek ?(nr|nummer))$/;

/** Ends, what is written down later, what is still to come, and lengths between two times. */
const AFTER =
  /(^| )(end|ended|ending|stop|stopped|finish|finished|until|disch|discharge[d]?|dischtime|out|edouttime|exit|leave|left|death|dead|died|dod|deathtime|deceased|last|final|next|store|stored|storetime|entry|entered|updated?|modified|created|loaded|extract(ed)?|export(ed)?|valid|validated|signed|verified|due|planned|scheduled|enddate|endtime|stopdate|stoptime|dischargedate|deathdate|ende|entlassung|entlassen|entlass[a-z]*|austritt[a-z]*|tod|todes[a-z]*|verstorben|letzte[rs]?|naechste[rs]?|nachste[rs]?|erfasst|eingabe[a-z]*|sortie|deces|fin|dernier|derniere|prochaine?|alta|muerte|defuncion|ultim[ao]|proxim[ao]|dimissione|morte|decesso|fine|uscita|prossim[ao]|ontslag[a-z]*|overlijden[a-z]*|einde?|laatste)( |$)/;
const LENGTH =
  /(^| )(duration|length|los|gap|interval|elapsed between|since last|since previous|since prior|dauer|verweildauer|liegedauer|abstand|duree|duracion|durata|intervalo|intervallo|intervalle|duur)( |$)/;
/** Times that are measured in a patient, or that a patient is followed for. */
const MEASURED =
  /(prothrombin|thromboplastin|thrombin|protime|clotting|coagul|bleed|quick|recalcification|reaction|transit|ejection|relaxation|deceleration|acceleration|ischemi|cpb|bypass|clamp|operat|surgery|procedure|anesth|anaesth|sleep|screen|doubling|survival|futime|follow ?up (time|days|weeks|months|years)|time to|days to|months to|waiting|wait|response|ventilat|gestation|half life)/;

/** What `name` says of its column's part in time. */
export function timeName(name: string): TimeName {
  const plain = plainName(name);
  if (namesBirth(name) || /(birth|geburt|geb|naissance|nacimiento|nascita|geboorte|dob)/.test(plain))
    return "none";
  if (MEASURED.test(plain) || LENGTH.test(plain)) return "none";
  const when = OF_A_VISIT.test(plain) || BEGINS.test(plain) || (isTimely(plain) && !COUNTED.test(plain));
  if (AFTER.test(plain)) return when ? "after" : "none";
  if (ORDER.test(plain)) return "order";
  return when ? "when" : "none";
}

const isTimely = (plain: string): boolean =>
  WHEN.test(plain) ||
  plain
    .split(" ")
    .some((word) => JOINED.test(word) || /^(charttime|admittime|observationoffset)$/.test(word));

const END =
  /(^| )(fu ?time|futime|fu|follow ?up( (time|end|date|days|weeks|months|years))?|end|ended|stop|exit|last|final|censor[a-z]*|death|died|dod|deathtime|discharge|disch|dischtime|survival|surv|os|pfs|dfs|tte|t 2 e|lost|withdraw[a-z]*|ende|letzte[rs]?|tod|todes[a-z]*|nachbeobachtung[a-z]*|entlass[a-z]*|fin|suivi|dernier[e]?|deces|sortie|seguimiento|ultim[ao]|alta|muerte|fine|decesso|dimissione|morte|einde?|laatste|ontslag[a-z]*|overlijden[a-z]*)( |$)/;

/** Whether `name` may be the end of follow-up: "futime", "last_contact", "Datum letzte Nachsorge", "date de sortie". */
export const namesEnd = (name: string): boolean => END.test(plainName(name));
