import type { Source } from "../sourced-number.ts";

/** Intensive care, the emergency department, and the emergencies that both see. */
export const criticalCareSources: readonly Source[] = [
  {
    id: "venkatesh-2015",
    citation:
      "Venkatesh B, Pilcher D, Prins J, et al. Incidence and outcome of adults with diabetic ketoacidosis admitted to ICUs in Australia and New Zealand. Critical Care 19:451",
    year: 2015,
    at: "10.1186/s13054-015-1171-7",
  },
  {
    id: "ferreira-2001",
    citation:
      "Ferreira FL, Bota DP, Bross A, Mélot C, Vincent JL. Serial evaluation of the SOFA score to predict outcome in critically ill patients. JAMA 286:1754–1758",
    year: 2001,
    at: "10.1001/jama.286.14.1754",
  },
  {
    id: "durant-2011",
    citation:
      "Durant E, Sporer KA. Characteristics of patients with an abnormal Glasgow Coma Scale score in the prehospital setting. Western Journal of Emergency Medicine 12:30–36",
    year: 2011,
    at: "https://escholarship.org/uc/item/4br3h5h5",
  },
  {
    id: "shin-2018",
    citation:
      "Shin S, Lee HJ, Shin J, Lee S. Predictors of abnormal brain computed tomography findings in patients with acute altered mental status in the emergency department. Clinical and Experimental Emergency Medicine 5(1)",
    year: 2018,
    at: "https://www.ceemjournal.org/journal/view.php?number=174",
  },
  {
    id: "eicu-demo",
    citation:
      "Johnson A, Pollard T, Badawi O, Raffa J. eICU Collaborative Research Database Demo, version 2.0.1. PhysioNet",
    year: 2021,
    at: "https://physionet.org/content/eicu-crd-demo/2.0.1/",
  },
  {
    id: "challenge-2012",
    citation:
      "Silva I, Moody G, Scott DJ, Celi LA, Mark RG. Predicting in-hospital mortality of ICU patients: the PhysioNet/Computing in Cardiology Challenge 2012. Computing in Cardiology 39:245–248",
    year: 2012,
    at: "https://physionet.org/content/challenge-2012/1.0.0/",
  },
  {
    id: "challenge-2019",
    citation:
      "Reyna MA, Josef CS, Jeter R, et al. Early prediction of sepsis from clinical data: the PhysioNet/Computing in Cardiology Challenge 2019. Critical Care Medicine 48:210–217",
    year: 2020,
    at: "https://physionet.org/content/challenge-2019/1.0.0/",
  },
  {
    id: "sepsis-3",
    citation:
      "Singer M, Deutschman CS, Seymour CW, et al. The third international consensus definitions for sepsis and septic shock (Sepsis-3). JAMA 315:801–810",
    year: 2016,
    at: "10.1001/jama.2016.0287",
  },
  {
    id: "seymour-2017",
    citation:
      "Seymour CW, Gesten F, Prescott HC, et al. Time to treatment and mortality during mandated emergency care for sepsis. New England Journal of Medicine 376:2235–2244",
    year: 2017,
    at: "10.1056/NEJMoa1703058",
  },
  {
    id: "ssc-2021",
    citation:
      "Evans L, Rhodes A, Alhazzani W, et al. Surviving Sepsis Campaign: international guidelines for management of sepsis and septic shock 2021. Intensive Care Medicine 47:1181–1247",
    year: 2021,
    at: "10.1007/s00134-021-06506-y",
  },
  {
    id: "nguyen-2004",
    citation:
      "Nguyen HB, Rivers EP, Knoblich BP, et al. Early lactate clearance is associated with improved outcome in severe sepsis and septic shock. Critical Care Medicine 32:1637–1642",
    year: 2004,
    at: "10.1097/01.CCM.0000132904.35713.A7",
  },
  {
    id: "pepys-2003",
    citation:
      "Pepys MB, Hirschfield GM. C-reactive protein: a critical update. Journal of Clinical Investigation 111:1805–1812",
    year: 2003,
    at: "10.1172/JCI18921",
  },
  {
    id: "vincent-1996",
    citation:
      "Vincent JL, Moreno R, Takala J, et al. The SOFA (Sepsis-related Organ Failure Assessment) score to describe organ dysfunction/failure. Intensive Care Medicine 22:707–710",
    year: 1996,
    at: "10.1007/BF01709751",
  },
  {
    id: "pandharipande-2009",
    citation:
      "Pandharipande PP, Shintani AK, Hagerman HE, et al. Derivation and validation of SpO2/FiO2 ratio to impute for PaO2/FiO2 ratio in the respiratory component of the Sequential Organ Failure Assessment score. Critical Care Medicine 37:1317–1321",
    year: 2009,
    at: "10.1097/CCM.0b013e31819cefa9",
  },
  {
    id: "jbds-2022",
    citation:
      "Dhatariya KK, Joint British Diabetes Societies for Inpatient Care. The management of diabetic ketoacidosis in adults: an updated guideline. Diabetic Medicine 39:e14788",
    year: 2022,
    at: "10.1111/dme.14788",
  },
  {
    id: "dhatariya-2016",
    citation:
      "Dhatariya KK, Nunney I, Higgins K, Sampson MJ, Iceton G. National survey of the management of diabetic ketoacidosis (DKA) in the UK in 2014. Diabetic Medicine 33:252–260",
    year: 2016,
    at: "https://ueaeprints.uea.ac.uk/id/eprint/57582/",
  },
  {
    id: "albert-1967",
    citation:
      "Albert MS, Dell RB, Winters RW. Quantitative displacement of acid-base equilibrium in metabolic acidosis. Annals of Internal Medicine 66:312–322",
    year: 1967,
    at: "10.7326/0003-4819-66-2-312",
  },
  {
    id: "ukka-2023",
    citation:
      "UK Kidney Association. Clinical practice guidelines: treatment of acute hyperkalaemia in adults. Bristol, UK Kidney Association",
    year: 2023,
    at: "https://www.ukkidney.org/",
  },
  {
    id: "allon-1990",
    citation:
      "Allon M, Copkney C. Albuterol and insulin for treatment of hyperkalemia in hemodialysis patients. Kidney International 38:869–872",
    year: 1990,
    at: "10.1038/ki.1990.284",
  },
  {
    id: "villanueva-2013",
    citation:
      "Villanueva C, Colomo A, Bosch A, et al. Transfusion strategies for acute upper gastrointestinal bleeding. New England Journal of Medicine 368:11–21",
    year: 2013,
    at: "10.1056/NEJMoa1211801",
  },
  {
    id: "trigger-2015",
    citation:
      "Jairath V, Kahan BC, Gray A, et al. Restrictive versus liberal blood transfusion for acute upper gastrointestinal bleeding (TRIGGER): a pragmatic, open-label, cluster randomised feasibility trial. Lancet 386:137–144",
    year: 2015,
    at: "10.1016/S0140-6736(14)61999-1",
  },
  {
    id: "blatchford-2000",
    citation:
      "Blatchford O, Murray WR, Blatchford M. A risk score to predict need for treatment for upper-gastrointestinal haemorrhage. Lancet 356:1318–1321",
    year: 2000,
    at: "10.1016/S0140-6736(00)02816-6",
  },
  {
    id: "hearnshaw-2011",
    citation:
      "Hearnshaw SA, Logan RF, Lowe D, Travis SP, Murphy MF, Palmer KR. Acute upper gastrointestinal bleeding in the UK: patient characteristics, diagnoses and outcomes in the 2007 UK audit. Gut 60:1327–1335",
    year: 2011,
    at: "10.1136/gut.2010.228437",
  },
  {
    id: "atls-2018",
    citation:
      "American College of Surgeons Committee on Trauma. Advanced Trauma Life Support: student course manual, 10th edition. Chicago",
    year: 2018,
    at: "https://www.facs.org/quality-programs/trauma/education/advanced-trauma-life-support/",
  },
  {
    id: "hscic-2013",
    citation:
      "Health and Social Care Information Centre. Provisional accident and emergency quality indicators and attendances, England, March 2012 to February 2013",
    year: 2013,
    at: "https://healthcareleadernews.com/news/most-ae-attendances-in-work-hours/",
  },
  {
    id: "nhamcs-2006",
    citation:
      "Pitts SR, Niska RW, Xu J, Burt CW. National Hospital Ambulatory Medical Care Survey: 2006 emergency department summary. National Health Statistics Reports 7",
    year: 2008,
    at: "https://www.cdc.gov/nchs/data/nhsr/nhsr007.pdf",
  },
  {
    id: "nhamcs-2001",
    citation:
      "Emergency department crowding: a national perspective. Secondary analysis of the National Hospital Ambulatory Medical Care Survey 2001, abstract",
    year: 2004,
    at: "https://discovery.researcher.life/article/emergency-department-crowding-a-national-perspective/4c436c26d26838eba493969c550906fe",
  },
  {
    id: "santos-2014",
    citation:
      "Santos AP, Freitas P, Martins HM. Manchester triage system version II and resource utilisation in the emergency department. Emergency Medicine Journal 31:148–152",
    year: 2014,
    at: "https://read.qxmd.com/read/23345313/manchester-triage-system-version-ii-and-resource-utilisation-in-the-emergency-department",
  },
  {
    id: "zachariasse-2017",
    citation:
      "Zachariasse JM, Seiger N, Rood PP, et al. Validity of the Manchester Triage System in emergency care: a prospective observational study. PLoS ONE 12:e0170811",
    year: 2017,
    at: "10.1371/journal.pone.0170811",
  },
  {
    id: "news2-2017",
    citation:
      "Royal College of Physicians. National Early Warning Score (NEWS) 2: standardising the assessment of acute-illness severity in the NHS. London",
    year: 2017,
    at: "https://www.rcp.ac.uk/resources/national-early-warning-score-news-2/",
  },
  {
    id: "wang-2007",
    citation:
      "Wang HE, Shapiro NI, Angus DC, Yealy DM. National estimates of severe sepsis in United States emergency departments. Critical Care Medicine 35:1928–1936",
    year: 2007,
    at: "https://pubmed.ncbi.nlm.nih.gov/17581480/",
  },
];
