import type { ColumnKind } from "./column-examples.ts";
import * as made from "./made-numbers.ts";
import { around, day, digits, german, hex, letters, pad, pick, skewed } from "./made-numbers.ts";

/** 300 columns that the search for identifiers was written with: half of them point to persons. */

const words = (text: string): string[] => text.split(",").map((word) => word.trim());

const FIRST = words(
  "Clara,Ben,Hannah,Lukas,Sofia,Marlene,Tobias,Emily,Jacob,Olivia,Noah,Ava,Ethan,Chloé,Manon,Théo,Lucas,Inès,Camille,Hugo,Lucía,Pablo,Alejandro,Carmen,Javier,Giulia,Matteo,Chiara,Francesca,Lorenzo,Fenja,Thies,Aaliyah,Kayleigh,Bogdan,Ylva,Nuria,Iker,Ornella,Gwenaëlle",
);
const LAST = words(
  "Conrad,Ernst,Dietz,Fuchs,Müller,Schneider,Hoffmann,Zimmermann,Johnson,Williams,Peterson,Murphy,O'Connor,McCarthy,Dubois,Lefèvre,Moreau,Girard,García,Fernández,Rodríguez,Martínez,Rossi,Bianchi,Esposito,Ricci,Kowalczyk,Novak,van Dijk,de Vries,Yilmaz,Nguyen,Okafor,Petrov,Lindqvist,Brandstätter,Hauke,Thoma,Delacroix,Salvatori",
);
const STREETS = ["Hauptstraße", "Bahnhofstr.", "Lindenweg", "Am Markt", "Goetheplatz", "Kirchgasse"];
const DRUGS = words(
  "metoprolol,ramipril,aspirin,atorvastatin,metformin,insulin glargine,furosemide,amlodipine,pantoprazole,apixaban,warfarin,levothyroxine,prednisolone,amoxicillin,ceftriaxone,salbutamol,morphine,ibuprofen,enalapril,bisoprolol",
);
const DISEASES = words(
  "Hypertension,Type 2 diabetes,Asthma,COPD,Heart failure,Atrial fibrillation,Stroke,Pneumonia,Sepsis,Parkinson disease,Crohn disease,Hodgkin lymphoma,Alzheimer disease,Graves disease,Cushing syndrome,Migraine,Depression,Anaemia,Gout,Osteoporosis",
);
const WARDS = words("ICU,Cardiology,Neurology,General Surgery,Maternity,Paediatrics,Oncology,Emergency,Rose Ward,Florence Unit,Station 3A,Station 4B,Innere Medizin,Chirurgie,Urologie,Psychiatrie");
const HOSPITALS = words("St. Mary's Hospital,St. Joseph Hospital,Mount Sinai,Sankt Elisabeth,Charité,Royal Free,Mayo Clinic,University Hospital,Santa Maria Nuova,Hôpital Saint-Louis");
const BUGS = words("Escherichia coli,Staphylococcus aureus,Klebsiella pneumoniae,Pseudomonas aeruginosa,Candida albicans,Enterococcus faecalis,Proteus mirabilis,Acinetobacter baumannii");
const JOBS = words("Teacher,Nurse,Farmer,Carpenter,Baker,Mason,Cook,Driver,Student,Retired,Clerk,Miller,Smith,Hunter");
const STATES = words("Virginia,Georgia,Washington,Montana,Florida,Texas,Ohio,Maryland,Carolina,Dakota,Bavaria,Saxony,Hesse");

const street = (rng: Parameters<typeof digits>[0]): string => `${pick(rng, STREETS)} ${1 + rng.integer(120)}`;
const visitsOf = (cells: readonly string[], from: number, rng: Parameters<typeof digits>[0]): Record<string, string[]> => ({
  visit: cells.map(() => day(rng, from, from + 3)),
});

