import type { StudyFigure, StudyTable } from "../../report/study.ts";
import { methodName } from "../fields.ts";
import { REAL, INDEPENDENT } from "../measuring/fit-and-sample.ts";
import { gapOf, type Reading, type Told } from "./read-cells.ts";

/** The five things that trust in a mix rests on, each measured, and what each is. */
export function trustFound(
  told: Told,
  read: Reading,
  harmless: (method: string) => number | undefined,
): { readonly tables: readonly StudyTable[]; readonly notes: readonly string[] } {
  const checks = onRecord(told, read);
  const met = checks.filter(({ met: one }) => one);
  const transparency: StudyFigure = { value: met.length / checks.length };
  const rows = [...told.methods, INDEPENDENT, REAL].map((method) => {
    const real = method === REAL;
    const at = { method, at: real ? 0 : 1 };
    const part = harmless(method);
    return {
      name: real ? "Real rows" : methodName(method),
      kind: real
        ? ("real" as const)
        : method === INDEPENDENT
          ? ("independent" as const)
          : ("synthetic" as const),
      cells: [
        read.likeness(at),
        read.figure({ measure: "coverage", ...at }),
        real || part === undefined ? undefined : { value: part },
        real ? undefined : gapOf(read, method, 1),
        real ? undefined : transparency,
      ],
    };
  });
  const missing = checks.filter(({ met: one }) => !one).map(({ what }) => what);
  return {
    tables: [
      {
        title: "Five things that trust in a mix rests on",
        note: "at a share of 100%; mean over seeds, ± half of the 95% interval where there are several",
        columns: [
          { name: "Quality", unit: "share" },
          { name: "Diversity", unit: "share" },
          { name: "Proportion", unit: "share" },
          { name: "Small-group gap", unit: told.unit },
          { name: "Transparency", unit: "share" },
        ],
        rows,
      },
    ],
    notes: [
      "Quality: 2 − 2 × the AUC of telling synthetic from held-out real rows, 0 at least and 1 at most; 100% cannot be told apart.",
      "Diversity: share of real rows with a synthetic row in their neighbourhood (coverage, 5 neighbours); held-out real rows stand beside it.",
      "Proportion: the greatest share tried up to which nothing is lost beyond noise; where intervals are wide that says little.",
      `Small-group gap: what patients in small subgroups lose in ${told.unit} at a share of 100%, less what those in large ones lose; above 0 small ones lose more.`,
      `Transparency: ${met.length} of ${checks.length} facts that a reader needs are on record here: ${met.map(({ what }) => what).join("; ")}.${missing.length > 0 ? ` Missing: ${missing.join("; ")}.` : ""}`,
    ],
  };
}

/** What a reader needs to judge a mix, and whether it is on record: counted, not weighed. */
function onRecord(told: Told, read: Reading): { readonly what: string; readonly met: boolean }[] {
  const [first = INDEPENDENT] = told.methods;
  const seeds = read.rows({ measure: "real", method: first, at: 1 }).length;
  return [
    { what: "the method and its settings", met: told.methods.length > 0 },
    { what: "the seeds, so that it can be repeated", met: true },
    { what: "how many rows were learned from", met: told.rows > 0 },
    { what: "real rows that no model saw", met: told.heldOut > 0 },
    {
      what: "synthetic rows in no mix",
      met: read.rows({ measure: "synthetic", method: first, at: 1 }).length > 0,
    },
    {
      what: "intervals over resampled patients",
      met: read.rows({ measure: "real", method: first, at: 1 }).some(({ draws }) => draws !== undefined),
    },
    { what: "at least three seeds", met: seeds >= 3 },
    { what: "real rows measured alike", met: read.rows({ measure: "c2st", method: REAL, at: 0 }).length > 0 },
    {
      what: "independent columns measured alike",
      met: read.rows({ measure: "real", method: INDEPENDENT, at: 1 }).length > 0,
    },
    {
      what: "small subgroups by name and size",
      met:
        told.subgroups !== undefined &&
        read.rows({ measure: "real", method: first, at: 1, who: "small" }).length > 0,
    },
  ];
}
