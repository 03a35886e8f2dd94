/**
 * 128 random bits as text. Unlike `crypto.randomUUID`, this works on a page that came over plain http from another machine
 * too.
 */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
