import { namesAge, namesId, namesPerson } from "../column-names.ts";
import type { PatientCandidate, PatientQuestion } from "../identifies.ts";
import type { IdentifierClass } from "../identifies.ts";
import { namesOwnAge, namesQuantity, namedAs, plainName } from "./column-words.ts";

/** A column as far as it matters for who the patients are. */
export interface PatientView {
  readonly name: string;
  /** Row -> distinct value of the first rows; -1 = missing. */
  readonly codes: Int32Array;
  readonly present: number;
  readonly distinct: number;
  readonly what: IdentifierClass | undefined;
  /** Kind "identifier" by what was inferred. */
  readonly id: boolean;
  readonly date: boolean;
  readonly decimals: boolean;
  /** its cells are numbers, which may be equal for the same patients by chance alone */
  readonly numbers: boolean;
  /** 1, 2, 3 ... from row to row */
  readonly sequential: boolean;
  /** sex, race or birth: it stays with a person */
  readonly ofPerson: boolean;
  /** of a person by its cells alone: dates over many years may be births or the beginnings of illnesses */
  readonly guessed: boolean;
  /** Values that rise with their first rows, as numbers given out at admission do. */
  readonly inOrder: boolean;
  /** Its values look given out rather than measured. */
  readonly formed: boolean;
}

/** Most candidates that are told of. */
const SHOWN = 6;
const FEW = 10;

/** Ids of somebody or something else, in five languages. */
const NOT_THE_PATIENT =
  /(provider|doctor|physician|nurse|surgeon|attending|consultant|clinician|practitioner|arzt|medecin|medico|organi[sz]ation|payer|payor|insurer|hospital$|clinic$|facility|site|centre|center|ward|station|department|dept|abteilung|service|reparto|arm$|group|diagnos|dx|drug)/;
/** Codes of a thing by their name, unless what never changes within one says otherwise. */
const OF_A_THING = /(code|test)$/;

/** Ids of a stay, a sample or a bill, in five languages. */
const OF_A_CASE =
  /(encounter|visit|stay|hadm|admission|episode|case|fall|order|sample|specimen|probe|accession|barcode|invoice|bill|rechnung|account|sejour|episodio|ricovero|row|record|line)/;

const PERSON =
  /(^| )(patient[a-z]*|paciente|paziente|pat|subject|participant|person|proband|versicherte[a-z]*|client[a-z]*|klient[a-z]*|kunde|kundin|customer|utente|assistito|usuario|bewohner[a-z]*|ipp|nhc|mrn|member|bene|beneficiary)( |$)/;

/** How a column that stays with a person behaves among the rows of one value. */
interface Constancy {
  readonly column: string;
  /** groups of two rows or more, and those in which it does not change */
  readonly groups: number;
  readonly constant: number;
  /** Decimal logarithm of the chance that as many groups do not change, were the rows shuffled. */
  readonly chance: number;
}

function constancyOf(groups: readonly (readonly number[])[], column: PatientView): Constancy {
  const counts = new Map<number, number>();
  for (const code of column.codes) if (code >= 0) counts.set(code, (counts.get(code) ?? 0) + 1);
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const shares = [...counts.values()].map((count) => count / all);
  let [several, constant, chance] = [0, 0, 0];
  for (const rows of groups) {
    const known = rows.map((row) => column.codes[row] as number).filter((code) => code >= 0);
    if (known.length < 2) continue;
    several++;
    if (known.some((code) => code !== known[0])) continue;
    constant++;
    chance += Math.log10(shares.reduce((sum, share) => sum + share ** known.length, 0));
  }
  return { column: column.name, groups: several, constant, chance };
}

interface Candidate {
  readonly at: number;
  readonly view: PatientView;
  /** rows of each value, by value */
  readonly groups: readonly (readonly number[])[];
  readonly most: number;
  readonly constants: readonly Constancy[];
  /** columns of a person never change within it, beyond chance; or do change */
  readonly content: "supports" | "contradicts" | "silent";
  readonly named: boolean;
  readonly rank: readonly number[];
}

