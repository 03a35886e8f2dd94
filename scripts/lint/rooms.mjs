/**
 * The import rules of ARCHITECTURE.md as one lint rule. oxlint's own no-restricted-imports does not see dynamic imports
 * and import types; this sees every way to name a module: import, export from, import(), import("x").T, require.
 */
import { readFileSync } from "node:fs";
import { posix } from "node:path";

/**
 * The first room whose path begins a file's path is its room. `may`: what it imports, as beginnings of paths under src/
 * (its own path is always among them); `types`: what it may `import type` besides; `addresses`: files whose address, by
 * `?url`, it may have. `each`: every folder in it is a room of its own, closed to the others.
 */
const ground = ["core/fault.ts", "core/math/"];
const engine = [
  ...ground,
  "core/table/",
  "core/visits/",
  "core/codec/",
  "core/rules/",
  "core/nn/",
  "core/synthesizers/synthesizer.ts",
];
const training = "core/synthesizers/training/";
const requests = "core/synthesizers/requests/";
const shared = [training, requests, "core/synthesizers/token-rows/", "core/synthesizers/autoencoder/"];
const measuring = [
  ...ground,
  "core/table/",
  "core/visits/",
  "core/surveillance/",
  "core/clinic/",
  "core/codec/",
  "core/rules/",
  "core/nn/",
  "core/metrics/metric.ts",
];
/** Everything of core that stands under the lab. */
const below = [
  ...measuring.filter((path) => path !== "core/metrics/metric.ts"),
  "core/cleaning/",
  "core/intake/",
  "core/export/",
  "core/private/",
  "core/anonymity/",
  "core/synthesizers/",
  "core/metrics/",
  "core/report/",
  "core/words/",
  "core/shapes/",
];
const page = ["app/state/", "app/theme/", "core/fault.ts", "core/words/"];
const facts = ["worker/protocol.ts", "core/"];
export const rooms = [
  { path: "core/fault.ts", may: [] },
  { path: "core/math/", may: [] },
  { path: "core/table/", may: ground },
  { path: "core/visits/", may: [...ground, "core/table/"] },
  { path: "core/surveillance/", may: [...ground, "core/table/"] },
  { path: "core/clinic/", may: [...ground, "core/table/", "core/codec/", "core/rules/"] },
  { path: "core/codec/", may: [...ground, "core/table/"] },
  { path: "core/rules/", may: [...ground, "core/table/", "core/codec/"] },
  { path: "core/cleaning/", may: [...ground, "core/table/", "core/codec/", "core/rules/"] },
  { path: "core/intake/", may: [...ground, "core/table/"] },
  { path: "core/export/", may: [...ground, "core/table/"] },
  { path: "core/private/", may: [...ground, "core/table/", "core/clinic/"] },
  { path: "core/anonymity/", may: [...ground, "core/table/"] },
  { path: "core/nn/", may: ground },
  {
    path: "core/synthesizers/synthesizer.ts",
    may: [...ground, "core/table/"],
    types: ["core/nn/", "core/rules/", "core/private/"],
  },
  { path: "core/synthesizers/registry.ts", may: ["core/fault.ts", "core/synthesizers/"] },
  { path: training, may: engine },
  { path: requests, may: engine },
  { path: "core/synthesizers/token-rows/", may: [...engine, training, requests] },
  { path: "core/synthesizers/autoencoder/", may: [...engine, training, requests] },
  {
    path: "core/synthesizers/auto/",
    may: [...engine, ...shared, "core/synthesizers/autoregressive/", "core/synthesizers/cart/"],
  },
  {
    path: "core/synthesizers/private/",
    may: [...engine, ...shared, "core/clinic/", "core/private/", "core/synthesizers/autoregressive/"],
  },
  { path: "core/synthesizers/", each: true, may: [...engine, ...shared] },
  { path: "core/metrics/metric-shape.ts", may: [] },
  {
    path: "core/metrics/metric.ts",
    may: [...ground, "core/table/"],
    types: ["core/clinic/", "core/metrics/metric-shape.ts"],
  },
  { path: "core/metrics/registry.ts", may: ["core/fault.ts", "core/metrics/"] },
  { path: "core/metrics/measuring/", may: measuring },
  { path: "core/metrics/", each: true, may: [...measuring, "core/metrics/measuring/"] },
  {
    path: "core/report/",
    may: ["core/fault.ts", "core/metrics/metric-shape.ts"],
    types: ["core/table/", "core/metrics/", "core/synthesizers/", "core/private/"],
  },
  { path: "core/words/", may: [], types: ["core/metrics/", "core/report/", "core/private/"] },
  { path: "core/shapes/", may: ["core/words/"], types: ["core/report/", "core/metrics/", "core/table/"] },
  { path: "core/lab/", may: below },
  { path: "core/studies/", may: ["core/"] },
  { path: "core/", may: [] },
  { path: "worker/protocol-studies.ts", may: [], types: ["core/"] },
  { path: "worker/protocol.ts", may: ["worker/protocol-studies.ts"], types: ["core/"] },
  {
    path: "worker/client.ts",
    may: ["worker/protocol.ts", "worker/lifeline.ts"],
    types: ["core/"],
    addresses: ["worker/worker.ts"],
  },
  { path: "worker/lifeline.ts", may: ["worker/protocol.ts"], types: ["core/"] },
  { path: "worker/", may: ["core/lab/", "core/studies/", "core/fault.ts"], types: ["core/"] },
  { path: "cli/", may: ["core/lab/", "core/studies/", "core/fault.ts"], types: ["core/"] },
  { path: "offline/", may: [] },
  { path: "doors/", may: [] },
  { path: "app/theme/", may: [] },
  { path: "app/state/", may: ["worker/client.ts", "core/fault.ts", "core/words/"], types: facts },
  { path: "app/parts/", may: page, types: facts },
  { path: "app/charts/", may: [...page, "app/parts/", "core/shapes/"], types: facts },
  { path: "app/card/", may: [...page, "app/charts/", "core/shapes/"], types: facts },
  { path: "app/views/shell/", may: [...page, "app/parts/", "app/views/"], types: facts },
  {
    path: "app/views/",
    each: true,
    may: [...page, "app/parts/", "app/charts/", "app/card/", "core/shapes/"],
    types: facts,
  },
  { path: "main.tsx", may: ["app/", "worker/client.ts", "offline/keep-offline.ts"] },
];

