/**
 * The import rules of ARCHITECTURE.md as one lint rule. oxlint's own no-restricted-imports does not see dynamic imports
 * and import types; this sees every way to name a module: import, export from, import(), import("x").T, require.
 */
import { existsSync, readFileSync } from "node:fs";
import { posix } from "node:path";

/**
 * The first room whose path begins a file's path is its room. `may`: what it imports, as beginnings of paths under src/
 * (its own path is always among them); `types`: what it may `import type` besides; `addresses`: files whose address, by
 * `?url`, it may have.
 */
const rooms = [
  { path: "core/fault.ts", may: [] },
  { path: "core/math/", may: [] },
  { path: "core/table/", may: ["core/fault.ts", "core/math/"] },
  { path: "core/clinic/", may: ["core/fault.ts", "core/math/", "core/table/"] },
  { path: "core/codec/", may: ["core/fault.ts", "core/math/", "core/table/"] },
  { path: "core/nn/", may: ["core/fault.ts", "core/math/"] },
  {
    path: "core/synthesizers/",
    may: ["core/fault.ts", "core/math/", "core/table/", "core/codec/", "core/nn/"],
    apart: true,
  },
  {
    path: "core/metrics/",
    may: ["core/fault.ts", "core/math/", "core/table/", "core/clinic/", "core/codec/", "core/nn/"],
    apart: true,
  },
  { path: "core/lab/", may: ["core/"] },
  { path: "core/", may: [] },
  { path: "worker/protocol.ts", may: [], types: ["core/"] },
  {
    path: "worker/client.ts",
    may: ["worker/protocol.ts", "worker/lifeline.ts"],
    types: ["core/"],
    addresses: ["worker/worker.ts"],
  },
  { path: "worker/lifeline.ts", may: ["worker/protocol.ts"], types: ["core/"] },
  { path: "worker/", may: ["core/lab/", "core/fault.ts"], types: ["core/"] },
  { path: "cli/", may: ["core/lab/", "core/fault.ts"], types: ["core/"] },
  { path: "offline/", may: [] },
  { path: "doors/", may: [] },
  { path: "app/theme/", may: [] },
  { path: "app/state/", may: ["worker/client.ts", "core/fault.ts"], types: ["worker/protocol.ts", "core/"] },
  {
    path: "app/charts/",
    may: ["app/state/", "app/theme/", "core/fault.ts"],
    types: ["worker/protocol.ts", "core/"],
  },
  {
    path: "app/card/",
    may: ["app/state/", "app/charts/", "app/theme/", "core/fault.ts"],
    types: ["worker/protocol.ts", "core/"],
  },
  {
    path: "app/views/",
    may: ["app/state/", "app/charts/", "app/card/", "app/theme/", "core/fault.ts"],
    types: ["worker/protocol.ts", "core/"],
  },
  { path: "main.tsx", may: ["app/", "worker/client.ts", "offline/keep-offline.ts"] },
];

/** Packages that only some rooms may name, by how the name begins. All others are free. */
const packages = [
  { name: "@tensorflow/", rooms: ["core/nn/"], types: ["core/synthesizers/", "core/metrics/"] },
  { name: "papaparse", rooms: ["core/table/"] },
  { name: "chardet", rooms: ["core/table/"] },
  { name: "react", rooms: ["app/", "main.tsx"] },
  { name: "recharts", rooms: ["app/"] },
  { name: "zustand", rooms: ["app/"] },
  { name: "@mantine/", rooms: ["app/", "main.tsx"] },
  { name: "@tanstack/", rooms: ["app/"] },
  { name: "node:", rooms: ["cli/"] },
];

const project = posix.resolve(import.meta.dirname.replaceAll("\\", "/"), "../..");
const manifest = JSON.parse(readFileSync(posix.join(project, "package.json"), "utf8"));
const known = new Set([
  ...Object.keys(manifest.dependencies ?? {}),
  ...Object.keys(manifest.devDependencies ?? {}),
]);

/** What a room's registry lists: the generators, or the metrics. They do not know each other. */
function listed(room) {
  const registry = posix.join(project, "src", room, "registry.ts");
  if (!existsSync(registry)) return new Set();
  const names = readFileSync(registry, "utf8").matchAll(/from\s+"\.\/([^"]+)"/g);
  const contracts = ["synthesizer.ts", "metric.ts"];
  return new Set(
    [...names]
      .map(([, name]) => room + name)
      .filter((path) => !contracts.some((c) => path.endsWith(`/${c}`))),
  );
}
const siblings = new Map(rooms.filter((room) => room.apart).map((room) => [room.path, listed(room.path)]));

const within = (path, beginnings = []) => beginnings.some((beginning) => path.startsWith(beginning));

/** Why `file` (under src/) may not import `specifier`, or undefined. */
function objection(file, specifier, typeOnly) {
  const room = rooms.find(({ path }) => file.startsWith(path));
  if (!room) return `${file} stands in no room: give it one in scripts/lint/rooms.mjs and ARCHITECTURE.md`;
  const bare = specifier.split("?")[0];
  if (!bare.startsWith(".")) return packageObjection(file, bare, typeOnly, specifier.endsWith("?url"));
  const target = posix.normalize(posix.join(posix.dirname(file), bare));
  if (target.startsWith("..")) return `src imports nothing from outside src: ${bare}`;
  if (siblings.get(room.path)?.has(target) && !file.endsWith("/registry.ts") && target !== file)
    return `${target} is a sibling: only the registry imports it`;
  if (target.startsWith(room.path) || within(target, room.may)) return undefined;
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
