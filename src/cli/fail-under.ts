import * as z from "zod";
import type { Report } from "../core/lab/lab.ts";
import { RULE_FAMILIES, RULE_METRICS } from "../core/lab/lab.ts";
import { readBytes } from "./files.ts";
import { badUse } from "./options.ts";

/** Worst first. A side passes with the verdict that a rule names, or a better one. */
const VERDICTS = ["much-worse", "worse", "cannot-tell", "good"] as const;
const verdict = z.enum(VERDICTS);

const finite = z.number();

const bounds = z
  .strictObject({
    "at-most": finite.exactOptional(),
    "at-least": finite.exactOptional(),
    verdict: verdict.exactOptional(),
  })
  .refine((rule) => Object.keys(rule).length > 0, "says nothing: give at-most, at-least or verdict")
  .refine(
    (rule) => !((rule["at-least"] ?? -Infinity) > (rule["at-most"] ?? Infinity)),
    "at-least is above at-most: nothing can pass",
  );

const rulesShape = z.strictObject({
  /** by side: the least verdict that passes */
  axes: z.partialRecord(z.enum(RULE_FAMILIES), verdict).exactOptional(),
  /** by metric id */
  metrics: z.record(z.string(), bounds).exactOptional(),
  /** the highest of the three attack risks, at most */
  risk: z.number().min(0).max(1).exactOptional(),
  /** how many findings there may be */
  findings: z.number().int().min(0).exactOptional(),
});

export type Rules = z.output<typeof rulesShape>;

/** Reads the rules at `path`. Throws FaultError `bad-use` that names the rule which is wrong, or as reading the file does. */
export async function readRules(path: string): Promise<Rules> {
  const text = new TextDecoder().decode(await readBytes(path));
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw badUse(`The rules in ${path} are not JSON.`);
  }
  return checkRules(given);
}

/** Throws FaultError `bad-use` that names the rule which is wrong. */
export function checkRules(given: unknown): Rules {
  const parsed = rulesShape.safeParse(given);
  if (!parsed.success) throw badUse(issueWords(parsed.error.issues[0]));
  const unknown = Object.keys(parsed.data.metrics ?? {}).find((id) => !RULE_METRICS.includes(id));
  if (unknown !== undefined)
    throw badUse(`Rule metrics.${unknown}: there is no such measure. Known are ${RULE_METRICS.join(", ")}.`);
  if (countOf(parsed.data) === 0) throw badUse("There is no rule in the file.");
  return parsed.data;
}

const countOf = ({ axes = {}, metrics = {}, risk, findings }: Rules): number =>
  Object.keys(axes).length +
  Object.keys(metrics).length +
  (risk === undefined ? 0 : 1) +
  (findings === undefined ? 0 : 1);

function issueWords(issue: z.core.$ZodIssue | undefined): string {
  const where = issue?.path.join(".") ?? "";
  if (issue?.code === "unrecognized_keys" || issue?.code === "invalid_key") {
    const key = issue.code === "unrecognized_keys" ? [where, issue.keys[0]].filter(Boolean).join(".") : where;
    const known = key.startsWith("axes.")
      ? RULE_FAMILIES.join(", ")
      : key.startsWith("metrics.")
        ? "at-most, at-least, verdict"
        : "axes, metrics, risk, findings";
    return `Rule ${key}: there is no such rule. Known are ${known}.`;
  }
  return `Rule ${where || "file"}: ${issue?.message ?? "cannot be read"}.`;
}

/** One line for each rule that `report` fails; none where it passes. A measure without an answer fails its rule. */
export function failedRules(report: Report, rules: Rules): string[] {
  return [
    ...Object.entries(rules.axes ?? {}).flatMap(([family, least]) => axisFailure(report, family, least)),
    ...Object.entries(rules.metrics ?? {}).flatMap(([id, rule]) => metricFailure(report, id, rule)),
    ...riskFailure(report, rules.risk),
    ...findingsFailure(report, rules.findings),
  ];
}

const below = (is: (typeof VERDICTS)[number], least: (typeof VERDICTS)[number]): boolean =>
  VERDICTS.indexOf(is) < VERDICTS.indexOf(least);

function axisFailure({ axes }: Report, family: string, least: (typeof VERDICTS)[number]): string[] {
  const axis = axes.find((side) => side.family === family);
  const is = axis?.verdict ?? "cannot-tell";
  if (!below(is, least)) return [];
  return [`axes.${family}: ${is}, must be ${least} or better. ${axis?.sentence ?? ""}`.trim()];
}

function metricFailure({ metrics }: Report, id: string, rule: z.output<typeof bounds>): string[] {
  const result = metrics.find(({ info }) => info.id === id)?.result;
  if (result?.status !== "ok") return [`metrics.${id}: not measured. ${result?.reason ?? ""}`.trim()];
  const { value, verdict: is } = result;
  const [least, most, wanted] = [rule["at-least"], rule["at-most"], rule.verdict];
  const written = Number(value.toPrecision(6));
  return [
    // The other way round a value that is no number would pass.
    ...(most !== undefined && !(value <= most)
      ? [`metrics.${id}: ${written}, must be at most ${most}.`]
      : []),
    ...(least !== undefined && !(value >= least)
      ? [`metrics.${id}: ${written}, must be at least ${least}.`]
      : []),
    ...(wanted !== undefined && below(is, wanted)
      ? [`metrics.${id}: ${is}, must be ${wanted} or better.`]
      : []),
  ];
}

function riskFailure({ risk }: Report, most: number | undefined): string[] {
  if (most === undefined) return [];
  if (risk === undefined) return ["risk: not measured: none of the three attacks could be."];
  if (risk.value <= most) return [];
  return [`risk: ${Number(risk.value.toPrecision(6))} by ${risk.attack}, must be at most ${most}.`];
}

function findingsFailure({ findings }: Report, most: number | undefined): string[] {
  if (most === undefined || findings.length <= most) return [];
  const named = findings.map(({ metric }) => metric).join(", ");
  return [`findings: ${findings.length}, must be at most ${most}: ${named}.`];
}
