import { createSocket } from "node:dgram";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Listeners on this machine that hear whatever leaves a page, and know by which attack. */
export interface Trap {
  /** An address whose host name is the attack's own: requests and name look-ups can be told apart by it. */
  http(attack: string): string;
  /** A UDP port of its own. */
  udp(attack: string): Promise<number>;
  /** What was heard, by attack: "HTTP", "UDP". */
  readonly heard: ReadonlyMap<string, ReadonlySet<string>>;
  close(): Promise<void>;
}

/** "a1-b2" of `http://a1-b2.localhost:1/`. */
export const attackOf = (host: string): string => host.replace(/\.localhost(:\d+)?$/, "");

export async function setTrap(): Promise<Trap> {
  const heard = new Map<string, Set<string>>();
  const hear = (attack: string, how: string): void => {
    const ways = heard.get(attack) ?? new Set();
    heard.set(attack, ways.add(how));
  };
  const server = createServer((request, response) => {
    hear(attackOf(request.headers.host ?? ""), "HTTP");
    response.writeHead(200, {
      "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin",
    });
    response.end("welcome");
  });
  server.on("upgrade", (request, socket) => {
    hear(attackOf(request.headers.host ?? ""), "HTTP");
    socket.destroy();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "localhost", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const sockets: ReturnType<typeof createSocket>[] = [];
  return {
    heard,
    http: (attack) => `http://${attack}.localhost:${port}/`,
    udp: async (attack) => {
      const socket = createSocket("udp4", () => hear(attack, "UDP"));
      sockets.push(socket);
      await new Promise<void>((resolve) => {
        socket.bind(0, "127.0.0.1", resolve);
      });
      return socket.address().port;
    },
    close: async () => {
      for (const socket of sockets) socket.close();
      await new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      });
    },
  };
}
