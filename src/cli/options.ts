import { parseArgs } from "node:util";
import { clashOf } from "./paths.ts";
import { FaultError, findSynthesizer, listSynthesizers } from "../core/lab/lab.ts";
import type { Params, ParamSpec } from "../core/synthesizers/synthesizer.ts";

export interface OptionSpec {
  /** What the value is called in the help; none: a switch */
  readonly value?: string;
  readonly help: string;
  readonly required?: boolean;
  /** not required where one of these options is given */
  readonly unless?: readonly string[];
  /** May be given several times: its values are in `lists`. */
  readonly many?: boolean;
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

export interface Given {
  readonly files: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly lists: Readonly<Record<string, readonly string[]>>;
}

export function badUse(message: string): FaultError {
  return new FaultError({ code: "bad-use", message });
}

/** Reads `args` by `specs` and the `files` behind them, of which those in brackets need not be there; a switch can be turned off with `--no-NAME`. Throws FaultError `bad-use`. */
export function readOptions(args: readonly string[], specs: OptionSpecs, files: readonly string[]): Given {
  const negated = Object.entries(specs).flatMap(([name, spec]) =>
    spec.value === undefined ? [`no-${name}`] : [],
  );
  const types = [
    ...Object.entries(specs).map(
      ([name, spec]) => [name, spec.value === undefined ? "boolean" : "string"] as const,
    ),
    ...negated.map((name) => [name, "boolean"] as const),
  ];
  const options = Object.fromEntries(
    types.map(([name, type]) => [name, { type, multiple: specs[name]?.many === true }]),
  );
  let parsed;
  try {
    parsed = parseArgs({ args: withNegatives(args), options, allowPositionals: true, strict: true });
  } catch (error) {
    throw badUse(firstSentence(error));
  }
  const values: Record<string, string | boolean | undefined> = {};
  const lists: Record<string, readonly string[]> = {};
  for (const [name, value] of Object.entries(parsed.values)) {
    if (negated.includes(name)) values[name.slice(3)] = false;
    else if (typeof value === "string" || typeof value === "boolean") values[name] = value;
    else if (Array.isArray(value)) lists[name] = value.map(String);
  }
  checkComplete(parsed.positionals, files, values, specs);
  const clash = clashOf([...parsed.positionals, ...(lists["join"] ?? [])], values);
  if (clash !== undefined) throw badUse(clash);
  return { files: parsed.positionals, values, lists };
}

/** `--name -3` as `--name=-3`, which would else be taken for an option called 3. */
function withNegatives(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const last = joined.at(-1);
    if (/^-\.?\d/.test(arg) && last?.startsWith("--") === true) joined[joined.length - 1] = `${last}=${arg}`;
    else joined.push(arg);
  }
  return joined;
}

function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `${message.split(/\.\s/)[0]?.replace(/\.$/, "") ?? message}.`;
}

function checkComplete(
  given: readonly string[],
  files: readonly string[],
  values: Given["values"],
  specs: OptionSpecs,
): void {
  const needed = files.filter((name) => !name.startsWith("["));
  if (given.length < needed.length) throw badUse(`${needed[given.length]} is missing.`);
  const extra = given[files.length];
  if (extra !== undefined) throw badUse(`“${extra}” is one argument too many.`);
  for (const [name, spec] of Object.entries(specs)) {
    const spared =
      spec.unless?.some((other) => values[other] !== undefined && values[other] !== false) ?? false;
    if (spec.required === true && !spared && values[name] === undefined)
      throw badUse(`--${name} ${spec.value ?? ""} is missing.`);
  }
}

/** The option's number, or `otherwise` when it was not given. Throws FaultError `bad-use`. */
export function numberOf(
  given: Given,
  name: string,
  otherwise: number,
  { least, most, whole }: { least: number; most: number; whole: boolean },
): number {
  const text = given.values[name];
  if (text === undefined) return otherwise;
  const value = text === "" ? NaN : Number(text);
  if (!(value >= least && value <= most) || (whole && !Number.isInteger(value))) {
    throw badUse(
      `--${name} must be a ${whole ? "whole " : ""}number from ${least} to ${most}, not “${String(text)}”.`,
    );
  }
  return value;
}

export function textOf(given: Given, name: string): string | undefined {
  const text = given.values[name];
  return typeof text === "string" ? text : undefined;
}

const flagOf = (param: string): string => param.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function helpOf(spec: ParamSpec): string {
  const { label, reason } = spec;
  if (spec.type === "number") return `${label}, ${spec.min} to ${spec.max} (${spec.default}). ${reason}`;
  if (spec.type === "switch") return `${label} (${spec.default ? "on" : "off"}). ${reason}`;
  return `${label}: ${spec.choices.map(({ value }) => value).join(", ")} (${spec.default}). ${reason}`;
}

/** A synthesizer's settings as options: `learningRate` is `--learning-rate`. */
export function paramOptions(synthesizer: string): OptionSpecs {
  return Object.fromEntries(
    Object.entries(findSynthesizer(synthesizer).params).map(([name, spec]): [string, OptionSpec] => {
      const help = helpOf(spec);
      if (spec.type === "switch") return [flagOf(name), { help }];
      return [flagOf(name), { help, value: spec.type === "number" ? "NUMBER" : "NAME" }];
    }),
  );
}

/** The settings among what was given; their values are checked where they are used. */
export function paramsOf(given: Given, synthesizer: string): Partial<Params> {
  return Object.fromEntries(
    Object.entries(findSynthesizer(synthesizer).params).flatMap(([name, spec]) => {
      const value = given.values[flagOf(name)];
      if (value === undefined) return [];
      return [[name, spec.type === "number" ? Number(value) : value]];
    }),
  );
}

/** The value of `--NAME` wherever it stands, before the rest can be read. */
export function peek(args: readonly string[], name: string): string | undefined {
  const at = args.findIndex((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`));
  const arg = args[at];
  return arg?.includes("=") === true ? arg.slice(arg.indexOf("=") + 1) : args[at < 0 ? args.length : at + 1];
}

export const synthesizerIds = (): string =>
  listSynthesizers()
    .map(({ id }) => id)
    .join(" | ");
