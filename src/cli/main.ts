import { describeFault } from "../core/fault.ts";
import { createProgressLine, type ProgressLine } from "./progress-line.ts";

type Command = (args: readonly string[], line: ProgressLine) => Promise<void>;

const commands: Readonly<Record<string, () => Promise<Command>>> = {
  synthesize: async () => (await import("./synthesize.ts")).synthesize,
  sample: async () => (await import("./sample.ts")).sample,
  evaluate: async () => (await import("./evaluate.ts")).evaluate,
};

/** Faults of how the command was called, not of what it was given to read. */
const BAD_USE: ReadonlySet<string> = new Set([
  "bad-use",
  "unknown-synthesizer",
  "parameter-invalid",
  "unknown-column",
]);

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || args.includes("--help") || args.includes("-h")) {
    const { help } = await import("./help.ts");
    (name === undefined ? process.stderr : process.stdout).write(help(args));
    return name === undefined ? 2 : 0;
  }
  const line = createProgressLine(process.stderr);
  try {
    const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (load === undefined) return complain("bad-use", `There is no command “${name}”; see --help.`);
    await (
      await load()
    )(rest, line);
    return 0;
  } catch (error) {
    line.end();
    const { asFault } = await import("../core/fault.ts");
    const fault = asFault(error);
    const { title, detail, remedy } = describeFault(fault);
    return complain(fault.code, [title, detail, remedy].filter(Boolean).join(" "));
  }
}

function complain(code: string, message: string): number {
  process.stderr.write(`semblance: ${code}: ${message.replaceAll(/\s*\n\s*/g, " ")}\n`);
  return BAD_USE.has(code) ? 2 : 1;
}

process.exitCode = await main(process.argv.slice(2));