const persons: ColumnKind[] = [
  { expected: "name", names: ["first_name", "Vorname", "prénom", "nombre_paciente", "nome_paziente", "x1", "spalte_2"], make: (r) => pick(r, FIRST), repeats: ["once", 12, 25] },
  { expected: "name", names: ["last_name", "Nachname", "nom_de_famille", "apellidos", "cognome", "col3", "b"], make: (r) => pick(r, LAST), repeats: ["once", 14, 30] },
  { expected: "name", names: ["patient", "full name", "c4", "nominativo", "ansprechpartner"], make: (r) => `${pick(r, FIRST)} ${pick(r, LAST)}`, repeats: ["visits", 20] },
  { expected: "name", names: ["pat_name", "column_5", "kin"], make: (r) => `${pick(r, LAST)}, ${pick(r, FIRST)}` },
  { expected: "name", names: ["attending", "arzt", "medico", "v7"], make: (r) => `${pick(r, ["Dr. ", "Prof. ", "Dr. med. "])}${pick(r, LAST)}`, repeats: [6, 15] },
  { expected: "address", names: ["address", "Anschrift", "col_6", "strasse"], make: street },
  { expected: "address", names: ["home_address", "adresse", "q1"], make: (r) => `${1 + r.integer(200)} rue ${pick(r, ["des Lilas", "Victor Hugo", "de la Paix", "du Moulin"])}` },
  { expected: "address", names: ["addr_line_1", "street", "r2"], make: (r) => `${10 + r.integer(9000)} ${pick(r, ["Oak", "Maple", "Main", "Elm", "Park"])} ${pick(r, ["Street", "Ave", "Road", "Lane", "Dr."])}` },
  { expected: "address", names: ["direccion", "indirizzo"], make: (r) => `${pick(r, ["Calle Mayor", "Via Roma", "Avenida del Sol", "Corso Italia"])}, ${1 + r.integer(90)}` },
  { expected: "small-area", names: ["zip", "PLZ", "code_postal", "codigo_postal", "cap", "zipcode"], make: (r) => pad(1000 + r.integer(98000), 5), repeats: ["once", "visits", 30] },
  { expected: "small-area", names: ["postcode", "w3"], make: (r) => `${letters(r, 2)}${1 + r.integer(20)} ${r.integer(10)}${letters(r, 2)}` },
  { expected: "small-area", names: ["city", "Wohnort", "ville", "comune"], make: (r) => pick(r, ["Berlin", "Leipzig", "Lyon", "Nantes", "Siena", "Bologna", "Boston", "Springfield", "Salem", "Dover"]), repeats: [8] },
  { expected: "coordinates", names: ["lat", "latitude", "breitengrad"], make: (r) => (47 + 7 * r.uniform()).toFixed(5) },
  { expected: "coordinates", names: ["lon", "longitude"], make: (r) => (6 + 8 * r.uniform()).toFixed(5) },
  { expected: "coordinates", names: ["position"], make: (r) => `${(47 + 7 * r.uniform()).toFixed(4)}, ${(6 + 8 * r.uniform()).toFixed(4)}` },
  { expected: "birth-date", names: ["dob", "geb", "date_naissance", "fecha_nacimiento", "data_nascita", "Geburtsdatum"], make: (r) => day(r, 1930, 2005) },
  { expected: "birth-date", names: ["d1", "datum_2", "x_date"], make: (r) => german(day(r, 1930, 2000)), beside: (cells, r) => visitsOf(cells, 2018, r) },
  { expected: "age-over-89", names: ["age", "Alter", "edad"], make: (r) => String(Math.min(101, 18 + r.integer(84))) },
  { expected: "phone", names: ["phone", "Telefon", "contact_no"], make: (r) => `+49 ${pick(r, ["170", "30", "89"])} ${digits(r, 7)}` },
  { expected: "phone", names: ["mobile", "tel", "c9"], make: (r) => `(${200 + r.integer(700)}) ${200 + r.integer(700)}-${digits(r, 4)}` },
  { expected: "phone", names: ["portable", "telephone_2"], make: (r) => `06 ${digits(r, 2)} ${digits(r, 2)} ${digits(r, 2)} ${digits(r, 2)}` },
  { expected: "phone", names: ["movil", "cellulare", "fax", "handynummer"], make: (r) => `6${digits(r, 9)}` },
  { expected: "email", names: ["email", "kontakt", "x12"], make: (r) => `${pick(r, FIRST).toLowerCase()}.${r.integer(900)}@example.org` },
  { expected: "national-number", names: ["ssn", "col11"], make: made.ssn },
  { expected: "national-number", names: ["nhs_number", "n1"], make: made.nhs },
  { expected: "national-number", names: ["nir", "secu"], make: made.nir },
  { expected: "national-number", names: ["dni", "documento"], make: made.dni },
  { expected: "national-number", names: ["codice_fiscale", "t4"], make: made.codiceFiscale },
  { expected: "national-number", names: ["bsn", "ahv_nr"], make: (r) => made.bsn(r) },
  { expected: "national-number", names: ["avs"], make: made.ahv },
  { expected: "insurance-number", names: ["kvnr", "versichertennummer", "k1"], make: made.kvnr },
  { expected: "insurance-number", names: ["policy_no", "member_id", "numero_poliza"], make: (r) => `${letters(r, 3)}${digits(r, 8)}` },
  { expected: "account-number", names: ["iban", "konto", "z1"], make: made.iban },
  { expected: "account-number", names: ["account_no", "invoice_number"], make: (r) => digits(r, 9).replace(/^0/, "4") },
  { expected: "record-number", names: ["mrn", "Fallnummer", "numero_dossier", "nhc", "cartella_clinica"], make: (r) => String(400_000 + r.integer(500_000)) },
  { expected: "record-number", names: ["chart_no", "case_no", "aufnahmenr"], make: (r, row) => String(20_000 + 7 * row) },
  { expected: "record-number", names: ["pat_nr", "encounter_id", "visit_id"], make: (_, row) => pad(1001 + 7 * row, 8) },
  { expected: "record-number", names: ["feld_1", "u8", "wert_nr"], make: (r) => String(10_000_000 + r.integer(89_000_000)) },
  { expected: "unique-code", names: ["PATIENT", "id", "x5", "key_1"], make: made.uuid },
  { expected: "unique-code", names: ["hash", "pseudonym", "token_2"], make: (r) => hex(r, 32) },
  { expected: "unique-code", names: ["sample", "code_1", "y2"], make: (r, row) => `P-${pad(17 + 3 * row + r.integer(2), 5)}` },
  { expected: "licence-number", names: ["driver_license", "npi", "lanr"], make: (r) => `1${digits(r, 9)}` },
  { expected: "vehicle", names: ["vin", "w9"], make: made.vin },
  { expected: "vehicle", names: ["kennzeichen", "plate"], make: (r) => `${pick(r, ["B", "HH", "M", "KA"])}-${letters(r, 2)} ${1 + r.integer(9998)}` },
  { expected: "device", names: ["serial_no", "udi", "Seriennummer", "pump_serial"], make: (r) => `SN${digits(r, 7)}` },
  { expected: "device", names: ["mac", "adapter"], make: (r) => Array.from({ length: 6 }, () => hex(r, 2)).join(":") },
  { expected: "web-address", names: ["url", "profile"], make: (r) => `https://portal.example.org/u/${hex(r, 6)}` },
  { expected: "ip-address", names: ["ip", "client", "last_login_from"], make: (r) => `10.${r.integer(256)}.${r.integer(256)}.${1 + r.integer(250)}` },
  { expected: "biometric", names: ["fingerprint", "voice_file"], make: (r) => `rec_${digits(r, 6)}.wav` },
  { expected: "photo", names: ["photo", "bild"], make: (r) => `IMG_${digits(r, 5)}.jpg` },
  { expected: "free-text", names: ["notes", "remark", "Befund", "t1"], make: (r) => `Patient ${pick(r, ["reports", "denies", "describes"])} ${pick(r, ["pain", "cough", "fatigue", "fever"])} since ${1 + r.integer(30)} days, ${pick(r, ["seen", "called", "visited"])} with ${pick(r, ["daughter", "spouse", "friend"])} in room ${r.integer(400)}.`, repeats: ["once"] },
];

