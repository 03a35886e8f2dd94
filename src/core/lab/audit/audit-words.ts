import type { AuditResult } from "./audit-shape.ts";

type Judged = Omit<AuditResult, "sentence">;

const plain = (value: number): string => String(Number(value.toPrecision(value < 10 ? 2 : 3)));
const count = (value: number): string => value.toLocaleString("en");
const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

/** What came of an audit, in one to three sentences. */
export function auditSentence(audit: Judged): string {
  switch (audit.verdict) {
    case "broken":
      return `${lead(audit)} That is more than the stated ${plain(audit.epsilon)}: the guarantee is broken. Do not pass on models or rows made with this method. ${how(audit)}`;
    case "holds":
      return `${lead(audit)} The stated ${plain(audit.epsilon)} is not contradicted; noise of half the strength would have been noticed.`;
    case "not measurable":
      return `${lead(audit)} ${short(audit)}`;
  }
}

const lead = ({ runs, unit, least, guesses }: Judged): string =>
  guesses !== undefined
    ? `In one run with half of ${count(guesses.canaries)} made-up ${unit}s, chosen by coins, ${count(guesses.right)} of ${count(guesses.guessed)} guesses of who was in were right: epsilon is at least ${plain(least)} (95% certain).`
    : `${count(runs)} runs with a made-up ${unit} and ${count(runs)} without show that epsilon is at least ${plain(least)} (95% certain).`;

function short({ runs, needed, epsilon, answers, guesses }: Judged): string {
  if (guesses !== undefined)
    return `That does not contradict the stated ${plain(epsilon)}. One run finds noise that is missing, seldom noise that is too weak.`;
  if (answers === undefined)
    return "The method gave no answer in which one patient could be looked for, so this says little.";
  return needed === undefined || needed <= runs
    ? `So little of the budget goes into counts that even noise of half the strength would stay within the stated ${plain(epsilon)}.`
    : `That does not contradict the stated ${plain(epsilon)}, but it says little: to notice noise of half the strength, ${count(needed)} runs are needed.`;
}

/** The audit as a table for a terminal, one line each. */
export function auditLines(audit: AuditResult): string[] {
  const { answers, released } = audit;
  const rows: (readonly [string, string])[] = [
    ["Method", `${audit.name} (${audit.synthesizer})`],
    ["Stated", `epsilon ${plain(audit.epsilon)}, delta ${plain(audit.delta)}, of one ${audit.unit}`],
    [
      "Runs",
      audit.guesses !== undefined
        ? `1, with half of ${count(audit.guesses.canaries)} canaries, ${plain(audit.seconds)} s`
        : `${count(audit.runs)} with the canary, ${count(audit.runs)} without, ${plain(audit.seconds)} s`,
    ],
    [
      "Learned from",
      `${count(audit.rows)} ${audit.on === "patients" ? "rows of the table" : "made-up rows"}`,
    ],
    ...(answers === undefined
      ? []
      : ([
          [
            "Answers",
            `${answers.answers} a run; the canary moves them by ${plain(answers.found)} (95% interval ${plain(answers.interval.low)} to ${plain(answers.interval.high)}) times their noise, ${plain(answers.stated)} stated`,
          ],
          ["Noise", `${percent(answers.spread)} of what is stated`],
          ["  epsilon", `at least ${plain(answers.epsilon)} by the answers`],
        ] as const)),
    ...(released === undefined
      ? []
      : ([
          ["  epsilon", `at least ${plain(released.epsilon)} by ${count(released.runs)} models alone`],
        ] as const)),
    ["Lower bound", `epsilon ${plain(audit.least)}, 95% certain`],
    ["Verdict", audit.verdict],
  ];
  return [...rows.map(([what, words]) => `${what.padEnd(14)}${words}`), "", audit.sentence];
}

/** What gave it away. */
function how({ answers, released, unit }: Judged): string {
  if (released !== undefined && released.epsilon >= (answers?.epsilon ?? 0))
    return `It shows in the model itself, at ${released.place}: in ${percent(released.having)} of the models with that ${unit} and ${percent(released.without)} of those without.`;
  if (answers === undefined) return "";
  const noise =
    answers.spread < 0.95 ? ` The noise has ${percent(answers.spread)} of the strength that is stated.` : "";
  return `One ${unit} moves the answers by ${plain(answers.found)} times their noise, where ${plain(answers.stated)} is stated.${noise}`;
}
