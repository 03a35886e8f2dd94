import type { Source } from "../sourced-number.ts";

/** Publications on pregnancy and birth. */
export const maternitySources: readonly Source[] = [
  {
    id: "martin-2021",
    citation:
      "Martin JA, Hamilton BE, Osterman MJK, Driscoll AK. Births: final data for 2019. National Vital Statistics Reports 70(2)",
    year: 2021,
    at: "https://stacks.cdc.gov/view/cdc/100472",
  },
  {
    id: "green-2020",
    citation:
      "Green LJ, Mackillop LH, Salvi D, et al. Gestation-specific vital sign reference ranges in pregnancy. Obstetrics and Gynecology 135:653–664",
    year: 2020,
    at: "10.1097/AOG.0000000000003721",
  },
  {
    id: "macdonald-wallis-2015",
    citation:
      "Macdonald-Wallis C, Silverwood RJ, Fraser A, et al. Gestational-age-specific reference ranges for blood pressure in pregnancy: findings from a prospective cohort. Journal of Hypertension 33:96–105",
    year: 2015,
    at: "https://pmc.ncbi.nlm.nih.gov/articles/PMC4255761",
  },
  {
    id: "abbassi-ghanavati-2009",
    citation:
      "Abbassi-Ghanavati M, Greer LG, Cunningham FG. Pregnancy and laboratory studies: a reference table for clinicians. Obstetrics and Gynecology 114:1326–1331",
    year: 2009,
    at: "10.1097/AOG.0b013e3181c2bde8",
  },
  {
    id: "hapo-2008",
    citation:
      "HAPO Study Cooperative Research Group. Hyperglycemia and adverse pregnancy outcomes. New England Journal of Medicine 358:1991–2002",
    year: 2008,
    at: "10.1056/NEJMoa0707943",
  },
  {
    id: "iadpsg-2010",
    citation:
      "International Association of Diabetes and Pregnancy Study Groups Consensus Panel. Recommendations on the diagnosis and classification of hyperglycemia in pregnancy. Diabetes Care 33:676–682",
    year: 2010,
    at: "10.2337/dc09-1848",
  },
  {
    id: "torloni-2009",
    citation:
      "Torloni MR, Betrán AP, Horta BL, et al. Prepregnancy BMI and the risk of gestational diabetes: a systematic review of the literature with meta-analysis. Obesity Reviews 10:194–203",
    year: 2009,
    at: "10.1111/j.1467-789X.2008.00541.x",
  },
  {
    id: "hernandez-diaz-2009",
    citation:
      "Hernández-Díaz S, Toh S, Cnattingius S. Risk of pre-eclampsia in first and subsequent pregnancies: prospective cohort study. BMJ 338:b2255",
    year: 2009,
    at: "10.1136/bmj.b2255",
  },
  {
    id: "bartsch-2016",
    citation:
      "Bartsch E, Medcalf KE, Park AL, Ray JG. Clinical risk factors for pre-eclampsia determined in early pregnancy: systematic review and meta-analysis of large cohort studies. BMJ 353:i1753",
    year: 2016,
    at: "10.1136/bmj.i1753",
  },
  {
    id: "duley-2019",
    citation:
      "Duley L, Meher S, Hunter KE, Seidler AL, Askie LM. Antiplatelet agents for preventing pre-eclampsia and its complications. Cochrane Database of Systematic Reviews 10:CD004659",
    year: 2019,
    at: "10.1002/14651858.CD004659.pub3",
  },
  {
    id: "lisonkova-2013",
    citation:
      "Lisonkova S, Joseph KS. Incidence of preeclampsia: risk factors and outcomes associated with early- versus late-onset disease. American Journal of Obstetrics and Gynecology 209:544.e1–544.e12",
    year: 2013,
    at: "10.1016/j.ajog.2013.08.019",
  },
  {
    id: "bramham-2014",
    citation:
      "Bramham K, Parnell B, Nelson-Piercy C, Seed PT, Poston L, Chappell LC. Chronic hypertension and pregnancy outcomes: systematic review and meta-analysis. BMJ 348:g2301",
    year: 2014,
    at: "10.1136/bmj.g2301",
  },
  {
    id: "nice-ng133",
    citation:
      "National Institute for Health and Care Excellence. Hypertension in pregnancy: diagnosis and management. NICE guideline NG133",
    year: 2019,
    at: "https://www.nice.org.uk/guidance/ng133",
  },
  {
    id: "nice-ng201",
    citation: "National Institute for Health and Care Excellence. Antenatal care. NICE guideline NG201",
    year: 2021,
    at: "https://www.nice.org.uk/guidance/ng201",
  },
  {
    id: "magee-2015",
    citation:
      "Magee LA, von Dadelszen P, Rey E, et al. Less-tight versus tight control of hypertension in pregnancy. New England Journal of Medicine 372:407–417",
    year: 2015,
    at: "10.1056/NEJMoa1404595",
  },
  {
    id: "iom-2009",
    citation:
      "Institute of Medicine and National Research Council. Weight gain during pregnancy: reexamining the guidelines. National Academies Press",
    year: 2009,
    at: "10.17226/12584",
  },
  {
    id: "hadlock-1991",
    citation:
      "Hadlock FP, Harrist RB, Martinez-Poyer J. In utero analysis of fetal growth: a sonographic weight standard. Radiology 181:129–133",
    year: 1991,
    at: "10.1148/radiology.181.1.1887021",
  },
  {
    id: "kramer-1987",
    citation:
      "Kramer MS. Determinants of low birth weight: methodological assessment and meta-analysis. Bulletin of the World Health Organization 65:663–737",
    year: 1987,
    at: "https://pmc.ncbi.nlm.nih.gov/articles/PMC2491072",
  },
  {
    id: "shah-2000",
    citation:
      "Shah NR, Bracken MB. A systematic review and meta-analysis of prospective studies on the association between maternal cigarette smoking and preterm delivery. American Journal of Obstetrics and Gynecology 182:465–472",
    year: 2000,
    at: "https://pubmed.ncbi.nlm.nih.gov/10694353",
  },
];