function groupRows(codes: Int32Array): number[][] {
  const groups = new Map<number, number[]>();
  codes.forEach((code, row) => {
    if (code < 0) return;
    const rows = groups.get(code);
    if (rows === undefined) groups.set(code, [row]);
    else rows.push(row);
  });
  return [...groups.values()];
}

function contentOf(constants: readonly Constancy[]): Candidate["content"] {
  const telling = constants.filter(({ groups }) => groups >= 5);
  if (telling.some(({ groups, constant }) => constant < 0.9 * groups)) return "contradicts";
  return telling.some(({ groups, constant, chance }) => constant >= 0.97 * groups && chance < -3)
    ? "supports"
    : "silent";
}

const ISSUED: ReadonlySet<IdentifierClass> = new Set<IdentifierClass>(["record-number", "unique-code"]);
const PERSONAL: ReadonlySet<IdentifierClass> = new Set<IdentifierClass>([
  "national-number",
  "insurance-number",
  "name",
  "phone",
  "email",
  "address",
]);

function candidateOf(view: PatientView, at: number, persons: readonly PatientView[]): Candidate | undefined {
  const plain = plainName(view.name);
  const person = namesPerson(view.name) || PERSON.test(plain);
  if (view.date || view.decimals || view.ofPerson || view.distinct < 2) return undefined;
  if (namesAge(view.name) || namesOwnAge(plain)) return undefined;
  if (NOT_THE_PATIENT.test(plain) && !/^(patient|pat|subject)/.test(plain)) return undefined;
  const repeats = view.distinct < view.present;
  const named = person && !OF_A_CASE.test(plain);
  const byName = named && repeats && view.distinct > FEW && !namesQuantity(plain);
  const issued = view.id || byName || (view.what !== undefined && ISSUED.has(view.what));
  const personal = view.what !== undefined && PERSONAL.has(view.what);
  const given = view.formed || view.inOrder;
  const neutral =
    repeats && given && view.distinct > FEW && !namesQuantity(plain) && !namedAs(view.name).thing;
  if (!issued && !personal && !neutral) return undefined;
  if (view.sequential && !person && !namesId(view.name)) return undefined;
  const groups = groupRows(view.codes);
  const constants = persons
    .filter((one) => one !== view)
    .flatMap((one) => {
      const found = constancyOf(groups, one);
      return one.guessed && found.constant < 0.9 * found.groups ? [] : [found];
    });
  const content = contentOf(constants);
  if ((!issued || OF_A_THING.test(plain)) && content !== "supports") return undefined;
  const most = groups.reduce((largest, rows) => Math.max(largest, rows.length), 0);
  const rank = [
    content === "supports" ? 2 : content === "silent" ? 1 : 0,
    named ? 2 : person ? 1 : 0,
    repeats ? 1 : 0,
    issued ? 2 : view.what === "national-number" || view.what === "insurance-number" ? 1 : 0,
    view.what === undefined || ISSUED.has(view.what) ? 1 : 0,
    namesId(view.name) || namedAs(view.name).classes.length > 0 ? 1 : 0,
    view.sequential && !namesId(view.name) ? 0 : 1,
  ];
  return { at, view, groups, most, constants, content, named, rank };
}

export interface FoundPatients {
  readonly at: number;
  readonly alike: readonly number[];
  readonly question: PatientQuestion;
}

/** Numbers or codes that are given to somebody or something. */
const isIssued = ({ rank }: Candidate): boolean => (rank[3] as number) > 0;

/** By rank; where that says nothing, the one with fewer values, whose rows hold the others' together. */
function compare(a: Candidate, b: Candidate): number {
  for (const [i, rank] of a.rank.entries()) {
    const difference = (b.rank[i] as number) - rank;
    if (difference !== 0) return difference;
  }
  return a.view.distinct < a.view.present || b.view.distinct < b.view.present
    ? a.view.distinct - b.view.distinct
    : a.at - b.at;
}

