import type { Source } from "../sourced-number.ts";

/** Of prevalences, and of what conditions have to do with each other. */
export const conditionSources: readonly Source[] = [
  {
    id: "cornelius-2023",
    citation:
      "Cornelius ME, Loretan CG, Jamal A, et al. Tobacco product use among adults, United States, 2021. MMWR Morb Mortal Wkly Rep 72(18), 475–483",
    year: 2023,
    at: "10.15585/mmwr.mm7218a1",
  },
  {
    id: "gwira-2024",
    citation:
      "Gwira JA, Fryar CD, Gu Q. Prevalence of total, diagnosed, and undiagnosed diabetes in adults: United States, August 2021–August 2023. NCHS Data Brief 516",
    year: 2024,
    at: "https://www.cdc.gov/nchs/products/databriefs/db516.htm",
  },
  {
    id: "fryar-2017",
    citation:
      "Fryar CD, Ostchega Y, Hales CM, Zhang G, Kruszon-Moran D. Hypertension prevalence and control among adults: United States, 2015–2016. NCHS Data Brief 289",
    year: 2017,
    at: "https://www.cdc.gov/nchs/products/databriefs/db289.htm",
  },
  {
    id: "cdc-ckd-2023",
    citation:
      "Centers for Disease Control and Prevention. Chronic kidney disease in the United States, 2023 (NHANES 2017 to March 2020)",
    year: 2023,
    at: "https://www.cdc.gov/kidneydisease/publications-resources/ckd-national-facts.html",
  },
  {
    id: "go-2001",
    citation:
      "Go AS, Hylek EM, Phillips KA, et al. Prevalence of diagnosed atrial fibrillation in adults: the ATRIA study. JAMA 285(18), 2370–2375",
    year: 2001,
    at: "10.1001/jama.285.18.2370",
  },
  {
    id: "benjamin-2019",
    citation:
      "Benjamin EJ, Muntner P, Alonso A, et al. Heart disease and stroke statistics, 2019 update: a report from the American Heart Association. Circulation 139(10), e56–e528",
    year: 2019,
    at: "10.1161/CIR.0000000000000659",
  },
  {
    id: "hus-cancer-2021",
    citation:
      "National Center for Health Statistics. Health, United States, 2020–2021: history of cancer (National Health Interview Survey, table CanHst)",
    year: 2021,
    at: "https://www.cdc.gov/nchs/hus/topics/history-of-cancer.htm",
  },
  {
    id: "lovas-2002",
    citation:
      "Løvås K, Husebye ES. High prevalence and increasing incidence of Addison's disease in western Norway. Clinical Endocrinology 56(6), 787–791",
    year: 2002,
    at: "10.1046/j.1365-2265.2002.t01-1-01552.x",
  },
  {
    id: "andersen-2010",
    citation:
      "Andersen JB, Engeland A, Owe JF, Gilhus NE. Myasthenia gravis requiring pyridostigmine treatment in a national population cohort. European Journal of Neurology 17(12), 1445–1450",
    year: 2010,
    at: "10.1111/j.1468-1331.2010.03089.x",
  },
  {
    id: "mayes-2003",
    citation:
      "Mayes MD, Lacey JV, Beebe-Dimmer J, et al. Prevalence, incidence, survival, and disease characteristics of systemic sclerosis in a large US population. Arthritis and Rheumatism 48(8), 2246–2255",
    year: 2003,
    at: "10.1002/art.11073",
  },
  {
    id: "berti-2017",
    citation:
      "Berti A, Cornec D, Crowson CS, Specks U, Matteson EL. The epidemiology of antineutrophil cytoplasmic autoantibody-associated vasculitis in Olmsted County, Minnesota: a twenty-year US population-based study. Arthritis and Rheumatology 69(12), 2338–2350",
    year: 2017,
    at: "10.1002/art.40313",
  },
  {
    id: "fernandez-2010",
    citation:
      "Fernandez A, Karavitaki N, Wass JAH. Prevalence of pituitary adenomas: a community-based, cross-sectional study in Banbury (Oxfordshire, UK). Clinical Endocrinology 72(3), 377–382",
    year: 2010,
    at: "10.1111/j.1365-2265.2009.03667.x",
  },
  {
    id: "hales-2020",
    citation:
      "Hales CM, Carroll MD, Fryar CD, Ogden CL. Prevalence of obesity and severe obesity among adults: United States, 2017–2018. NCHS Data Brief 360",
    year: 2020,
    at: "https://www.cdc.gov/nchs/products/databriefs/db360.htm",
  },
  {
    id: "fryar-2020",
    citation:
      "Fryar CD, Carroll MD, Afful J. Prevalence of overweight, obesity, and severe obesity among adults aged 20 and over: United States, 1960–1962 through 2017–2018. NCHS Health E-Stats",
    year: 2020,
    at: "https://www.cdc.gov/nchs/data/hestat/obesity-adult-17-18/obesity-adult.htm",
  },
  {
    id: "virani-2021",
    citation:
      "Virani SS, Alonso A, Aparicio HJ, et al. Heart disease and stroke statistics, 2021 update: a report from the American Heart Association. Circulation 143(8), e254–e743",
    year: 2021,
    at: "10.1161/CIR.0000000000000950",
  },
  {
    id: "bullard-2018",
    citation:
      "Bullard KM, Cowie CC, Lessem SE, et al. Prevalence of diagnosed diabetes in adults by diabetes type, United States, 2016. MMWR Morb Mortal Wkly Rep 67(12), 359–361",
    year: 2018,
    at: "10.15585/mmwr.mm6712a2",
  },
  {
    id: "watson-2024",
    citation:
      "Watson KB, Croft JB, Wheaton AG, et al. Risk of chronic obstructive pulmonary disease and receipt of a breathing test in 26 states and the District of Columbia, 2017–2018. Preventing Chronic Disease 21, E31",
    year: 2024,
    at: "10.5888/pcd21.230399",
  },
  {
    id: "wheaton-2019",
    citation:
      "Wheaton AG, Liu Y, Croft JB, et al. Chronic obstructive pulmonary disease and smoking status, United States, 2017. MMWR Morb Mortal Wkly Rep 68(24), 533–538",
    year: 2019,
    at: "10.15585/mmwr.mm6824a1",
  },
  {
    id: "guh-2009",
    citation:
      "Guh DP, Zhang W, Bansback N, et al. The incidence of co-morbidities related to obesity and overweight: a systematic review and meta-analysis. BMC Public Health 9, 88",
    year: 2009,
    at: "10.1186/1471-2458-9-88",
  },
  {
    id: "willi-2007",
    citation:
      "Willi C, Bodenmann P, Ghali WA, Faris PD, Cornuz J. Active smoking and the risk of type 2 diabetes: a systematic review and meta-analysis. JAMA 298(22), 2654–2664",
    year: 2007,
    at: "10.1001/jama.298.22.2654",
  },
  {
    id: "gress-2000",
    citation:
      "Gress TW, Nieto FJ, Shahar E, Wofford MR, Brancati FL. Hypertension and antihypertensive therapy as risk factors for type 2 diabetes mellitus. New England Journal of Medicine 342(13), 905–912",
    year: 2000,
    at: "10.1056/NEJM200003303421301",
  },
  {
    id: "fox-2004",
    citation:
      "Fox CS, Larson MG, Leip EP, et al. Predictors of new-onset kidney disease in a community-based population. JAMA 291(7), 844–850",
    year: 2004,
    at: "10.1001/jama.291.7.844",
  },
  {
    id: "yusuf-2004",
    citation:
      "Yusuf S, Hawken S, Ôunpuu S, et al. Effect of potentially modifiable risk factors associated with myocardial infarction in 52 countries (the INTERHEART study): case-control study. Lancet 364(9438), 937–952",
    year: 2004,
    at: "10.1016/S0140-6736(04)17018-9",
  },
  {
    id: "bogers-2007",
    citation:
      "Bogers RP, Bemelmans WJE, Hoogenveen RT, et al. Association of overweight with increased risk of coronary heart disease partly independent of blood pressure and cholesterol levels: a meta-analysis of 21 cohort studies. Archives of Internal Medicine 167(16), 1720–1728",
    year: 2007,
    at: "10.1001/archinte.167.16.1720",
  },
  {
    id: "go-2004",
    citation:
      "Go AS, Chertow GM, Fan D, McCulloch CE, Hsu CY. Chronic kidney disease and the risks of death, cardiovascular events, and hospitalization. New England Journal of Medicine 351(13), 1296–1305",
    year: 2004,
    at: "10.1056/NEJMoa041031",
  },
  {
    id: "benjamin-1994",
    citation:
      "Benjamin EJ, Levy D, Vaziri SM, et al. Independent risk factors for atrial fibrillation in a population-based cohort: the Framingham Heart Study. JAMA 271(11), 840–844",
    year: 1994,
    at: "10.1001/jama.1994.03510350050036",
  },
  {
    id: "wanahita-2008",
    citation:
      "Wanahita N, Messerli FH, Bangalore S, et al. Atrial fibrillation and obesity: results of a meta-analysis. American Heart Journal 155(2), 310–315",
    year: 2008,
    at: "10.1016/j.ahj.2007.10.004",
  },
  {
    id: "alonso-2011",
    citation:
      "Alonso A, Lopez FL, Matsushita K, et al. Chronic kidney disease is associated with the incidence of atrial fibrillation: the Atherosclerosis Risk in Communities (ARIC) study. Circulation 123(25), 2946–2953",
    year: 2011,
    at: "10.1161/CIRCULATIONAHA.111.020982",
  },
  {
    id: "he-2001",
    citation:
      "He J, Ogden LG, Bazzano LA, et al. Risk factors for congestive heart failure in US men and women: NHANES I epidemiologic follow-up study. Archives of Internal Medicine 161(7), 996–1002",
    year: 2001,
    at: "10.1001/archinte.161.7.996",
  },
  {
    id: "rehm-2022",
    citation:
      "Rehm M, Rothenbacher D, Iacoviello L, et al. Chronic kidney disease and risk of atrial fibrillation and heart failure in general population-based cohorts: the BiomarCaRE project. ESC Heart Failure",
    year: 2022,
    at: "10.1002/ehf2.13699",
  },
  {
    id: "ordonez-mena-2016",
    citation:
      "Ordóñez-Mena JM, Schöttker B, Mons U, et al. Quantification of the smoking-associated cancer risk with rate advancement periods: meta-analysis of individual participant data from cohorts of the CHANCES consortium. BMC Medicine 14, 62",
    year: 2016,
    at: "10.1186/s12916-016-0607-5",
  },
];
