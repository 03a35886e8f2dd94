import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runTimed } from "./child.ts";
import { interpreter, requirements } from "./environment.ts";
import { root, type Split } from "./judged.ts";
import { keyOf, rounded, type Run } from "./results.ts";
import type { Peer } from "./roster.ts";

type Fitted = Pick<Run, "cpu" | "fit" | "versions">;

/** One fit to be measured: `fit` writes as many synthetic rows as the training table has to `csv`. */
export interface Job {
  readonly ours: boolean;
  readonly design: string;
  readonly split: Split;
  readonly seed: number;
  readonly key: string;
  fit(csv: string, limit: number): Promise<Fitted>;
}

const methods = fileURLToPath(new URL("methods/", import.meta.url));
const shared = ["peer.py", "sdv_single_table.py", "synthcity_plugin.py"];

/** The scripts that a peer's script imports. */
const partsOf = ({ script }: Peer): string[] =>
  script.endsWith(".R")
    ? []
    : shared.filter((name) => name === "peer.py" || name.startsWith(script.split("_")[0] as string));

export async function peerJob(
  peer: Peer,
  split: Split,
  seed: number,
  { judge, python }: { judge: string; python: string },
): Promise<Job> {
  const scripts = [peer.script, ...partsOf(peer)].map((name) => join(methods, name));
  const pins = peer.runs === "R" ? [] : [requirements(peer.runs)];
  return {
    ours: false,
    design: peer.id,
    split,
    seed,
    key: await keyOf([...scripts, ...pins, split.train, split.test, judge]),
    fit: async (csv, limit) => {
      const program = peer.runs === "R" ? "Rscript" : await interpreter(peer.runs, python);
      const args = [
        join(methods, peer.script),
        split.train,
        split.meta,
        String(split.rows),
        String(seed),
        csv,
      ];
      const { cpu, stdout } = await runTimed(program, args, { cwd: methods, limit });
      const last = JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "{}") as {
        seconds: { fit: number };
        versions: Record<string, string>;
      };
      return { cpu: rounded(cpu), fit: last.seconds.fit, versions: last.versions };
    },
  };
}

/** `vae` is the design as it comes; `vae:beta=1:steps=500` is it with settings, as flags of the terminal. */
export async function ourJob(design: string, split: Split, seed: number, judge: string): Promise<Job> {
  const [synthesizer = design, ...settings] = design.split(":");
  const flags = settings.flatMap((setting) => {
    const [name = "", value] = setting.split("=");
    return [`--${name}`, ...(value === undefined ? [] : [value])];
  });
  return {
    ours: true,
    design,
    split,
    seed,
    key: await keyOf([...(await program()), split.train, split.test, judge]),
    fit: async (csv, limit) => {
      const cli = ["--import", "tsx", join(root, "src/cli/main.ts"), "synthesize", split.train];
      const how = [
        "--synthesizer",
        synthesizer,
        "--target",
        split.target,
        "--seed",
        String(seed),
        "--out",
        csv,
      ];
      const { cpu } = await runTimed(process.execPath, [...cli, ...how, ...flags], { cwd: root, limit });
      return { cpu: rounded(cpu) };
    },
  };
}

let sources: Promise<string[]> | undefined;

/** Everything of ours that a fit runs. */
function program(): Promise<string[]> {
  sources ??= (async () => {
    const rooms = ["math", "table", "codec", "nn", "synthesizers"].map((room) =>
      join(root, "src/core", room),
    );
    const names = await Promise.all(rooms.map((room) => readdir(room, { recursive: true })));
    const paths = names.flatMap((list, i) => list.map((name) => join(rooms[i] as string, name)));
    return paths.filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts")).toSorted();
  })();
  return sources;
}