/** Whether the rows fall into the same groups by both. */
function sameGroups(a: Candidate, b: Candidate): boolean {
  const pairs = new Set<string>();
  a.view.codes.forEach((code, row) => {
    const other = b.view.codes[row] as number;
    if (code >= 0 && other >= 0) pairs.add(`${code} ${other}`);
  });
  return pairs.size === a.groups.length && pairs.size === b.groups.length;
}

/** Whether every value of `a` lies within one value of `b`. */
const within = (a: Candidate, b: Candidate): boolean =>
  a.groups.every((rows) => new Set(rows.map((row) => b.view.codes[row])).size === 1);

/**
 * Two compete where neither content nor names decide between them and they put other rows together. One whose rows lie
 * within those of the other is a stay of that patient, no rival, once content speaks for the other.
 */
function competes(best: Candidate, other: Candidate): boolean {
  if (best.rank.slice(0, 3).some((rank, i) => rank !== other.rank[i])) return false;
  if (best.content === "supports" && within(other, best)) return false;
  if ((best.rank[3] as number) > (other.rank[3] as number)) return false;
  return best.most > 1 && !sameGroups(best, other);
}

const listed = (names: readonly string[]): string =>
  names.length <= 1 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

/** What speaks for it or against it; how many values and rows it has stands beside. */
function whyOf(candidate: Candidate, best: Candidate): string {
  const { view, constants, content, named } = candidate;
  if (content === "supports") {
    const kept = constants.filter((one) => one.groups > 0 && one.constant >= 0.97 * one.groups);
    const names = kept.slice(0, 3).map(({ column }) => column);
    return `${listed(names)} never ${names.length > 1 ? "change" : "changes"} within one.`;
  }
  const changing = constants.find(({ groups, constant }) => groups >= 5 && constant < 0.9 * groups);
  if (changing !== undefined)
    return `${changing.column} changes within one${candidate === best ? "" : ", so it is no person"}.`;
  if (view.distinct === view.present)
    return OF_A_CASE.test(plainName(view.name))
      ? "A number of the row or the stay."
      : "Different in every row.";
  const order = view.inOrder ? ", given out in the order of the rows" : "";
  const form = view.what === "unique-code" ? "Codes" : "Numbers";
  return named ? `Named like the patient's number${order}.` : `${form} that repeat${order}.`;
}

/**
 * Which column tells patients apart. Content comes first (within one of its values sex, race or birth never change, far
 * beyond chance), then names, then the form of its cells. -1: none does. `alike`: others that put the rows of one patient
 * together as it does, or are named like the patient's number.
 */
export function patientColumn(views: readonly PatientView[]): FoundPatients {
  const persons = views.filter(({ ofPerson }) => ofPerson);
  const candidates = views
    .flatMap((view, at) => candidateOf(view, at, persons) ?? [])
    .sort(compare)
    .slice(0, SHOWN);
  const best = candidates[0];
  if (best === undefined) return { at: -1, alike: [], question: { candidates: [], asked: false } };
  // Beside an id that content speaks for, a number that is none only happens to go with patients.
  const clear = best.content === "supports" && isIssued(best);
  const shown = candidates.filter((candidate) => candidate === best || !clear || isIssued(candidate));
  const told = shown.map((candidate): PatientCandidate => ({
    column: candidate.view.name,
    values: candidate.view.distinct,
    most: candidate.most,
    why: whyOf(candidate, best),
    chosen: candidate === best,
  }));
  const asked = candidates.slice(1).some((other) => competes(best, other));
  const alike = candidates
    .slice(1)
    .filter(
      (other) =>
        other.view.distinct > FEW && (other.named || (!other.view.numbers && sameGroups(best, other))),
    )
    .map(({ at }) => at);
  return { at: best.at, alike, question: { candidates: told, asked } };
}
