import { request as requestHttp, type IncomingMessage, type RequestOptions } from "node:http";
import { request as requestHttps } from "node:https";
import type { Endpoint } from "./loopback.ts";
import { isLoopback } from "./loopback.ts";

/** How a reply is asked for. */
export interface ChatRequest {
  readonly endpoint: Endpoint;
  readonly model: string;
  readonly prompt: string;
  readonly temperature?: number;
  /** seconds without a sign of the server after which it is given up */
  readonly timeout: number;
  /** how often a request that failed is made again */
  readonly retries: number;
  /** the connection must end on this machine */
  readonly onlyHere: boolean;
  /** milliseconds before the first repetition; twice as long before each further one */
  readonly pause?: number;
}

export interface ChatReply {
  /** what came, perhaps not all of it */
  readonly text: string;
  /** why nothing came, or not all; a sentence without its stop */
  readonly failed?: string;
  /** requests made */
  readonly tries: number;
}

/** Characters of a reply beyond which it is ended. */
export const MOST_TEXT = 8_000_000;
/** Times the timeout that one reply may take in all. */
const WHOLE = 20;
const PAUSE = 500;

/** What one request came to. */
interface Tried {
  readonly text: string;
  readonly failed?: string;
  /** another try may help */
  readonly again: boolean;
}

/** One reply of a server that speaks as OpenAI's chat completions do. Never rejects: what went wrong is said. */
export async function chat(asked: ChatRequest): Promise<ChatReply> {
  let best: Tried = { text: "", failed: "no request was made", again: true };
  for (let tries = 1; ; tries++) {
    const tried = await tryOnce(asked);
    if (tried.failed === undefined) return { text: tried.text, tries };
    if (tried.text.length >= best.text.length) best = tried;
    if (!tried.again || tries > asked.retries) return { text: best.text, failed: tried.failed, tries };
    await new Promise((resolve) => setTimeout(resolve, (asked.pause ?? PAUSE) * 2 ** (tries - 1)));
  }
}

function tryOnce(asked: ChatRequest): Promise<Tried> {
  return new Promise((resolve) => {
    const { endpoint, model, prompt, temperature, timeout } = asked;
    const { url, address, family } = endpoint;
    const body = JSON.stringify({
      model,
      stream: true,
      ...(temperature !== undefined && { temperature }),
      messages: [{ role: "user", content: prompt }],
    });
    const options: RequestOptions = {
      host: address,
      family,
      port: url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port),
      path: `${url.pathname.replace(/\/+$/, "")}/chat/completions${url.search}`,
      method: "POST",
      agent: false,
      headers: {
        host: url.host,
        "content-type": "application/json",
        accept: "text/event-stream, application/json",
        "content-length": Buffer.byteLength(body),
      },
    };
    const collected = new ReplyText();
    let done = false;
    const end = (failed?: string, again = true): void => {
      if (done) return;
      done = true;
      clearTimeout(whole);
      request.destroy();
      const text = collected.text();
      resolve({ text, ...(failed !== undefined && { failed }), again });
    };
    const whole = setTimeout(() => end("the reply took too long", false), WHOLE * 1000 * timeout);
    const secure = url.protocol === "https:";
    const request = secure
      ? requestHttps({ ...options, servername: url.hostname.replace(/^\[|\]$/g, "") })
      : requestHttp(options);
    request.setTimeout(1000 * timeout, () => end(`nothing came for ${timeout} seconds`));
    request.on("error", (error) => end(`the server could not be reached (${codeOf(error)})`));
    request.on("socket", (socket) => {
      socket.once("connect", () => {
        if (asked.onlyHere && !isLoopback(socket.remoteAddress ?? ""))
          end("the connection left this machine and was closed", false);
      });
    });
    request.on("response", (response) => follow(response, collected, end));
    request.end(body);
  });
}

const codeOf = (error: Error): string => ("code" in error ? String(error.code) : error.message);

function follow(
  response: IncomingMessage,
  collected: ReplyText,
  end: (failed?: string, again?: boolean) => void,
): void {
  const status = response.statusCode ?? 0;
  if (status >= 300 && status < 400)
    return end("the server sends requests on to another address, which is refused", false);
  if (status !== 200)
    return end(`the server answered ${status}`, status >= 500 || status === 429 || status === 408);
  response.setEncoding("utf8");
  response.on("data", (piece: string) => {
    collected.add(piece);
    if (collected.size > MOST_TEXT) end("the reply is too long and was ended", false);
  });
  response.on("error", () => end("the connection broke within the reply"));
  response.on("aborted", () => end("the connection broke within the reply"));
  response.on("end", () => {
    const wrong = collected.close();
    end(wrong, wrong !== undefined);
  });
}

/** Text of an answer as it comes in: events of a stream, or one object of JSON. */
class ReplyText {
  size = 0;
  private parts: string[] = [];
  private rest = "";
  private stream: boolean | undefined;
  private finished = false;

  add(piece: string): void {
    this.size += piece.length;
    this.rest += piece;
    this.stream ??= this.rest.trim() === "" ? undefined : /^\s*(data:|event:|:|id:)/.test(this.rest);
    if (this.stream === true) this.takeEvents();
  }

  private takeEvents(): void {
    const lines = this.rest.split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines) this.event(line);
  }

  private event(line: string): void {
    if (!line.startsWith("data:")) return;
    const data = line.slice(5).trim();
    if (data === "[DONE]") this.finished = true;
    else this.parts.push(contentOf(data) ?? "");
  }

  /** At the end of the answer: what was wrong with it, if anything. */
  close(): string | undefined {
    if (this.stream === true) {
      this.event(this.rest);
      if (this.text() === "") return "the answer has no text";
      return this.finished || this.ended ? undefined : "the stream ended before its end was told";
    }
    const content = contentOf(this.rest);
    if (content === undefined) return "the answer is not what a chat server sends";
    this.parts = [content];
    return content.trim() === "" ? "the answer has no text" : undefined;
  }

  /** A server that tells no end: what came is taken for all where it ends in a line. */
  private get ended(): boolean {
    return /\n\s*$/.test(this.text());
  }

  text(): string {
    return this.parts.join("");
  }
}

/** The text in an answer or an event; undefined where there is no such thing in it. */
function contentOf(json: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  const choices = fieldOf(value, "choices");
  const first: unknown = Array.isArray(choices) ? choices[0] : undefined;
  const message = fieldOf(first, "message") ?? fieldOf(first, "delta");
  const content = fieldOf(message, "content") ?? fieldOf(first, "text");
  if (typeof content === "string") return content;
  return choices === undefined ? undefined : "";
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
