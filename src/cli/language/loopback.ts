import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { badUse } from "../options.ts";

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
LOOPBACK.addAddress("::1", "ipv6");

/** Whether an address is this machine's own: 127.0.0.0/8, ::1, and the first written as IPv6. */
export function isLoopback(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  return LOOPBACK.check(address, family === 6 ? "ipv6" : "ipv4");
}

/** The switch that lets summaries leave this machine. */
export const ELSEWHERE = "send-summaries-to-another-machine";

/** Where requests go: an address, so that a name cannot come to mean another one between two of them. */
export interface Endpoint {
  readonly url: URL;
  /** what is connected to */
  readonly address: string;
  readonly family: 4 | 6;
}

/**
 * The endpoint that `text` names. Unless `anywhere`, it must be this machine: an address of the loopback, or "localhost" where
 * that means nothing else. Rejects with FaultError `bad-use`.
 */
export async function endpointOf(text: string, anywhere: boolean): Promise<Endpoint> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== "http:" && url.protocol !== "https:"))
    throw badUse(`--endpoint must be an address such as http://127.0.0.1:11434/v1, not “${text}”.`);
  if (url.username !== "" || url.password !== "")
    throw badUse("--endpoint must not have a name or password in it.");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (!anywhere && isIP(host) === 0 && host !== "localhost") throw elsewhere(host);
  const found =
    isIP(host) === 0
      ? await lookup(host, { all: true }).catch(() => [])
      : [{ address: host, family: isIP(host) }];
  const [first] = found;
  if (first === undefined) throw badUse(`“${host}” is no machine that can be found.`);
  if (!anywhere && !found.every(({ address }) => isLoopback(address))) throw elsewhere(host);
  return { url, address: first.address, family: first.family === 6 ? 6 : 4 };
}

const elsewhere = (host: string): Error =>
  badUse(
    `“${host}” is not this machine. Prompts hold summaries of the table; they go to another machine only with --${ELSEWHERE}.`,
  );
