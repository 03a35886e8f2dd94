import type { Source } from "../sourced-number.ts";

/** Publications behind ages, vitals and laboratory values. */
export const vitalsLabsSources: readonly Source[] = [
  {
    id: "nhanes-2009",
    citation:
      "National Center for Health Statistics. National Health and Nutrition Examination Survey, public data files of 2009–2010 and 2011–2012. Centers for Disease Control and Prevention, Hyattsville",
    year: 2013,
    at: "https://wwwn.cdc.gov/nchs/nhanes/",
  },
  {
    id: "nhanes-2017",
    citation:
      "National Center for Health Statistics. National Health and Nutrition Examination Survey, public data files of 2017–2018: standard biochemistry profile. Centers for Disease Control and Prevention, Hyattsville",
    year: 2020,
    at: "https://wwwn.cdc.gov/nchs/nhanes/continuousnhanes/default.aspx?BeginYear=2017",
  },
  {
    id: "obermeyer-2017",
    citation:
      "Obermeyer Z, Samra JK, Mullainathan S. Individual differences in normal body temperature: longitudinal big data analysis of patient records. BMJ 359:j5468",
    year: 2017,
    at: "10.1136/bmj.j5468",
  },
  {
    id: "vold-2015",
    citation:
      "Vold ML, Aasebø U, Wilsgaard T, Melbye H. Low oxygen saturation and mortality in an adult cohort: the Tromsø study. BMC Pulmonary Medicine 15:9",
    year: 2015,
    at: "10.1186/s12890-015-0003-5",
  },
  {
    id: "news-2017",
    citation:
      "Royal College of Physicians. National Early Warning Score (NEWS) 2: standardising the assessment of acute-illness severity in the NHS. London",
    year: 2017,
    at: "https://www.rcp.ac.uk/improving-care/resources/national-early-warning-score-news-2/",
  },
  {
    id: "egan-2010",
    citation:
      "Egan BM, Zhao Y, Axon RN. US trends in prevalence, awareness, treatment, and control of hypertension, 1988–2008. JAMA 303:2043–2050",
    year: 2010,
    at: "10.1001/jama.2010.650",
  },
  {
    id: "welsh-2022",
    citation:
      "Welsh P, Campbell RT, Mooney L, et al. Reference ranges for NT-proBNP and risk factors for higher NT-proBNP concentrations in a large general population cohort. Circulation: Heart Failure 15:e009427",
    year: 2022,
    at: "10.1161/CIRCHEARTFAILURE.121.009427",
  },
  {
    id: "inker-2021",
    citation:
      "Inker LA, Eneanya ND, Coresh J, et al. New creatinine- and cystatin C–based equations to estimate GFR without race. New England Journal of Medicine 385:1737–1749",
    year: 2021,
    at: "10.1056/NEJMoa2102953",
  },
  {
    id: "friedewald-1972",
    citation:
      "Friedewald WT, Levy RI, Fredrickson DS. Estimation of the concentration of low-density lipoprotein cholesterol in plasma, without use of the preparative ultracentrifuge. Clinical Chemistry 18:499–502",
    year: 1972,
    at: "10.1093/clinchem/18.6.499",
  },
  {
    id: "nathan-2008",
    citation:
      "Nathan DM, Kuenen J, Borg R, et al. Translating the A1C assay into estimated average glucose values. Diabetes Care 31:1473–1478",
    year: 2008,
    at: "10.2337/dc08-0545",
  },
  {
    id: "hoelzel-2004",
    citation:
      "Hoelzel W, Weykamp C, Jeppsson JO, et al. IFCC reference system for measurement of hemoglobin A1c in human blood and the national standardization schemes in the United States, Japan, and Sweden: a method-comparison study. Clinical Chemistry 50:166–174",
    year: 2004,
    at: "10.1373/clinchem.2003.024802",
  },
  {
    id: "dacie-lewis-2017",
    citation:
      "Bain BJ, Bates I, Laffan MA. Dacie and Lewis Practical Haematology, 12th edition: reference ranges and normal values. Elsevier",
    year: 2017,
    at: "https://www.elsevier.com/books/dacie-and-lewis-practical-haematology/bain/978-0-7020-6696-2",
  },
  {
    id: "kdigo-2013",
    citation:
      "Kidney Disease: Improving Global Outcomes (KDIGO) CKD Work Group. KDIGO 2012 clinical practice guideline for the evaluation and management of chronic kidney disease. Kidney International Supplements 3:1–150",
    year: 2013,
    at: "https://kdigo.org/guidelines/ckd-evaluation-and-management/",
  },
  {
    id: "census-2010",
    citation:
      "Howden LM, Meyer JA. Age and sex composition: 2010. 2010 Census Briefs C2010BR-03. US Census Bureau",
    year: 2011,
    at: "https://www.census.gov/library/publications/2011/dec/c2010br-03.html",
  },
  {
    id: "who-2006",
    citation:
      "WHO Multicentre Growth Reference Study Group. WHO Child Growth Standards: length/height-for-age, weight-for-age and body mass index-for-age: methods and development. World Health Organization, Geneva",
    year: 2006,
    at: "https://www.who.int/publications/i/item/924154693X",
  },
  {
    id: "fleming-2011",
    citation:
      "Fleming S, Thompson M, Stevens R, et al. Normal ranges of heart rate and respiratory rate in children from birth to 18 years: a systematic review of observational studies. Lancet 377:1011–1018",
    year: 2011,
    at: "10.1016/S0140-6736(10)62226-X",
  },
  {
    id: "nhbpep-2004",
    citation:
      "National High Blood Pressure Education Program Working Group. The fourth report on the diagnosis, evaluation, and treatment of high blood pressure in children and adolescents. Pediatrics 114:555–576",
    year: 2004,
    at: "https://pubmed.ncbi.nlm.nih.gov/15286277/",
  },
  {
    id: "schwartz-2009",
    citation:
      "Schwartz GJ, Muñoz A, Schneider MF, et al. New equations to estimate GFR in children with CKD. Journal of the American Society of Nephrology 20:629–637",
    year: 2009,
    at: "10.1681/ASN.2008030287",
  },
  {
    id: "mcevoy-2023",
    citation:
      "McEvoy JW, Daya N, Tang O, et al. High-sensitivity troponins and mortality in the general population. European Heart Journal 44:2595–2605",
    year: 2023,
    at: "10.1093/eurheartj/ehad328",
  },
  {
    id: "masson-2006",
    citation:
      "Masson S, Latini R, Anand IS, et al. Direct comparison of B-type natriuretic peptide (BNP) and amino-terminal proBNP in a large population of patients with chronic and symptomatic heart failure: the Valsartan Heart Failure (Val-HeFT) data. Clinical Chemistry 52:1528–1538",
    year: 2006,
    at: "https://pubmed.ncbi.nlm.nih.gov/16777915/",
  },
  {
    id: "hijazi-2012",
    citation:
      "Hijazi Z, Oldgren J, Andersson U, et al. Cardiac biomarkers are associated with an increased risk of stroke and death in patients with atrial fibrillation: a RE-LY substudy. Circulation 125:1605–1616",
    year: 2012,
    at: "10.1161/CIRCULATIONAHA.111.038729",
  },
  {
    id: "gan-2004",
    citation:
      "Gan WQ, Man SFP, Senthilselvan A, Sin DD. Association between chronic obstructive pulmonary disease and systemic inflammation: a systematic review and a meta-analysis. Thorax 59:574–580",
    year: 2004,
    at: "10.1136/thx.2003.019588",
  },
  {
    id: "ludwig-2004",
    citation:
      "Ludwig H, Van Belle S, Barrett-Lee P, et al. The European Cancer Anaemia Survey (ECAS). European Journal of Cancer 40:2293–2306",
    year: 2004,
    at: "10.1016/j.ejca.2004.06.019",
  },
  {
    id: "groenveld-2008",
    citation:
      "Groenveld HF, Januzzi JL, Damman K, et al. Anemia and mortality in heart failure patients: a systematic review and meta-analysis. Journal of the American College of Cardiology 52:818–827",
    year: 2008,
    at: "10.1016/j.jacc.2008.04.061",
  },
  {
    id: "nchs-2021",
    citation:
      "National Center for Health Statistics. Emergency department visit rates by selected characteristics: United States, 2018. NCHS Data Brief 401. Hyattsville",
    year: 2021,
    at: "https://www.cdc.gov/nchs/products/databriefs/db401.htm",
  },
  {
    id: "forman-2009",
    citation:
      "Forman DE, Cannon CP, Hernandez AF, et al. Influence of age on the management of heart failure: findings from Get With the Guidelines–Heart Failure (GWTG-HF). American Heart Journal 157:1010–1017",
    year: 2009,
    at: "10.1016/j.ahj.2009.03.010",
  },
  {
    id: "pollard-2018",
    citation:
      "Pollard TJ, Johnson AEW, Raffa JD, et al. The eICU Collaborative Research Database, a freely available multi-center database for critical care research. Scientific Data 5:180178",
    year: 2018,
    at: "10.1038/sdata.2018.178",
  },
  {
    id: "le-2016",
    citation:
      "Le CHH. The prevalence of anemia and moderate-severe anemia in the US population (NHANES 2003–2012). PLoS ONE 11:e0166635",
    year: 2016,
    at: "10.1371/journal.pone.0166635",
  },
];
