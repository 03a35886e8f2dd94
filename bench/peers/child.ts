import { spawn } from "node:child_process";

export interface Finished {
  /** User and system seconds of the process and of every process it waited for. */
  readonly cpu: number;
  readonly stdout: string;
}

/**
 * Runs a program with one thread for its numerics and measures its processor time, which, unlike the clock, hardly
 * depends on who else uses the machine. Throws with the last words of stderr when it fails, or after `limit` CPU seconds.
 */
export async function runTimed(
  program: string,
  args: readonly string[],
  { cwd, limit }: { cwd: string; limit: number },
): Promise<Finished> {
  const script = `ulimit -t ${Math.ceil(limit)}; TIMEFORMAT="%U %S"; time "$@"`;
  const single = { OMP_NUM_THREADS: "1", MKL_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
  const child = spawn("bash", ["-c", script, "bash", program, ...args], {
    cwd,
    env: { ...process.env, ...single, CUDA_VISIBLE_DEVICES: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stdout: Buffer[] = [];
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => {
    stderr = (stderr + chunk.toString("utf8")).slice(-8000);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  const lines = stderr.trimEnd().split(/[\r\n]+/);
  if (code !== 0) throw new Error(lastWords(lines) ?? `ended with exit status ${code}`);
  const [user = NaN, system = NaN] = (lines.at(-1) ?? "").split(" ").map(Number);
  return { cpu: user + system, stdout: Buffer.concat(stdout).toString("utf8") };
}

/** What a program said last, less the two times after it. */
function lastWords(lines: readonly string[]): string | undefined {
  return lines.findLast((line) => line.trim() !== "" && !/^[\d.]+ [\d.]+$/.test(line))?.slice(0, 300);
}