/** Packages that only some rooms may name, by how the name begins. All others are free. */
const packages = [
  { name: "@tensorflow/", rooms: ["core/nn/"], types: ["core/synthesizers/", "core/metrics/"] },
  { name: "papaparse", rooms: ["core/table/"] },
  { name: "chardet", rooms: ["core/table/"] },
  { name: "hyparquet-writer", rooms: ["core/export/"] },
  { name: "hyparquet", rooms: ["core/intake/"] },
  { name: "fzstd", rooms: ["core/intake/"] },
  { name: "react", rooms: ["app/", "main.tsx"] },
  { name: "recharts", rooms: ["app/"] },
  { name: "zustand", rooms: ["app/"] },
  { name: "@tanstack/", rooms: ["app/"] },
  { name: "@noble/", rooms: ["core/lab/"] },
  { name: "node:", rooms: ["cli/"] },
];

const project = posix.resolve(import.meta.dirname.replaceAll("\\", "/"), "../..");
const manifest = JSON.parse(readFileSync(posix.join(project, "package.json"), "utf8"));
const known = new Set([
  ...Object.keys(manifest.dependencies ?? {}),
  ...Object.keys(manifest.devDependencies ?? {}),
]);

const within = (path, beginnings = []) => beginnings.some((beginning) => path.startsWith(beginning));

/** The path that a room's own files begin with: in a hall of rooms the one folder that `file` stands in. */
function ownPath({ path, each }, file) {
  if (!each) return path;
  const folder = file.slice(path.length).split("/");
  return folder.length > 1 ? `${path}${folder[0]}/` : file;
}

/** Why `file` (under src/) may not import `specifier`, or undefined. */
function objection(file, specifier, typeOnly) {
  const room = rooms.find(({ path }) => file.startsWith(path));
  if (!room) return `${file} stands in no room: give it one in scripts/lint/rooms.mjs and ARCHITECTURE.md`;
  const bare = specifier.split("?")[0];
  if (!bare.startsWith(".")) return packageObjection(file, bare, typeOnly, specifier.endsWith("?url"));
  const target = posix.normalize(posix.join(posix.dirname(file), bare));
  if (target.startsWith("..")) return `src imports nothing from outside src: ${bare}`;
  if (target.startsWith(ownPath(room, file)) || within(target, room.may)) return undefined;
  if (/[?&]url$/.test(specifier) && within(target, room.addresses)) return undefined;
  if (within(target, room.types))
    return typeOnly ? undefined : `${room.path} may only import types from ${target}`;
  return `${room.path} may not import ${target}`;
}

function packageObjection(file, specifier, typeOnly, address) {
  const name = specifier.startsWith("@")
    ? specifier.split("/").slice(0, 2).join("/")
    : specifier.split("/")[0];
  if (!specifier.startsWith("node:") && !known.has(name))
    return `${specifier} is no dependency of package.json, and there are no aliases: name our own files by relative path`;
  const rule = packages.find((one) => specifier.startsWith(one.name));
  if (!rule || within(file, rule.rooms)) return undefined;
  if (typeOnly && within(file, rule.types)) return undefined;
  if (address && file.startsWith("worker/")) return undefined;
  return `${specifier} may be imported only under ${rule.rooms.join(", ")}`;
}

const imports = {
  create(context) {
    const path = context.filename.replaceAll("\\", "/");
    const file = path.startsWith(`${project}/src/`) ? path.slice(project.length + 5) : undefined;
    if (file === undefined || /\.(test|bench)\.tsx?$/.test(file)) return {};

    const look = (node, source, typeOnly) => {
      const specifier = source?.value ?? source?.literal?.value;
      if (typeof specifier !== "string") {
        if (source)
          context.report({ node, message: "A module is named by a plain string, so that it can be checked" });
        return;
      }
      const message = objection(file, specifier, typeOnly);
      if (message) context.report({ node, message });
    };
    return {
      ImportDeclaration: (node) => look(node, node.source, node.importKind === "type"),
      ExportNamedDeclaration: (node) => node.source && look(node, node.source, node.exportKind === "type"),
      ExportAllDeclaration: (node) => look(node, node.source, node.exportKind === "type"),
      ImportExpression: (node) => look(node, node.source, false),
      TSImportType: (node) => look(node, node.source ?? node.argument, true),
      TSExternalModuleReference: (node) => look(node, node.expression, false),
      CallExpression: (node) => node.callee.name === "require" && look(node, node.arguments[0], false),
    };
  },
};

export default { meta: { name: "rooms" }, rules: { imports } };
