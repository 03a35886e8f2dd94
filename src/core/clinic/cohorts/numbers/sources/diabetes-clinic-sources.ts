import type { Source } from "../sourced-number.ts";

/** Audits, cohorts and trials of diabetes. */
export const diabetesClinicSources: readonly Source[] = [
  {
    id: "fang-2023",
    citation:
      "Fang M, Jeon Y, Echouffo-Tcheugui JB, Selvin E. Prevalence and management of obesity in US adults with type 1 diabetes. Annals of Internal Medicine 176:427–429",
    year: 2023,
    at: "https://pmc.ncbi.nlm.nih.gov/articles/PMC10033389",
  },
  {
    id: "nda-2012",
    citation:
      "NHS Information Centre. National Diabetes Audit 2010–2011, report 1: care processes and treatment targets, England and Wales. Leeds",
    year: 2012,
    at: "https://digital.nhs.uk/data-and-information/publications/statistical/national-diabetes-audit",
  },
  {
    id: "gudbjornsdottir-2003",
    citation:
      "Gudbjörnsdottir S, Cederholm J, Nilsson PM, Eliasson B. The National Diabetes Register in Sweden: an implementation of the St. Vincent Declaration for Quality Improvement in Diabetes Care. Diabetes Care 26:1270–1276",
    year: 2003,
    at: "10.2337/diacare.26.4.1270",
  },
  {
    id: "adler-2003",
    citation:
      "Adler AI, Stevens RJ, Manley SE, Bilous RW, Cull CA, Holman RR. Development and progression of nephropathy in type 2 diabetes: the United Kingdom Prospective Diabetes Study (UKPDS 64). Kidney Int 63:225–232",
    year: 2003,
    at: "10.1046/j.1523-1755.2003.00712.x",
  },
  {
    id: "stratton-2001",
    citation:
      "Stratton IM, Kohner EM, Aldington SJ, et al. UKPDS 50: risk factors for incidence and progression of retinopathy in type II diabetes over 6 years from diagnosis. Diabetologia 44:156–163",
    year: 2001,
    at: "10.1007/s001250051594",
  },
  {
    id: "yau-2012",
    citation:
      "Yau JWY, Rogers SL, Kawasaki R, et al. Global prevalence and major risk factors of diabetic retinopathy. Diabetes Care 35:556–564",
    year: 2012,
    at: "10.2337/dc11-1909",
  },
  {
    id: "liu-godarts-2013",
    citation:
      "Liu Y, Wang M, Morris AD, et al. Glycemic exposure and blood pressure influencing progression and remission of diabetic retinopathy: a longitudinal cohort study in GoDARTS. Diabetes Care 36:3979–3984",
    year: 2013,
    at: "10.2337/dc12-2392",
  },
  {
    id: "stratton-2000",
    citation:
      "Stratton IM, Adler AI, Neil HAW, et al. Association of glycaemia with macrovascular and microvascular complications of type 2 diabetes (UKPDS 35): prospective observational study. BMJ 321:405–412",
    year: 2000,
    at: "10.1136/bmj.321.7258.405",
  },
  {
    id: "hippisley-cox-2013",
    citation:
      "Hippisley-Cox J, Coupland C. Predicting risk of emergency admission to hospital using primary care data: derivation and validation of QAdmissions score. BMJ Open 3:e003482",
    year: 2013,
    at: "10.1136/bmjopen-2013-003482",
  },
  {
    id: "khalid-2014",
    citation:
      "Khalid JM, Raluy-Callado M, Curtis BH, Boye KS, Maguire A, Reaney M. Rates and risk of hospitalisation among patients with type 2 diabetes. Int J Clin Pract 68:40–48",
    year: 2014,
    at: "10.1111/ijcp.12265",
  },
  {
    id: "empa-kidney-2023",
    citation:
      "EMPA-KIDNEY Collaborative Group. Empagliflozin in patients with chronic kidney disease. N Engl J Med 388:117–127",
    year: 2023,
    at: "10.1056/NEJMoa2204233",
  },
  {
    id: "wanner-2016",
    citation:
      "Wanner C, Inzucchi SE, Lachin JM, et al. Empagliflozin and progression of kidney disease in type 2 diabetes. N Engl J Med 375:323–334",
    year: 2016,
    at: "10.1056/NEJMoa1515920",
  },
  {
    id: "wanner-2018",
    citation:
      "Wanner C, Heerspink HJL, Zinman B, et al. Empagliflozin and kidney function decline in patients with type 2 diabetes: a slope analysis from the EMPA-REG OUTCOME trial. J Am Soc Nephrol 29:2755–2769",
    year: 2018,
    at: "10.1681/ASN.2018010103",
  },
  {
    id: "credence-2019",
    citation:
      "Perkovic V, Jardine MJ, Neal B, et al. Canagliflozin and renal outcomes in type 2 diabetes and nephropathy (CREDENCE). N Engl J Med 380:2295–2306",
    year: 2019,
    at: "10.1056/NEJMoa1811744",
  },
  {
    id: "hirst-2012",
    citation:
      "Hirst JA, Farmer AJ, Ali R, Roberts NW, Stevens RJ. Quantifying the effect of metformin treatment and dose on glycemic control. Diabetes Care 35:446–454",
    year: 2012,
    at: "10.2337/dc11-1465",
  },
  {
    id: "vasilakou-2013",
    citation:
      "Vasilakou D, Karagiannis T, Athanasiadou E, et al. Sodium–glucose cotransporter 2 inhibitors for type 2 diabetes: a systematic review and meta-analysis. Ann Intern Med 159:262–274",
    year: 2013,
    at: "10.7326/0003-4819-159-4-201308200-00007",
  },
  {
    id: "leader-2016",
    citation:
      "Marso SP, Daniels GH, Brown-Frandsen K, et al. Liraglutide and cardiovascular outcomes in type 2 diabetes (LEADER). N Engl J Med 375:311–322",
    year: 2016,
    at: "10.1056/NEJMoa1603827",
  },
  {
    id: "holman-2007",
    citation:
      "Holman RR, Thorne KI, Farmer AJ, et al. Addition of biphasic, prandial, or basal insulin to oral therapy in type 2 diabetes (4-T). N Engl J Med 357:1716–1730",
    year: 2007,
    at: "10.1056/NEJMoa075392",
  },
  {
    id: "adopt-2006",
    citation:
      "Kahn SE, Haffner SM, Heise MA, et al. Glycemic durability of rosiglitazone, metformin, or glyburide monotherapy (ADOPT). N Engl J Med 355:2427–2443",
    year: 2006,
    at: "10.1056/NEJMoa066224",
  },
  {
    id: "khunti-2013",
    citation:
      "Khunti K, Wolden ML, Thorsted BL, Andersen M, Davies MJ. Clinical inertia in people with type 2 diabetes: a retrospective cohort study of more than 80,000 people. Diabetes Care 36:3411–3417",
    year: 2013,
    at: "10.2337/dc13-0331",
  },
  {
    id: "nice-ng28",
    citation:
      "National Institute for Health and Care Excellence. Type 2 diabetes in adults: management. NICE guideline NG28, London, 2015, updated 2022",
    year: 2022,
    at: "https://www.nice.org.uk/guidance/ng28",
  },
  {
    id: "non-attendance-1998",
    citation:
      "Factors associated with clinic non-attendance in adults with type 1 diabetes mellitus. Diabet Med 15:339–343 (259 patients of one clinic, case notes of a year)",
    year: 1998,
    at: "https://pubmed.ncbi.nlm.nih.gov/9585401/",
  },
];
