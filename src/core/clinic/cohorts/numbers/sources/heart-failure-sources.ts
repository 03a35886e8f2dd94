import type { Source } from "../sourced-number.ts";

/** Registries and trials of heart failure. */
export const heartFailureSources: readonly Source[] = [
  {
    id: "swedehf-2023",
    citation:
      "Swedish Heart Failure Registry, Karolinska Institutet. SHFDB4: descriptive statistics of 131,296 patients of SwedeHF, last registration of each, 2000 to 2022",
    year: 2023,
    at: "https://kiheartfailure.github.io/shfdb4/statistics/index.html",
  },
  {
    id: "steinberg-2012",
    citation:
      "Steinberg BA, Zhao X, Heidenreich PA, et al. Trends in patients hospitalized with heart failure and preserved left ventricular ejection fraction: prevalence, therapies, and outcomes. Circulation 126:65–75",
    year: 2012,
    at: "10.1161/CIRCULATIONAHA.111.080770",
  },
  {
    id: "tavazzi-2006",
    citation:
      "Tavazzi L, Maggioni AP, Lucci D, et al. Nationwide survey on acute heart failure in cardiology ward services in Italy. European Heart Journal 27:1207–1215",
    year: 2006,
    at: "10.1093/eurheartj/ehi845",
  },
  {
    id: "adams-2005",
    citation:
      "Adams KF, Fonarow GC, Emerman CL, et al. Characteristics and outcomes of patients hospitalized for heart failure in the United States: rationale, design, and preliminary observations from the first 100,000 cases in ADHERE. Am Heart J 149:209–216",
    year: 2005,
    at: "10.1016/j.ahj.2004.08.005",
  },
  {
    id: "yancy-2006",
    citation:
      "Yancy CW, Lopatin M, Stevenson LW, De Marco T, Fonarow GC. Clinical presentation, management, and in-hospital outcomes of patients admitted with acute decompensated heart failure with preserved systolic function. J Am Coll Cardiol 47:76–84",
    year: 2006,
    at: "10.1016/j.jacc.2005.09.022",
  },
  {
    id: "lee-framingham-2009",
    citation:
      "Lee DS, Gona P, Vasan RS, et al. Relation of disease pathogenesis and risk factors to heart failure with preserved or reduced ejection fraction: insights from the Framingham Heart Study. Circulation 119:3070–3077",
    year: 2009,
    at: "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC2775498/",
  },
  {
    id: "kang-2015",
    citation:
      "Kang SH, Park JJ, Choi DJ, et al. Prognostic value of NT-proBNP in heart failure with preserved versus reduced EF. Heart 101:1881–1888 (KorHF registry)",
    year: 2015,
    at: "https://heart.bmj.com/content/101/23/1881",
  },
  {
    id: "salah-2019",
    citation:
      "Salah K, Stienen S, Pinto YM, et al. Prognosis and NT-proBNP in heart failure patients with preserved versus reduced ejection fraction. Heart 105:1182–1189",
    year: 2019,
    at: "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC6662953/",
  },
  {
    id: "ons-2022",
    citation:
      "Office for National Statistics. Ethnic group, England and Wales: Census 2021. Statistical bulletin of 29 November 2022",
    year: 2022,
    at: "https://www.ons.gov.uk/peoplepopulationandcommunity/culturalidentity/ethnicity/bulletins/ethnicgroupenglandandwales/census2021",
  },
  {
    id: "thorvaldsen-2016",
    citation:
      "Thorvaldsen T, Benson L, Dahlström U, Edner M, Lund LH. Use of evidence-based therapy and survival in heart failure in Sweden 2003–2012. Eur J Heart Fail 18:503–511",
    year: 2016,
    at: "10.1002/ejhf.496",
  },
  {
    id: "mcdonagh-2021",
    citation:
      "McDonagh TA, Metra M, Adamo M, et al. 2021 ESC Guidelines for the diagnosis and treatment of acute and chronic heart failure. Eur Heart J 42:3599–3726",
    year: 2021,
    at: "10.1093/eurheartj/ehab368",
  },
  {
    id: "nicor-hf-2019",
    citation:
      "National Institute for Cardiovascular Outcomes Research, British Society for Heart Failure. National Heart Failure Audit, 2019 summary report (2017/18 data), London",
    year: 2019,
    at: "https://www.nicor.org.uk/",
  },
  {
    id: "stewart-2002",
    citation:
      "Stewart S, McIntyre K, Capewell S, McMurray JJV. Heart failure in a cold climate: seasonal variation in heart failure-related morbidity and mortality. J Am Coll Cardiol 39:760–766",
    year: 2002,
    at: "https://pubmed.ncbi.nlm.nih.gov/11869838/",
  },
  {
    id: "lee-effect-2003",
    citation:
      "Lee DS, Austin PC, Rouleau JL, Liu PP, Naimark D, Tu JV. Predicting mortality among patients hospitalized for heart failure: derivation and validation of a clinical model (EFFECT). JAMA 290:2581–2587",
    year: 2003,
    at: "10.1001/jama.290.19.2581",
  },
  {
    id: "gupta-2018",
    citation:
      "Gupta A, Allen LA, Bhatt DL, et al. Association of the Hospital Readmissions Reduction Program implementation with readmission and mortality outcomes in heart failure. JAMA Cardiol 3:44–53",
    year: 2018,
    at: "10.1001/jamacardio.2017.4265",
  },
  {
    id: "pocock-2013",
    citation:
      "Pocock SJ, Ariti CA, McMurray JJV, et al. Predicting survival in heart failure: a risk score based on 39 372 patients from 30 studies (MAGGIC). Eur Heart J 34:1404–1413",
    year: 2013,
    at: "10.1093/eurheartj/ehs337",
  },
  {
    id: "upshaw-2016",
    citation:
      "Upshaw JN, Konstam MA, van Klaveren D, Noubary F, Huggins GS, Kent DM. Multistate model to predict heart failure hospitalizations and all-cause mortality in outpatients with heart failure with reduced ejection fraction. Circ Heart Fail 9:e003146; simplified model in PMC7643562",
    year: 2016,
    at: "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7643562/",
  },
  {
    id: "cibis-ii-1999",
    citation:
      "CIBIS-II Investigators and Committees. The Cardiac Insufficiency Bisoprolol Study II (CIBIS-II): a randomised trial. Lancet 353:9–13",
    year: 1999,
    at: "10.1016/S0140-6736(98)11181-9",
  },
  {
    id: "solvd-1991",
    citation:
      "SOLVD Investigators. Effect of enalapril on survival in patients with reduced left ventricular ejection fractions and congestive heart failure. N Engl J Med 325:293–302",
    year: 1991,
    at: "10.1056/NEJM199108013250501",
  },
  {
    id: "rales-1999",
    citation:
      "Pitt B, Zannad F, Remme WJ, et al. The effect of spironolactone on morbidity and mortality in patients with severe heart failure (RALES). N Engl J Med 341:709–717",
    year: 1999,
    at: "10.1056/NEJM199909023411001",
  },
  {
    id: "vardeny-2014",
    citation:
      "Vardeny O, Claggett B, Anand I, et al. Incidence, predictors, and outcomes related to hypo- and hyperkalemia in patients with severe heart failure treated with a mineralocorticoid receptor antagonist. Circ Heart Fail 7:573–579",
    year: 2014,
    at: "https://pubmed.ncbi.nlm.nih.gov/24812304/",
  },
  {
    id: "dapa-hf-2019",
    citation:
      "McMurray JJV, Solomon SD, Inzucchi SE, et al. Dapagliflozin in patients with heart failure and reduced ejection fraction (DAPA-HF). N Engl J Med 381:1995–2008",
    year: 2019,
    at: "10.1056/NEJMoa1911303",
  },
  {
    id: "jhund-2021",
    citation:
      "Jhund PS, Solomon SD, Docherty KF, et al. Efficacy of dapagliflozin on renal function and outcomes in patients with heart failure with reduced ejection fraction: results of DAPA-HF. Circulation 143:298–309",
    year: 2021,
    at: "10.1161/CIRCULATIONAHA.120.050391",
  },
  {
    id: "adamson-2022",
    citation:
      "Adamson C, Docherty KF, Heerspink HJL, et al. Initial decline (dip) in estimated glomerular filtration rate after initiation of dapagliflozin in patients with heart failure and reduced ejection fraction: insights from DAPA-HF. Circulation 146:438–449",
    year: 2022,
    at: "10.1161/CIRCULATIONAHA.121.058910",
  },
  {
    id: "strong-hf-2022",
    citation:
      "Mebazaa A, Davison B, Chioncel O, et al. Safety, tolerability and efficacy of up-titration of guideline-directed medical therapies for acute heart failure (STRONG-HF). Lancet 400:1938–1952",
    year: 2022,
    at: "10.1016/S0140-6736(22)02076-1",
  },
  {
    id: "ouwerkerk-2017",
    citation:
      "Ouwerkerk W, Voors AA, Anker SD, et al. Determinants and clinical outcome of uptitration of ACE-inhibitors and beta-blockers in patients with heart failure: a prospective European study (BIOSTAT-CHF). Eur Heart J 38:1883–1890",
    year: 2017,
    at: "10.1093/eurheartj/ehx026",
  },
  {
    id: "wei-2010",
    citation:
      "Wei L, Struthers AD, Fahey T, Watson AD, MacDonald TM. Spironolactone use and renal toxicity: population based longitudinal analysis. BMJ 340:c1768",
    year: 2010,
    at: "10.1136/bmj.c1768",
  },
  {
    id: "mcqueenie-2019",
    citation:
      "McQueenie R, Ellis DA, McConnachie A, Wilson P, Williamson AE. Morbidity, mortality and missed appointments in healthcare: a national retrospective data linkage study. BMC Med 17:2",
    year: 2019,
    at: "10.1186/s12916-018-1234-0",
  },
  {
    id: "dantas-2018",
    citation:
      "Dantas LF, Fleck JL, Cyrino Oliveira FL, Hamacher S. No-shows in appointment scheduling: a systematic literature review. Health Policy 122:412–421",
    year: 2018,
    at: "10.1016/j.healthpol.2018.02.002",
  },
];
