import type { Detail, MetricResult } from "../../metrics/metric.ts";
import type { Report } from "../../report/report.ts";

type Row = Report["metrics"][number];
type Measured = Row & { readonly result: Extract<MetricResult, { status: "ok" }> };

const isMeasured = (row: Row): row is Measured => row.result.status === "ok";

const rank = { below: 0, close: 1, within: 2 } as const;
const gap = ({ result }: Measured): number => result.score.baseline.value - result.score.value;

/** Worst first: by verdict, then by how far the score lies below its reference; what was skipped comes last. */
export function worstFirst(rows: readonly Row[]): Row[] {
  const measured = rows.filter(isMeasured);
  measured.sort((a, b) => rank[a.result.verdict] - rank[b.result.verdict] || gap(b) - gap(a));
  return [...measured, ...rows.filter((row) => !isMeasured(row))];
}

/**
 * The page's verdict in words: what the synthetic table is good for by the metrics that reach, or nearly reach, held-out
 * real rows, and the claim about the worst scored metric that it does not bear. Privacy, where it fails, comes before all else.
 */
export function wordHeadline(
  rows: readonly Row[],
  target: string | undefined,
): { headline: string; caveat?: string } {
  const measured = worstFirst(rows).filter(isMeasured);
  if (measured.length === 0) return { headline: "Nothing could be measured" };
  const holds = (id: string): boolean =>
    measured.some((row) => row.info.id === id && row.result.verdict !== "below");
  const uses = ["software tests"];
  if (holds("column-shapes")) uses.push("teaching");
  if (holds("pair-trends") && nearReal(measured)) uses.push("method development");
  if (holds("tstr") && predicts(measured) && target) uses.push(`first models of ${target}`);
  const leak = measured.find(
    ({ info, result }) => info.family === "privacy" && info.scored && result.verdict === "below",
  );
  const worst = leak ?? measured.find(({ info }) => info.scored);
  const among = leak ? " among those who may see the real table" : "";
  const headline = `Good for ${listed(uses)}${among}`;
  if (!worst || worst.result.verdict === "within") return { headline };
  return { headline, caveat: `Not yet for ${claim(worst, target)}` };
}

/** The share of what a model of real rows gains over chance that one of synthetic rows must keep. */
const KEPT_SKILL = 0.75;

/** A wide interval reaches its reference by luck: the models must also beat chance beyond noise and keep most of the gain. */
const predicts = (measured: readonly Measured[]): boolean =>
  measured.some(({ info, result: { detail } }) => {
    if (info.id !== "tstr" || detail?.type !== "models") return false;
    const chance = detail.unit === "AUROC" ? 0.5 : 0;
    const [first] = detail.rows;
    if (!first) return false;
    const { real, synthetic, syntheticInterval } = first;
    return syntheticInterval.low > chance && synthetic - chance >= KEPT_SKILL * (real - chance);
  });

/** Shuffled columns still keep most pair trends; a classifier that picks the synthetic row 2 times in 3 does not miss it. */
const nearReal = (measured: readonly Measured[]): boolean =>
  measured.some(({ info, result }) => info.id === "c2st" && result.value <= 2 / 3);

function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1) as string}`;
}

/** What one would wrongly claim if one trusted the metric that is off. */
function claim({ info, result }: Measured, target: string | undefined): string {
  const name = furthest(result.detail);
  switch (info.id) {
    case "column-shapes":
      return name ? `statistics of single columns such as ${name}` : "statistics of single columns";
    case "pair-trends":
      return name ? `conclusions about relationships such as ${name}` : "conclusions about relationships";
    case "c2st":
      return "conclusions about real patients";
    case "coverage":
      return "claims about every kind of patient: some have no synthetic row like them";
    case "missingness":
      return "claims about which cells are missing";
    case "tstr":
      return target
        ? `models of ${target} that are used on real patients`
        : "models that are used on real patients";
    case "dcr-share":
      return "giving to others: synthetic rows lie too near to training rows";
    case "exact-copies":
      return "giving to others: it repeats training rows";
    case "membership-distance":
    case "membership-domias":
      return "giving to others: it shows who was learned from";
    case "singling-out":
      return "giving to others: it singles out patients who were learned from";
    case "linkability":
      return "giving to others: it helps to join files about patients who were learned from";
    case "attribute-inference":
      return "giving to others: it tells attributes of patients who were learned from";
    case "analysis-replication":
      return "conclusions from regressions";
    case "group-shares":
    case "group-fidelity":
      return "conclusions about single groups of patients";
    case "plausibility-rules":
      return "uses that trust every row to make clinical sense";
    case "tails":
      return "conclusions about extreme values";
    default:
      return `claims about ${info.name.toLowerCase()}`;
  }
}

const furthest = (detail: Detail | undefined): string | undefined =>
  detail?.type === "per-column" ? detail.columns[0]?.name : undefined;
