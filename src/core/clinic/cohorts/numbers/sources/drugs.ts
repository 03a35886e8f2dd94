import type { Source } from "../sourced-number.ts";

/** Of who takes what, and who should not. */
export const drugSources: readonly Source[] = [
  {
    id: "le-2020",
    citation:
      "Le P, Chaitoff A, Misra-Hebert AD, Ye W, Herman WH, Rothberg MB. Use of antihyperglycemic medications in US adults: an analysis of the National Health and Nutrition Examination Survey. Diabetes Care 43(6), 1227–1233",
    year: 2020,
    at: "10.2337/dc19-2424",
  },
  {
    id: "shen-2023",
    citation:
      "Shen TH, Farley JF. Utilization and impact of SGLT2 inhibitors among diabetes patients in a nationally representative survey: findings from NHANES 2013–2020. Journal of Diabetes and its Complications 37, 108625",
    year: 2023,
    at: "https://pubmed.ncbi.nlm.nih.gov/37804691/",
  },
  {
    id: "pierce-2023",
    citation:
      "Pierce JB, Vaduganathan M, Fonarow GC, et al. Contemporary use of sodium-glucose cotransporter-2 inhibitor therapy among patients hospitalized for heart failure with reduced ejection fraction in the US: the Get With The Guidelines–Heart Failure registry. JAMA Cardiology 8(7), 652–661",
    year: 2023,
    at: "10.1001/jamacardio.2023.1266",
  },
  {
    id: "gu-2014",
    citation:
      "Gu Q, Paulose-Ram R, Burt VL, Kit BK. Prescription cholesterol-lowering medication use in adults aged 40 and over: United States, 2003–2012. NCHS Data Brief 177",
    year: 2014,
    at: "https://www.cdc.gov/nchs/products/databriefs/db177.htm",
  },
  {
    id: "gu-2012",
    citation:
      "Gu Q, Burt VL, Dillon CF, Yoon S. Trends in antihypertensive medication use and blood pressure control among United States adults with hypertension: the National Health and Nutrition Examination Survey, 2001 to 2010. Circulation 126(17), 2105–2114",
    year: 2012,
    at: "https://pubmed.ncbi.nlm.nih.gov/23091084/",
  },
  {
    id: "greene-2018",
    citation:
      "Greene SJ, Butler J, Albert NM, et al. Medical therapy for heart failure with reduced ejection fraction: the CHAMP-HF registry. Journal of the American College of Cardiology 72(4), 351–366",
    year: 2018,
    at: "10.1016/j.jacc.2018.04.070",
  },
  {
    id: "scholte-2023",
    citation:
      "Scholte NTB, Aydin D, Linssen GCM, et al. Use of loop diuretics in patients with chronic heart failure: an observational overview. Open Heart 10(2), e002497",
    year: 2023,
    at: "https://openheart.bmj.com/content/10/2/e002497",
  },
  {
    id: "marzec-2017",
    citation:
      "Marzec LN, Wang J, Shah ND, et al. Influence of direct oral anticoagulants on rates of oral anticoagulation for atrial fibrillation. Journal of the American College of Cardiology 69(20), 2475–2484",
    year: 2017,
    at: "https://pubmed.ncbi.nlm.nih.gov/28521884/",
  },
  {
    id: "steinberg-2013",
    citation:
      "Steinberg BA, Kim S, Piccini JP, et al. Use and associated risks of concomitant aspirin therapy with oral anticoagulation in patients with atrial fibrillation: insights from the ORBIT-AF registry. Circulation 128(7), 721–728",
    year: 2013,
    at: "https://stanfordhealthcare.org/publications/384/384162.html",
  },
  {
    id: "short-2011",
    citation:
      "Short PM, Lipworth SIW, Elder DHJ, Schembri S, Lipworth BJ. Effect of beta blockers in treatment of chronic obstructive pulmonary disease: a retrospective cohort study. BMJ 342, d2549",
    year: 2011,
    at: "10.1136/bmj.d2549",
  },
  {
    id: "mmwr-copd-2012",
    citation:
      "Centers for Disease Control and Prevention. Chronic obstructive pulmonary disease among adults, United States, 2011. MMWR Morb Mortal Wkly Rep 61(46), 938–943",
    year: 2012,
    at: "https://www.cdc.gov/mmwr/preview/mmwrhtml/mm6146a2.htm",
  },
  {
    id: "overman-2013",
    citation:
      "Overman RA, Yeh JY, Deal CL. Prevalence of oral glucocorticoid usage in the United States: a general population perspective. Arthritis Care and Research 65(2), 294–298",
    year: 2013,
    at: "10.1002/acr.21796",
  },
  {
    id: "bornstein-2016",
    citation:
      "Bornstein SR, Allolio B, Arlt W, et al. Diagnosis and treatment of primary adrenal insufficiency: an Endocrine Society clinical practice guideline. Journal of Clinical Endocrinology and Metabolism 101(2), 364–389",
    year: 2016,
    at: "10.1210/jc.2015-1710",
  },
  {
    id: "zhou-2014",
    citation:
      "Zhou Y, Boudreau DM, Freedman AN. Trends in the use of aspirin and nonsteroidal anti-inflammatory drugs in the general US population. Pharmacoepidemiology and Drug Safety 23(1), 43–50",
    year: 2014,
    at: "10.1002/pds.3463",
  },
  {
    id: "fda-metformin-2016",
    citation:
      "US Food and Drug Administration. FDA revises warnings regarding use of the diabetes medicine metformin in certain patients with reduced kidney function. Drug Safety Communication",
    year: 2016,
    at: "https://www.fda.gov/drugs/drug-safety-and-availability/fda-drug-safety-communication-fda-revises-warnings-regarding-use-diabetes-medicine-metformin-certain",
  },
  {
    id: "heidenreich-2022",
    citation:
      "Heidenreich PA, Bozkurt B, Aguilar D, et al. 2022 AHA/ACC/HFSA guideline for the management of heart failure. Circulation 145(18), e895–e1032",
    year: 2022,
    at: "10.1161/CIR.0000000000001063",
  },
  {
    id: "kdigo-2024",
    citation:
      "Kidney Disease: Improving Global Outcomes CKD Work Group. KDIGO 2024 clinical practice guideline for the evaluation and management of chronic kidney disease. Kidney International 105(4S), S117–S314",
    year: 2024,
    at: "10.1016/j.kint.2023.10.018",
  },
  {
    id: "whelton-2018",
    citation:
      "Whelton PK, Carey RM, Aronow WS, et al. 2017 guideline for the prevention, detection, evaluation, and management of high blood pressure in adults. Hypertension 71(6), e13–e115",
    year: 2018,
    at: "10.1161/HYP.0000000000000065",
  },
  {
    id: "ada-2024",
    citation:
      "American Diabetes Association Professional Practice Committee. Pharmacologic approaches to glycemic treatment: standards of care in diabetes, 2024. Diabetes Care 47(Suppl 1), S158–S178",
    year: 2024,
    at: "10.2337/dc24-S009",
  },
];
