import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

/** The built page. */
export const dist = fileURLToPath(new URL("../../dist/", import.meta.url));
const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
  ".json": "application/json",
  ".png": "image/png",
};

/** A server that counts what reaches it. */
export interface Host {
  readonly address: string;
  /** Paths asked for, in order. */
  readonly asked: string[];
  close(): Promise<void>;
}

function listen(server: Server, asked: string[], path: string): Promise<Host> {
  return new Promise((resolve) => {
    server.listen(0, "localhost", () => {
      const { port } = server.address() as AddressInfo;
      const close = (): Promise<void> =>
        new Promise((closed) => {
          server.close(() => closed());
          server.closeAllConnections();
        });
      resolve({ address: `http://localhost:${port}${path}`, asked, close });
    });
  });
}

/** A folder's files on a host that sets no header at all. */
export function folderHost(folder: string, path: string): Promise<Host> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? "/", "http://host").pathname;
    asked.push(name);
    const file = name === path ? "index.html" : normalize(name.slice(path.length));
    if (!name.startsWith(path) || file.startsWith("..")) {
      response.writeHead(404).end();
      return;
    }
    readFile(join(folder, file)).then(
      (bytes) => response.writeHead(200, { "content-type": types[extname(file)] ?? "" }).end(bytes),
      () =>
        response.writeHead(404, { "content-type": "text/html" }).end("<!doctype html><title>Nothing</title>"),
    );
  });
  return listen(server, asked, path);
}

/** The built page under a sub path, as plain file hosting serves it. */
export const plainHost = (path: string): Promise<Host> => folderHost(dist, path);
