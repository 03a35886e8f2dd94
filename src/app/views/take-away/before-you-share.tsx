import type { Report } from "../../../core/report/report.ts";
import type { Verdict } from "../../../core/metrics/metric.ts";
import type { RunView } from "../../../worker/protocol.ts";
import { plural } from "../../../core/words/numbers.ts";
import { NOT_PRIVATE, epsilonWords, isPrivate } from "../../../core/words/privacy-limit.ts";
import { guaranteeOfRun } from "../../state/guarantee/guarantee.ts";
import { riskThreshold } from "../../state/settings.ts";
import { VerdictMark } from "../../charts/verdict-mark.tsx";
import { measured } from "../../state/measured.ts";
import styles from "./take-away.module.css";

interface Statement {
  readonly verdict: Verdict;
  readonly title: string;
  readonly text: string;
}

/** What limits every attack on the rows of a run made here, whatever the ones that were tried found; "" where nothing does. */
function limitOf(run: RunView): string {
  const guarantee = guaranteeOfRun(run);
  if (guarantee === undefined || !isPrivate(guarantee) || run.fromFile) return "";
  const { epsilon, unit } = guarantee;
  return `The limit of ${epsilonWords(epsilon)} holds against every attack on one ${unit}, whatever those below found.`;
}

/** What was measured of the rows: the worst scored attack in its own words, and the highest attack risk. */
function aboutRows({ axes, metrics, risk }: Report, limit: string): Statement {
  const privacy = axes.find(({ family }) => family === "privacy");
  if (privacy === undefined || !("metric" in privacy))
    return {
      verdict: "worse",
      title: "Synthetic rows",
      text:
        limit === ""
          ? "No attack was tried on this run, so nothing is known about what its rows give away."
          : `${limit} No attack was tried on this run.`,
    };
  const tried = metrics.filter(({ info, result }) => info.family === "privacy" && result.status === "ok");
  const above = risk !== undefined && risk.value > riskThreshold();
  return {
    verdict: above && privacy.verdict === "good" ? "worse" : privacy.verdict,
    title: "Synthetic rows",
    text: [
      ...(limit === "" ? [] : [limit]),
      `The worst of ${plural(tried.length, "measure")} of privacy: ${privacy.sentence}`,
      ...(risk ? [risk.sentence] : []),
    ].join(" "),
  };
}

/** Columns and measures that are clearly below what real rows reach. */
function aboutWeakness(report: Report): Statement[] {
  const below = report.columns.filter((column) => column.verdict === "much-worse");
  const poor = measured(report).filter(
    ({ info, result }) => info.scored && result.verdict === "much-worse" && info.family !== "privacy",
  );
  const columns = below.slice(0, 3).map((column) => column.name);
  return [
    ...poor.slice(0, 2).map(({ info, result }): Statement => ({
      verdict: "much-worse",
      title: info.name,
      text: `${result.sentence} Say so where the rows are used.`,
    })),
    ...(below.length > 0
      ? [
          {
            verdict: "much-worse" as const,
            title: plural(below.length, "column"),
            text: `${columns.join(", ")}${below.length > 3 ? " and others" : ""} ${below.length === 1 ? "differs" : "differ"} from real rows by more than chance. Say so, or leave them out.`,
          },
        ]
      : []),
  ];
}

/** Rows under a condition are no sample of all patients, and the scores are those of rows without one. */
function aboutCondition(which: string): Statement[] {
  if (which === "") return [];
  return [
    {
      verdict: "worse",
      title: "Under a condition",
      text: `These rows were made to meet: ${which}. They are no sample of all patients, and what was measured holds for rows of all kinds. Say so where the file is used.`,
    },
  ];
}

/** What the model file of a run may be given to; with a guarantee its questions are bounded. */
function aboutModel(run: RunView): Statement {
  const guarantee = guaranteeOfRun(run);
  if (guarantee !== undefined && isPrivate(guarantee) && !run.fromFile)
    return {
      verdict: "good",
      title: "Model file",
      text: `Made from noisy counts alone: however often it is asked, nobody learns more than ${epsilonWords(guarantee.epsilon)} allows. Other releases of this table add up; see the ledger on Train.`,
    };
  if (guarantee !== undefined && !isPrivate(guarantee))
    return { verdict: "much-worse", title: "Model file", text: NOT_PRIVATE };
  if (guarantee !== undefined)
    return {
      verdict: "worse",
      title: "Model file",
      text: "Its limit is what the file says of itself; nothing here proves it. Ask whoever made it.",
    };
  return {
    verdict: "worse",
    title: "Model file",
    text: "Can be questioned without limit, and no privacy budget bounds what it learned. Share it only where the rows themselves could be shared.",
  };
}

/** The evaluation read real patients: what a guarantee covers does not reach it. */
function aboutEvaluation(run: RunView): Statement {
  if (guaranteeOfRun(run) !== undefined)
    return {
      verdict: "worse",
      title: "Evaluation card and files",
      text: "Measured on real patients and not covered by the guarantee: keep them inside. Give others the report for outside.",
    };
  return {
    verdict: "good",
    title: "Evaluation card and files",
    text: "Totals and charts only. Cells of fewer than 5 patients are merged.",
  };
}

function statements(run: RunView): Statement[] {
  const model = aboutModel(run);
  const { report } = run;
  if (report === undefined)
    return [
      {
        verdict: "worse",
        title: "Not measured",
        text: run.fromFile
          ? "This model was opened from a file. Its rows have not been compared with real ones here."
          : "This run has not been compared with held-out real rows.",
      },
      model,
    ];
  const card = aboutEvaluation(run);
  const claim: Statement[] =
    report.claimed === true
      ? [
          {
            verdict: "worse",
            title: "Claimed by the file",
            text: "Every number here came with the model file. None of it has been measured on this page.",
          },
        ]
      : [];
  return [...claim, aboutRows(report, limitOf(run)), ...aboutWeakness(report), card, model];
}

/** Measured statements, no promise: whoever is responsible for the patients' data decides. */
export function BeforeYouShare({ run, which }: { run: RunView; which: string }) {
  return (
    <>
      <section>
        <h2>Before you share</h2>
        <p className="s13 q">
          These rows are made up, yet they were learned from patients. Your data governance decides; this is
          what was measured.
        </p>
      </section>
      <section>
        <ul className={styles.statements}>
          {[...aboutCondition(which), ...statements(run)].map(({ verdict, title, text }) => (
            <li key={title}>
              <VerdictMark verdict={verdict} word={false} />
              <b>{title}</b>
              <p>{text}</p>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
