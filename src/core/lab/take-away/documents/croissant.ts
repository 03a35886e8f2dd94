import { rowsWords } from "../../../words/visits.ts";
import { realRowsWords } from "../../../words/real-rows.ts";
import type { Report } from "../../../report/report.ts";
import {
  epsilonWords,
  SYNTHETIC,
  type ColumnFacts,
  type EvaluationFacts,
  type SyntheticFile,
} from "../facts.ts";
import { dayOf, plural, sentence } from "../../../words/numbers.ts";

/** The JSON-LD context that Croissant 1.0 prescribes, word for word (mlcommons.org/croissant/1.0, "Context"). */
const CONTEXT = {
  "@language": "en",
  "@vocab": "https://schema.org/",
  citeAs: "cr:citeAs",
  column: "cr:column",
  conformsTo: "dct:conformsTo",
  cr: "http://mlcommons.org/croissant/",
  rai: "http://mlcommons.org/croissant/RAI/",
  data: { "@id": "cr:data", "@type": "@json" },
  dataType: { "@id": "cr:dataType", "@type": "@vocab" },
  dct: "http://purl.org/dc/terms/",
  equivalentProperty: "cr:equivalentProperty",
  examples: { "@id": "cr:examples", "@type": "@json" },
  extract: "cr:extract",
  field: "cr:field",
  fileProperty: "cr:fileProperty",
  fileObject: "cr:fileObject",
  fileSet: "cr:fileSet",
  format: "cr:format",
  includes: "cr:includes",
  isLiveDataset: "cr:isLiveDataset",
  jsonPath: "cr:jsonPath",
  key: "cr:key",
  md5: "cr:md5",
  parentField: "cr:parentField",
  path: "cr:path",
  recordSet: "cr:recordSet",
  references: "cr:references",
  regex: "cr:regex",
  repeated: "cr:repeated",
  replace: "cr:replace",
  samplingRate: "cr:samplingRate",
  sc: "https://schema.org/",
  separator: "cr:separator",
  source: "cr:source",
  subField: "cr:subField",
  transform: "cr:transform",
} as const;

const LICENSE = "Not stated: whoever shares this dataset chooses its licence and writes it here.";

/**
 * Croissant 1.0 metadata (MLCommons, 2024) of the synthetic file as JSON-LD. The licence is a decision of whoever shares the
 * file and is left to them, in words; `url` is left out, since there is none. Same input, same text.
 */
export function croissant(report: Report, facts: EvaluationFacts, file: SyntheticFile): string {
  const { run } = report;
  const metadata = {
    "@context": CONTEXT,
    "@type": "sc:Dataset",
    conformsTo: "http://mlcommons.org/croissant/1.0",
    name: `Synthetic rows after ${run.table}`,
    description: describe(report, facts, file),
    license: LICENSE,
    creator: {
      "@type": "sc:Organization",
      name: `Not stated. ${facts.elsewhere === true ? "Measured" : "Rows drawn"} by Semblance ${facts.versions.semblance}.`,
    },
    datePublished: dayOf(run.finishedAt),
    dateCreated: dayOf(run.finishedAt),
    version: "1.0.0",
    isLiveDataset: false,
    keywords: ["synthetic data", "tabular", "health"],
    distribution: [
      {
        "@type": "cr:FileObject",
        "@id": "synthetic-csv",
        name: file.name,
        description: `${SYNTHETIC} ${rowsWords(file.rows, file.patients)}; ${file.encoding}; columns apart by ${delimiterWords(file)}.`,
        contentUrl: file.name,
        contentSize: `${file.bytes} B`,
        encodingFormat: "text/csv",
        sha256: file.sha256,
      },
    ],
    recordSet: [
      {
        "@type": "cr:RecordSet",
        "@id": "rows",
        name: "rows",
        description:
          file.patients === undefined
            ? "One record per synthetic row. No row is a person."
            : "One record per visit of a synthetic patient. No patient is a person.",
        field: facts.columns.map((column, i) => fieldOf(column, i)),
      },
    ],
  };
  return `${JSON.stringify(metadata, undefined, 2)}\n`;
}

function describe(report: Report, facts: EvaluationFacts, file: SyntheticFile): string {
  const { run, shape, headline, caveat } = report;
  return [
    `${SYNTHETIC} ${rowsWords(file.rows, file.patients)} of ${run.synthesizerName}`,
    `${file.seed === undefined ? "" : `, drawn with seed ${file.seed}`}, learned from ${rowsWords(shape.train, shape.trainPatients)} of ${run.table}.`,
    file.which === undefined
      ? ""
      : ` Only ${file.patients === undefined ? "rows" : "patients"} where: ${file.which}.`,
    ` Evaluation against ${shape.holdout === 0 ? realRowsWords(shape) : plural(shape.holdout, "held-out row")}: ${sentence(headline)}${caveat === undefined ? "" : ` ${sentence(caveat)}`}`,
    ` Differential privacy: ${epsilonWords(facts)}. Not for decisions about single patients.`,
  ].join("");
}

const delimiterWords = ({ delimiter }: SyntheticFile): string =>
  delimiter === "," ? "commas" : delimiter === "\t" ? "tabs" : `“${delimiter}”`;

/** Numbers with other marks than a decimal point, with units or limits, and dates in another order than ISO 8601, are texts to who reads by this. */
function dataType({ kind, decimalMark, thousandsMark, datePattern, beside }: ColumnFacts): string {
  const readable = beside !== true && (decimalMark ?? ".") === "." && (thousandsMark ?? "") === "";
  if (kind === "integer" && readable) return "sc:Integer";
  if (kind === "decimal" && readable) return "sc:Float";
  if (kind === "datetime" && datePattern?.startsWith("YYYY-MM-DD") === true)
    return /[Hhk]|:/.test(datePattern) ? "sc:DateTime" : "sc:Date";
  return "sc:Text";
}

function fieldOf(column: ColumnFacts, i: number): object {
  const { name, kind, role, filling, datePattern } = column;
  const made =
    filling === "empty"
      ? " Left out of learning: empty."
      : filling?.startsWith("id") === true
        ? " Made up anew."
        : "";
  return {
    "@type": "cr:Field",
    "@id": `rows/column-${i + 1}`,
    name,
    description: `${kind}${datePattern === undefined ? "" : ` written as ${datePattern}`}, ${role}.${made}`,
    dataType: dataType(column),
    source: {
      fileObject: { "@id": "synthetic-csv" },
      extract: { column: name },
    },
  };
}
