import type { Environment } from "./environment.ts";

/** Another program, as one script of `methods/` with the shared command line. */
export interface Peer {
  readonly id: string;
  readonly name: string;
  readonly script: string;
  /** Where it runs: a Python environment, or R. */
  readonly runs: Environment | "R";
  /** Seeds on a table, fewer where one takes many minutes. */
  readonly seeds: (table: string) => number;
}

const fewerOn = (table: string, there: number, elsewhere: number) => (name: string) =>
  name === table ? there : elsewhere;

/** Cheapest first, so that a run that is stopped early has the most. A new peer is a script and a line here. */
export const peers: readonly Peer[] = [
  { id: "synthpop", name: "synthpop CART", script: "synthpop.R", runs: "R", seeds: () => 5 },
  { id: "sdv-copula", name: "SDV copula", script: "sdv_copula.py", runs: "field", seeds: () => 5 },
  { id: "tvae", name: "TVAE", script: "sdv_tvae.py", runs: "field", seeds: fewerOn("adult", 2, 5) },
  { id: "arf", name: "ARF", script: "synthcity_arf.py", runs: "synthcity", seeds: fewerOn("adult", 1, 3) },
  {
    id: "tabular-argn",
    name: "TabularARGN",
    script: "tabular_argn.py",
    runs: "field",
    seeds: fewerOn("adult", 2, 3),
  },
  { id: "ctgan", name: "CTGAN", script: "sdv_ctgan.py", runs: "field", seeds: fewerOn("adult", 1, 3) },
  {
    id: "ddpm",
    name: "TabDDPM",
    script: "synthcity_ddpm.py",
    runs: "synthcity",
    seeds: fewerOn("adult", 1, 3),
  },
];

export type Rule = "better" | "as good" | "leaks less";

/** Which peer each of ours is named beside, and what is asked of it on every table. */
export const rivals: readonly { readonly ours: string; readonly peer: string; readonly rule: Rule }[] = [
  { ours: "vae", peer: "tvae", rule: "better" },
  { ours: "gan", peer: "ctgan", rule: "better" },
  { ours: "copula", peer: "sdv-copula", rule: "better" },
  { ours: "autoregressive", peer: "tabular-argn", rule: "as good" },
  { ours: "diffusion", peer: "ddpm", rule: "better" },
  { ours: "cart", peer: "synthpop", rule: "leaks less" },
];
