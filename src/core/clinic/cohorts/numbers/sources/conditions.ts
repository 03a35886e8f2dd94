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
    id: "liu-2023",
    citation:
      "Liu Y, Carlson SA, Watson KB, Xu F, Greenlund KJ. Trends in the prevalence of chronic obstructive pulmonary disease among adults aged 18 and over, United States, 2011–2021. MMWR Morb Mortal Wkly Rep 72(46), 1250–1256",
    year: 2023,
    at: "10.15585/mmwr.mm7246a1",
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
    id: "carr-2010",
    citation:
      "Carr AS, Cardwell CR, McCarron PO, McConville J. A systematic review of population based epidemiological studies in myasthenia gravis. BMC Neurology 10, 46",
    year: 2010,
    at: "10.1186/1471-2377-10-46",
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
];
