import { asFault, describeFault } from "../core/fault.ts";
import { plainText } from "./plain-text.ts";
import { REMEDIES } from "./reading.ts";
import { createProgressLine, type ProgressLine } from "./progress-line.ts";

/** Where a command writes: `process` is one. */
export interface Terminal {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { isTTY?: boolean; write(text: string): unknown };
}

/** Yields the exit status where it is not 0. */
type Command = (
  args: readonly string[],
  line: ProgressLine,
  output: Terminal["stdout"],
) => Promise<number | void>;

/** Loaded when called for: the lab takes a moment to start. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  synthesize: async () => (await import("./synthesize.ts")).synthesize,
  simulate: async () => (await import("./simulate/simulate.ts")).simulate,
  sample: async () => (await import("./sample.ts")).sample,
  evaluate: async () => (await import("./evaluate.ts")).evaluate,
  surveillance: async () => (await import("./surveillance.ts")).surveillance,
  audit: async () => (await import("./audit.ts")).audit,
  coarsen: async () => (await import("./coarsen.ts")).coarsen,
  study: async () => (await import("./studies/study.ts")).study,
  prompts: async () => (await import("./language/prompts.ts")).prompts,
  replies: async () => (await import("./language/replies.ts")).replies,
  ask: async () => (await import("./language/ask.ts")).ask,
};

/** Faults of how a command was called, not of what it was given to read. */
const BAD_USE: ReadonlySet<string> = new Set([
  "bad-use",
  "unknown-synthesizer",
  "parameter-invalid",
  "condition-invalid",
  "unknown-column",
  "unknown-study",
  "simulation-refused",
]);

/** Runs one command. Resolves with the exit status: 0, 1 for bad input, 2 for bad use, 3 where a rule of `--fail-under` fails, 4 where an audit finds a guarantee broken. */
export async function run(args: readonly string[], { stdout, stderr }: Terminal): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || args.includes("--help") || args.includes("-h")) {
    const { help } = await import("./help.ts");
    (name === undefined ? stderr : stdout).write(help(args));
    return name === undefined ? 2 : 0;
  }
  const complain = (code: string, words: string): number => {
    stderr.write(`semblance: ${code}: ${plainText(words)}\n`);
    return BAD_USE.has(code) ? 2 : 1;
  };
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) return complain("bad-use", `There is no command “${name}”; see --help.`);
  const line = createProgressLine(stderr);
  try {
    const command = await load();
    return (await command(rest, line, stdout)) ?? 0;
  } catch (error) {
    line.end();
    const fault = asFault(error);
    const { title, detail, remedy } = describeFault(fault);
    const flag = REMEDIES.get(fault.code);
    return complain(fault.code, [title, detail, remedy, flag].filter(Boolean).join(" "));
  }
}