const clinical: ColumnKind[] = [
  { expected: "learned", names: ["platelets", "thrombozyten", "plt"], make: (r) => String(around(r, 250_000, 60_000)), repeats: ["once"] },
  { expected: "learned", names: ["nt_probnp", "ferritin", "ck"], make: (r) => String(skewed(r, 900, 1.2)), repeats: ["once"] },
  { expected: "learned", names: ["viral_load", "hiv_rna_copies"], make: (r) => String(skewed(r, 40_000, 2.5)), repeats: ["once"] },
  { expected: "learned", names: ["total_charges", "cost", "kosten"], make: (r) => String(skewed(r, 18_000, 0.9)), repeats: ["once"] },
  { expected: "learned", names: ["sbp", "hr", "weight_kg", "height_cm", "spo2", "col_a"], make: (r) => String(around(r, 120, 18)), repeats: ["once"] },
  { expected: "learned", names: ["crp", "creatinine", "potassium", "hba1c", "lactate", "m1"], make: (r) => (Math.abs(r.normal()) * 8 + 0.3).toFixed(2), repeats: ["once"] },
  { expected: "learned", names: ["apache", "sofa", "gcs", "phq9", "barthel"], make: (r) => String(r.integer(22)), repeats: ["once"] },
  { expected: "learned", names: ["los_days", "visit_no", "n_meds", "gravida", "episode_number"], make: (r) => String(1 + Math.floor(14 * r.uniform() ** 2)), repeats: ["once"] },
  { expected: "learned", names: ["age_years", "alter_bei_aufnahme"], make: (r) => String(18 + r.integer(70)), repeats: ["once"] },
  { expected: "learned", names: ["drug", "medication_name", "wirkstoff", "substance", "name", "x3", "farmaco"], make: (r) => pick(r, DRUGS), repeats: [20] },
  { expected: "learned", names: ["diagnosis", "disease_name", "diagnose", "condition", "problem", "q7"], make: (r) => pick(r, DISEASES), repeats: [20] },
  { expected: "learned", names: ["ward", "unit", "station", "dept_name", "abteilung", "location", "service"], make: (r) => pick(r, WARDS), repeats: [14] },
  { expected: "learned", names: ["hospital", "site_name", "facility", "klinik", "centre"], make: (r) => pick(r, HOSPITALS), repeats: [10] },
  { expected: "learned", names: ["organism", "pathogen", "erreger"], make: (r) => pick(r, BUGS), repeats: [8] },
  { expected: "learned", names: ["occupation", "job", "beruf"], make: (r) => pick(r, JOBS), repeats: [12] },
  { expected: "learned", names: ["state", "region", "birth_state"], make: (r) => pick(r, STATES), repeats: [10] },
  { expected: "learned", names: ["race", "ethnicity"], make: (r) => pick(r, ["White", "Black", "Asian", "Hispanic", "Other"]), repeats: [5] },
  { expected: "learned", names: ["sex", "geschlecht", "sexe"], make: (r) => pick(r, ["m", "f"]), repeats: [2] },
  { expected: "learned", names: ["smoker", "died", "diabetes", "phone_consult", "has_email", "address_known"], make: (r) => pick(r, ["yes", "no"]), repeats: ["once"] },
  { expected: "learned", names: ["icd10", "dx_code", "hauptdiagnose"], make: (r) => `${pick(r, [..."ICEJKN"])}${pad(r.integer(100), 2)}.${r.integer(10)}`, repeats: [30] },
  { expected: "learned", names: ["atc", "drug_code"], make: (r) => `${pick(r, ["C09AA", "A10BA", "N02BE", "J01CR"])}${pad(1 + r.integer(12), 2)}`, repeats: [18] },
  { expected: "learned", names: ["loinc", "test_code"], make: (r) => `${2000 + r.integer(900)}-${r.integer(10)}`, repeats: [16] },
  { expected: "learned", names: ["snomed", "concept"], make: (r) => String(10_000_000 + r.integer(80_000_000)), repeats: [9] },
  { expected: "learned", names: ["drg", "hcpcs", "cpt"], make: (r) => String(70_000 + r.integer(9000)), repeats: [15] },
  { expected: "learned", names: ["ndc"], make: (r) => `${pad(r.integer(9999), 4)}-${pad(r.integer(9999), 4)}-${pad(r.integer(99), 2)}`, repeats: [12] },
  { expected: "learned", names: ["stage", "asa", "nyha", "severity"], make: (r) => pick(r, ["I", "II", "III", "IV"]), repeats: ["once"] },
  { expected: "learned", names: ["severity_text", "triage", "schweregrad"], make: (r) => pick(r, ["mild", "moderate", "severe"]), repeats: ["once"] },
  { expected: "learned", names: ["marital_status", "religion", "language"], make: (r) => pick(r, ["Single", "Married", "Divorced", "Christian", "Muslim", "English"]), repeats: [5] },
  { expected: "learned", names: ["month", "admit_month"], make: (r) => pick(r, words("January,February,March,April,May,June,July,August,September,October,November,December")), repeats: ["once"] },
  { expected: "learned", names: ["blood_group", "allele"], make: (r) => pick(r, ["A+", "B+", "AB-", "O+", "O-"]), repeats: ["once"] },
  { expected: "learned", names: ["insurance", "payer", "krankenkasse"], make: (r) => pick(r, ["Medicare", "Medicaid", "Private", "AOK", "Barmer", "TK"]), repeats: [6] },
  { expected: "learned", names: ["arm", "treatment_group"], make: (r) => pick(r, ["Placebo", "Active 5 mg", "Active 10 mg"]), repeats: ["once"] },
  { expected: "learned", names: ["device_type", "vehicle_type", "image_type", "licence_status"], make: (r) => pick(r, ["A", "B", "C"]), repeats: ["once"] },
  { expected: "learned", names: ["score_name", "instrument"], make: (r) => pick(r, words("Glasgow,Apgar,Barthel,Ranson,Karnofsky,Charlson")), repeats: ["once"] },
  { expected: "learned", names: ["finding", "ecg", "xray_result"], make: (r) => pick(r, words("Normal,ST elevation,AV block 2,Left bundle branch block,Sinus rhythm,Pleural effusion")), repeats: ["once"] },
  { expected: "learned", names: ["dose", "dosage_text"], make: (r) => `${pick(r, ["5", "10", "20", "50"])} mg`, repeats: ["once"] },
  { expected: "learned", names: ["bp", "rr"], make: (r) => `${pick(r, ["110", "120", "130", "140"])}/${pick(r, ["70", "80", "90"])}`, repeats: ["once"] },
  { expected: "date", names: ["admission_date", "visit_date", "DOD_SSN", "patient_id_date", "discharge"], make: (r) => day(r, 2018, 2023), repeats: ["once"] },
  { expected: "date", names: ["diagnosis_date", "seen"], make: (r) => german(day(r, 2012, 2021)), repeats: ["once"], beside: (cells, r) => visitsOf(cells, 2021, r) },
  { expected: "learned", names: ["year", "birth_year", "year_of_birth"], make: (r) => String(1940 + r.integer(60)), repeats: ["once"] },
  { expected: "learned", names: ["steps_per_day", "distance_m", "reaction_time_ms"], make: (r) => String(skewed(r, 5200, 0.5)), repeats: ["once"] },
  { expected: "learned", names: ["eye_colour", "stain"], make: (r) => pick(r, words("Brown,Blue,Green,Hazel,Amber,Gray")), repeats: ["once"] },
  { expected: "learned", names: ["route", "via"], make: (r) => pick(r, words("oral,iv,im,sc,inhaled")), repeats: ["once"] },
  { expected: "learned", names: ["time_on_ward", "epoch_ms"], make: (r) => String(1_600_000_000 + r.integer(90_000_000)), repeats: ["once"] },
];

export const tunedColumns: readonly ColumnKind[] = [...persons, ...clinical];
