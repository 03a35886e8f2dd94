import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Plugin, Rolldown } from "vite";

const LIST = "licences.txt";
const LINE = "-".repeat(78);
/** Characters from which on a text is not written twice. */
const LONG = 2000;

/** What is written of one package. */
interface Part {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly folder: string;
}

/** Machine code in our own files that a compiler put its runtime into, and that compiler. */
const compiled: readonly { readonly file: RegExp; readonly compiler: string }[] = [
  { file: /\/kernel-bytes\.ts$/, compiler: "assemblyscript" },
];

/** Code that the bundler itself adds has no file: whose it is. */
const added: readonly { readonly id: RegExp; readonly bundler: string }[] = [
  { id: /^\0?rolldown[/:]|^\0rolldown/, bundler: "rolldown" },
  { id: /^\0?vite\//, bundler: "vite" },
];

/**
 * Writes the licence of everything that the built files hold, the page's and the worker's, as one file of the build. It
 * walks the modules that were really bundled, so that nobody has to keep a list. `inWorker` belongs into the worker's
 * own plugins: what it sees, the page's build does not. A package without a licence stops the build.
 */
export function licences(): { inPage: Plugin; inWorker: () => Plugin[] } {
  const bundled = new Set<string>();
  let root = "";
  const collect = (bundle: Rolldown.OutputBundle): void => {
    for (const output of Object.values(bundle)) {
      const ids = output.type === "chunk" ? output.moduleIds : output.originalFileNames;
      for (const id of ids) bundled.add(id.split("?")[0] ?? id);
    }
  };
  return {
    inWorker: () => [
      {
        name: "licences-of-the-worker",
        apply: "build",
        generateBundle: (_options, bundle) => collect(bundle),
      },
    ],
    inPage: {
      name: "licences",
      apply: "build",
      configResolved: (config) => {
        ({ root } = config);
      },
      generateBundle(_options, bundle) {
        collect(bundle);
        this.emitFile({
          type: "asset",
          fileName: LIST,
          source: written(root, partsOf(root, bundled)),
        });
      },
    },
  };
}

/** The packages of the modules, by name. */
export function partsOf(root: string, modules: Iterable<string>): Part[] {
  const folders = new Set<string>();
  for (const id of modules) {
    const folder = folderOf(id);
    if (folder !== undefined) folders.add(resolve(root, folder));
    for (const { file, compiler } of compiled)
      if (file.test(id)) folders.add(join(root, "node_modules", compiler));
    for (const { id: pattern, bundler } of added)
      if (pattern.test(id)) folders.add(join(root, "node_modules", bundler));
  }
  return [...folders].map(partAt).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Of the package that a file belongs to; undefined for our own. */
function folderOf(id: string): string | undefined {
  return /^(?:\0)?(.*\bnode_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id.replaceAll("\\", "/"))?.[1];
}

function partAt(folder: string): Part {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    name: string;
    version: string;
    license?: string;
  };
  if (license === undefined) throw new Error(`${name} is bundled and says nothing of its licence.`);
  return { name, version, licence: license, folder };
}

const filesAt = (folder: string, pattern: RegExp): string[] =>
  readdirSync(folder)
    .filter((file) => pattern.test(file))
    .map((file) => readFileSync(join(folder, file), "utf8").trim());

/** Its licence and notice as they come with it; a bundler's own part only, without what it is built of itself. */
function textsOf(folder: string): string[] {
  return [...filesAt(folder, /^licen[cs]e/i), ...filesAt(folder, /^notice/i)].map(
    (text) => text.split(/^#+ licenses of bundled dependencies/im)[0]?.trim() ?? text,
  );
}

/** Of a package that comes without the text: who holds the rights, as its own files say, and the licence from another. */
function textsByKind(root: string, { name, licence, folder }: Part): string[] {
  const { devDependencies = {} } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    devDependencies?: Record<string, string>;
  };
  const same = Object.keys(devDependencies)
    .map((other) => join(root, "node_modules", other))
    .filter((other) => existsSync(join(other, "package.json")) && partAt(other).licence === licence)
    .flatMap((other) => filesAt(other, /^licen[cs]e/i))
    .find((text) => text.length > 0);
  if (same === undefined) throw new Error(`${name} is bundled and has no text of its licence, ${licence}.`);
  return [...rightsIn(folder), same];
}

function rightsIn(folder: string): string[] {
  const { main = "index.js" } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    main?: string;
  };
  const entry = join(folder, main);
  if (!existsSync(entry)) return [];
  const line = /copyright[^\n]*/i.exec(readFileSync(entry, "utf8"))?.[0].replace(/[\s*/]+$/u, "");
  return line === undefined ? [] : [line];
}

export function written(root: string, parts: readonly Part[]): string {
  const own = readFileSync(join(root, "LICENSE"), "utf8").trim();
  const first = new Map<string, string>();
  const sections = parts.map((part) => {
    const own = textsOf(part.folder);
    const texts = (own.length > 0 ? own : textsByKind(root, part)).map((text) => {
      const before = first.get(text);
      if (before === undefined) first.set(text, part.name);
      return before === undefined || text.length < LONG ? text : `The text is the one under ${before}.`;
    });
    return [`${part.name} ${part.version} (${part.licence})`, ...texts].join("\n\n");
  });
  const head = `Semblance\n\n${own}`;
  const rest = `Semblance holds code of ${parts.length} packages. Their licences follow.`;
  return `${[head, rest, ...sections].join(`\n\n${LINE}\n\n`)}\n`;
}
