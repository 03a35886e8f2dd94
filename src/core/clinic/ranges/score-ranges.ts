import { NONE, quantity, unit } from "./clinical-quantity.ts";
import type { Quantity } from "./clinical-quantity.ts";

/** A score in points: from its least to its greatest value, both of which it can have. */
const score = (name: string, names: string, least: number, most: number): Quantity =>
  quantity(name, names, NONE, unit("points", "points punkte pts", [least, most], undefined, [least, most]));

/** Scores of the bedside (CLIF 3.0, patient_assessments) and of severity, by their own definitions. */
export const scores: readonly Quantity[] = [
  score("GCS eye", "gcs eye|gcs eyes|gcs augen|eye opening|gcs eye opening", 1, 4),
  score("GCS verbal", "gcs verbal|verbal response|gcs verbal response", 1, 5),
  score("GCS motor", "gcs motor|motor response|gcs motor response|gcs motorik", 1, 6),
  score("RASS", "rass|richmond agitation sedation scale", -5, 4),
  score("SAS", "riker sas|sedation agitation scale", 1, 7),
  score("Braden", "braden|braden total|braden score|braden scale", 6, 23),
  score("APGAR at 1 minute", "apgar 1|apgar1|apgar 1min|apgar 1 min|apgar 1 minute", 0, 10),
  score("APGAR at 5 minutes", "apgar 5|apgar5|apgar 5min|apgar 5 min|apgar 5 minutes", 0, 10),
  score("APGAR at 10 minutes", "apgar 10|apgar10|apgar 10min|apgar 10 min", 0, 10),
  score(
    "Numeric pain rating",
    "nrs|pain nrs|numeric rating scale|pain score|schmerzskala|schmerz nrs",
    0,
    10,
  ),
  score("Visual analogue pain", "pain vas|vas pain|visual analog scale", 0, 10),
  score("CPOT", "cpot|cpot total", 0, 8),
  score("PAINAD", "painad", 0, 10),
  score("Behavioural pain scale", "behavioral pain scale|behavioural pain scale", 3, 12),
  score("CIWA", "ciwa|ciwa ar", 0, 67),
  score("COWS", "cows score|clinical opiate withdrawal scale", 0, 48),
  score("ICDSC", "icdsc", 0, 8),
  score("Morse fall scale", "morse|morse fall scale|morse score", 0, 125),
  score("Train of four", "train of four|tof count", 0, 4),
  score("ICU mobility scale", "icu mobility scale|mobility scale", 0, 10),
  score("qSOFA", "qsofa|q sofa|quick sofa|qsofa score", 0, 3),
  score("SOFA", "sofa|sofa score|sofa total", 0, 24),
  score("APACHE II", "apache ii|apache2|apacheii|apache ii score|apache 2", 0, 71),
  score("SAPS II", "saps ii|saps2|sapsii|saps ii score|saps 2", 0, 163),
  score("NEWS2", "news2|news 2|news2 score|national early warning score", 0, 20),
  score("NIHSS", "nihss|nih stroke scale|nihss score", 0, 42),
  score(
    "Modified Rankin scale",
    "mrs rankin|modified rankin scale|modified rankin|rankin|rankin scale",
    0,
    6,
  ),
  score("Child-Pugh", "child pugh points|child pugh score|child pugh", 5, 15),
  score("MELD", "meld|meld score", 6, 40),
  score("CHA2DS2-VASc", "cha2ds2vasc|cha2ds2 vasc|chads vasc|cha2ds2 vasc score", 0, 9),
  score("HAS-BLED", "has bled|hasbled", 0, 9),
  score("Charlson index", "charlson|charlson index|charlson comorbidity index|charlson score", 0, 37),
  score("MMSE", "mmse|mini mental|mini mental state", 0, 30),
  score("MoCA", "moca|moca score|montreal cognitive assessment", 0, 30),
  score("PHQ-9", "phq9|phq 9|phq9 score", 0, 27),
  score("GAD-7", "gad7|gad 7|gad7 score", 0, 21),
  score("ECOG", "ecog|ecog status|ecog performance status|ecog ps", 0, 5),
  score("Karnofsky", "karnofsky|karnofsky index|kps|karnofsky performance status", 0, 100),
  score("Barthel index", "barthel|barthel index", 0, 100),
  score("ASA class", "asa class|asa score|asa klasse|asa physical status", 1, 6),
  score("NYHA class", "nyha|nyha class|nyha klasse", 1, 4),
  score("EDSS", "edss|expanded disability status scale", 0, 10),
  score("Bishop score", "bishop|bishop score", 0, 13),
];
