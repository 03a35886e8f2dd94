import type { Source } from "../sourced-number.ts";

/** What is known of how values are measured, rounded, reported and left out. */
export const recordingSources: readonly Source[] = [
  {
    id: "ricos-1999",
    citation:
      "Ricós C, Alvarez V, Cava F, et al. Current databases on biological variation: pros, cons and progress. Scand J Clin Lab Invest 59:491–500; update of 2014 by Minchinela J, Ricós C, Perich C, et al.",
    year: 1999,
    at: "https://westgard.com/biodatabase-2014-update.html",
  },
  {
    id: "iso-81060-2",
    citation:
      "International Organization for Standardization. ISO 81060-2: Non-invasive sphygmomanometers, clinical investigation of intermittent automated measurement type",
    year: 2018,
    at: "https://www.iso.org/standard/73339.html",
  },
  {
    id: "greiver-2019",
    citation:
      "Greiver M, Kalia S, Voruganti T, et al. Trends in end digit preference for blood pressure and associations with cardiovascular outcomes in Canadian and UK primary care. BMJ Open 9:e024970",
    year: 2019,
    at: "10.1136/bmjopen-2018-024970",
  },
  {
    id: "badawy-2017",
    citation:
      "Badawy J, Nguyen OK, Clark C, Halm EA, Makam AN. Is everyone really breathing 20 times a minute? Assessing epidemiology and variation in recorded respiratory rate in hospitalised adults. BMJ Qual Saf 26:832–836",
    year: 2017,
    at: "10.1136/bmjqs-2017-006671",
  },
  {
    id: "jubran-2015",
    citation: "Jubran A. Pulse oximetry. Critical Care 19:272, a review of the accuracy of oximeters",
    year: 2015,
    at: "10.1186/s13054-015-0984-8",
  },
  {
    id: "lang-2015",
    citation:
      "Lang RM, Badano LP, Mor-Avi V, et al. Recommendations for cardiac chamber quantification by echocardiography in adults. J Am Soc Echocardiogr 28:1–39",
    year: 2015,
    at: "10.1016/j.echo.2014.10.003",
  },
  {
    id: "niven-2015",
    citation:
      "Niven DJ, Gaudet JE, Laupland KB, et al. Accuracy of peripheral thermometers for estimating temperature: a systematic review and meta-analysis. Ann Intern Med 163:768–777",
    year: 2015,
    at: "10.7326/M15-1150",
  },
  {
    id: "rusanov-2014",
    citation:
      "Rusanov A, Weiskopf NG, Wang S, Weng C. Hidden in plain sight: bias towards sick patients when sampling patients with sufficient electronic health record data for research. BMC Med Inform Decis Mak 14:51",
    year: 2014,
    at: "10.1186/1472-6947-14-51",
  },
  {
    id: "eicu-2018",
    citation:
      "Pollard TJ, Johnson AEW, Raffa JD, et al. The eICU Collaborative Research Database, a freely available multi-center database for critical care research. Scientific Data 5:180178",
    year: 2018,
    at: "10.1038/sdata.2018.178",
  },
  {
    id: "nist-weights",
    citation:
      "National Institute of Standards and Technology. Special Publication 811: Guide for the Use of the International System of Units, and the atomic weights that molar masses are made of",
    year: 2008,
    at: "https://www.nist.gov/pml/special-publication-811",
  },
];
