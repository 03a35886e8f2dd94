/** Words that show that a level is one of the clinic and no person: diseases, drugs, departments, findings, methods. */

const ENDINGS =
  /(itis|osis|osen?|emia|aemia|aemie|amie|emie|oma|ome|pathy|pathie|patia|ectomy|ektomie|ectomie|ectomia|plasty|plastik|scopy|skopie|scopie|scopia|ology|ologie|ologia|gram|gramm|gramme|graphy|graphie|grafia|uria|urie|algia|algie|plegia|paresis|trophy|trophie|stenosis|stenose|stenosi|sclerosis|sclerose|esclerosis|fibrosis|genesis|lysis|pril|sartan|olol|statin|statine|statina|azole|azol|azolo|mycin|micina|cillin|cilina|cillina|floxacin|mab|nib|tinib|parin|parina|gliptin|gliflozin|formin|formina|azepam|zolam|oxetine|pramine|caine|curium|barbital|phylline|steroid|dronate|triptan|setron|vir|virus|coccus|bacter|monas|ella|ase|ose|ide|ine sulfate|ation|ition|ment|ness|ung|keit|heit|ismus|schmerz|krankheit|erkrankung|versagen|infektion|station|klinik|chirurgie|medizin|therapie|therapy)$/;

const WORDS = new Set(
  `ward unit station icu ccu nicu picu itu hdu er ed ae opd clinic hospital department dept theatre recovery admissions outpatient
inpatient emergency intensive care surgery surgical medicine medical internal general geriatrics paediatrics pediatrics maternity
obstetrics gynaecology gynecology oncology cardiology neurology urology nephrology dermatology psychiatry radiology trauma
orthopaedics orthopedics ent rehab palliative hospice day night east west north south wing floor block room bed
disease syndrome disorder failure acute chronic infection sepsis shock stroke cancer tumor tumour carcinoma leukemia lymphoma
diabetes hypertension asthma copd pneumonia influenza covid hiv tuberculosis anemia angina arrest arrhythmia fracture injury pain
fever cough nausea bleeding haemorrhage hemorrhage embolism thrombosis infarction ischemia heart lung liver kidney brain bone skin
blood breast colon prostate hip knee left right upper lower arm leg chest abdomen head neck back type stage grade level score scale
test index positive negative normal abnormal high low mild moderate severe none other unknown yes no true false never former
current daily weekly oral iv im sc tablet capsule injection infusion vaccine dose placebo control treatment arm group cohort
parkinson alzheimer crohn hodgkin addison cushing graves hashimoto wilson marfan raynaud sjogren behcet kawasaki guillain barre
huntington tourette down turner klinefelter ehlers danlos paget bell menieres meniere kaposi wegener goodpasture barrett
charcot dupuytren bechterew perthes scheuermann basedow conn fanconi gilbert gaucher fabry hunter hurler pompe reye rett still
whipple zollinger ellison wolff parkinson white brugada takotsubo chagas hansen lyme ranson glasgow apgar barthel karnofsky
charlson elixhauser child pugh meld killip nyha asa ecog gleason dukes robson bishop braden norton morse waterlow
innere chirurgie medizin klinik abteilung ambulanz notaufnahme intensiv pflege kardiologie neurologie urologie gynakologie
geburtshilfe kinder unfallchirurgie reha krankheit entzundung infektion bluthochdruck herz lunge leber niere schlaganfall
service hopital urgences reanimation medecine chirurgie pediatrie maternite maladie insuffisance aigu chronique infection coeur
hospital urgencias medicina cirugia pediatria maternidad enfermedad insuficiencia agudo cronico infeccion ospedale reparto pronto
soccorso chirurgia malattia insufficienza acuto cronico infezione san santa sankt saint st mount holy sacred university medical center
centre clinica clinique january february march april june july august september october november december januar februar marz mai juni
juli oktober dezember janvier fevrier mars avril juin juillet aout septembre octobre decembre enero febrero marzo abril mayo junio julio
agosto septiembre octubre noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre monday tuesday
wednesday thursday friday saturday sunday catholic protestant muslim hindu jewish buddhist christian sikh english german french spanish
italian turkish polish arabic russian married single divorced widowed white black asian hispanic latino african american european caucasian
male female man woman doctor nurse teacher engineer farmer driver retired student unemployed self employed`.split(
    /\s+/,
  ),
);

const plain = (word: string): string => word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Whether a word of `text` is one of the clinic, where it is in neither list of names. */
export function isClinical(text: string, isName: (word: string) => boolean): boolean {
  return text
    .split(/[^\p{L}]+/u)
    .filter(Boolean)
    .map(plain)
    .some((word) => WORDS.has(word) || (word.length >= 6 && ENDINGS.test(word) && !isName(word)));
}
