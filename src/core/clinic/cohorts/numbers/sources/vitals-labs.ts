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
];
