import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRng } from "../../core/math/rng.ts";
import { run } from "../run.ts";
import { chat } from "./chat.ts";
import { endpointOf, isLoopback } from "./loopback.ts";

let folder = "";
const at = (name: string): string => join(folder, name);

async function semblance(...args: string[]) {
  let [out, error] = ["", ""];
  const stdout = { write: (text: string) => (out += text) };
  const stderr = { write: (text: string) => (error += text) };
  return { status: await run(args, { stdout, stderr }), out, error };
}

const HEAD = "age,sex,pulse,died";
function rowsOf(seed: number, count: number): string {
  const rng = createRng(seed);
  return Array.from(
    { length: count },
    () => `${18 + rng.integer(70)},${"FM"[rng.integer(2)]},${50 + rng.integer(80)},${rng.integer(2)}`,
  ).join("\n");
}

/** What the fake server does with each request, in turn; the last one goes on. */
type Answer = (response: ServerResponse, request: IncomingMessage, body: string) => void;
let answers: Answer[] = [];
let seen: string[] = [];
let server: Server;
let port = 0;

const json =
  (text: string): Answer =>
  (response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ choices: [{ message: { role: "assistant", content: text } }] }));
  };
const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(code, headers).end("<html>no</html>");
  };
const event = (text: string): string =>
  `data: ${JSON.stringify({ choices: [{ delta: { content: text } }] })}\n\n`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "semblance-"));
  await writeFile(at("real.csv"), `${HEAD}\n${rowsOf(1, 200)}\n`);
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (piece: Buffer) => (body += piece.toString()));
    request.on("end", () => {
      seen.push(body);
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      answer?.(response, request, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

test("prompts go into a folder, one file a strategy, and say what stays out", async () => {
  const { status: code, out } = await semblance(
    "prompts",
    at("real.csv"),
    "--out",
    at("prompts"),
    "--target",
    "died",
    "--cut",
    "column:pulse",
  );
  expect(code).toBe(0);
  expect((await readdir(at("prompts"))).toSorted()).toEqual([
    "prompts-by-group.md",
    "prompts-conditional.md",
    "prompts-plain.md",
    "prompts-schema.md",
  ]);
  const text = await readFile(at("prompts/prompts-schema.md"), "utf8");
  expect(text).toContain("age,sex,died");
  expect(text).not.toContain("pulse");
  expect(out).toContain("prompts-conditional.md: 2 prompts");
});

test("a part that is none and a strategy that is none are bad use", async () => {
  const part = await semblance("prompts", at("real.csv"), "--out", at("x"), "--cut", "column:weight");
  expect(part).toMatchObject({ status: 2 });
  expect(part.error).toContain("--cut column:weight is no part");
  const strategy = await semblance("prompts", at("real.csv"), "--out", at("x"), "--strategy", "clever");
  expect(strategy).toMatchObject({ status: 2 });
});

test("replies are read from files, reported, and their rows kept as CSV", async () => {
  await writeFile(at("reply-schema-1.txt"), `Sure:\n\`\`\`csv\n${HEAD}\n${rowsOf(2, 20)}\n\`\`\``);
  await writeFile(at("other.txt"), "I cannot do that.");
  const { status: code, out } = await semblance(
    "replies",
    at("real.csv"),
    at("reply-schema-1.txt"),
    at("other.txt"),
    "--asked",
    "20",
    "--out",
    at("kept"),
  );
  expect(code).toBe(0);
  expect(out).toContain("reply-schema-1.txt (schema): 20 asked, 20 came");
  expect(out).toContain(
    "other.txt (plain): 20 asked, 0 came, 0 kept; no table in the reply: “I cannot do that.”",
  );
  const kept = (await readFile(at("kept/schema-prompt.csv"), "utf8")).trim().split("\n");
  expect(kept[0]).toBe(HEAD);
  expect(kept.length).toBeGreaterThan(15);
});

describe("asking a server on this machine", () => {
  const ask = (...more: string[]) =>
    semblance(
      "ask",
      at("real.csv"),
      "--endpoint",
      `http://127.0.0.1:${port}/v1`,
      "--model",
      "m",
      "--out",
      at("asked"),
      "--replies",
      "1",
      "--rows",
      "10",
      ...more,
    );

  test("sends the prompt, keeps the reply and its rows", async () => {
    [answers, seen] = [[json(`${HEAD}\n${rowsOf(3, 10)}`)], []];
    const { status: code, out } = await ask();
    expect(code).toBe(0);
    expect(seen).toHaveLength(1);
    expect(JSON.parse(seen[0] ?? "")).toMatchObject({ model: "m", messages: [{ role: "user" }] });
    expect(out).toContain("10 asked, 10 came");
    expect(await readFile(at("asked/reply-schema-1.txt"), "utf8")).toContain(HEAD);
  });

  test("a server that always fails is said, and the missing rows are counted", async () => {
    [answers, seen] = [[status(400)], []];
    const { status: code, out, error } = await ask();
    expect(code).toBe(0);
    expect(error).toContain("the server answered 400, after 1 try");
    expect(out).toContain("10 asked, 0 came, 0 kept; the reply is empty");
    expect(out).toContain("1 of them failed");
  });

  test.each([
    "http://192.0.2.7/v1",
    "http://example.org/v1",
    "http://0.0.0.0:80/v1",
    "http://127.0.0.1.example.org/v1",
    "http://[2001:db8::1]/v1",
    "ftp://127.0.0.1/",
    "http://me:word@127.0.0.1/v1",
  ])("%s is refused before anything is read", async (endpoint) => {
    const { status: code, error } = await semblance(
      "ask",
      at("absent.csv"),
      "--endpoint",
      endpoint,
      "--model",
      "m",
      "--out",
      at("no"),
    );
    expect(code).toBe(2);
    expect(error).toContain("bad-use");
  });
});

describe("a server that misbehaves", () => {
  const asked = async (more: object = {}) =>
    chat({
      endpoint: await endpointOf(`http://localhost:${port}/v1`, false),
      model: "m",
      prompt: "p",
      timeout: 0.3,
      retries: 2,
      pause: 1,
      onlyHere: true,
      ...more,
    });

  test("500 twice, then an answer", async () => {
    answers = [status(500), status(503), json("a,b")];
    expect(await asked()).toEqual({ text: "a,b", tries: 3 });
  });

  test("500 for good", async () => {
    answers = [status(500)];
    expect(await asked()).toEqual({ text: "", failed: "the server answered 500", tries: 3 });
  });

  test("a redirect is not followed", async () => {
    answers = [status(307, { location: "http://192.0.2.7/v1/chat/completions" })];
    expect(await asked()).toMatchObject({ tries: 1, failed: expect.stringContaining("refused") });
  });

  test("no JSON, other JSON, and an answer without text", async () => {
    answers = [(response) => response.end("hello")];
    expect(await asked({ retries: 0 })).toMatchObject({
      text: "",
      failed: "the answer is not what a chat server sends",
    });
    answers = [(response) => response.end('{"error":"model not found"}')];
    expect((await asked({ retries: 0 })).failed).toContain("not what a chat server sends");
    answers = [json("")];
    expect((await asked({ retries: 0 })).failed).toContain("no text");
  });

  test("a stream in pieces, cut within an event", async () => {
    const whole = `: hello\n\n${event("age,sex\n")}${event("1,F\n")}data: [DONE]\n\n`;
    answers = [
      (response) => {
        response.setHeader("content-type", "text/event-stream");
        for (let i = 0; i < whole.length; i += 3) response.write(whole.slice(i, i + 3));
        response.end();
      },
    ];
    expect(await asked()).toEqual({ text: "age,sex\n1,F\n", tries: 1 });
  });

  test("a stream that stops: what came is kept", async () => {
    answers = [(response) => void response.write(event("age,sex\n1,F\n2"))];
    expect(await asked({ retries: 0 })).toEqual({
      text: "age,sex\n1,F\n2",
      failed: "nothing came for 0.3 seconds",
      tries: 1,
    });
  });

  test("a connection that breaks: what came is kept", async () => {
    answers = [
      (response) => {
        response.write(event("age,sex\n1,F\n2"), () => setTimeout(() => response.destroy(), 20));
      },
    ];
    expect(await asked({ retries: 0 })).toMatchObject({
      text: "age,sex\n1,F\n2",
      failed: expect.stringContaining("broke"),
    });
  });

  test("a server that never answers", async () => {
    answers = [() => undefined];
    expect(await asked({ retries: 0 })).toMatchObject({ text: "", failed: "nothing came for 0.3 seconds" });
  });

  test("a reply without an end is ended", async () => {
    answers = [
      (response) => {
        const more = event("1,F\n".repeat(50_000));
        const write = (): void => {
          while (!response.destroyed && response.write(more)) continue;
          if (!response.destroyed) response.once("drain", write);
        };
        write();
      },
    ];
    const reply = await asked({ timeout: 5 });
    expect(reply.failed).toContain("too long");
    expect(reply.text.length).toBeLessThan(10_000_000);
  });

  test("nobody is there", async () => {
    const reply = await chat({
      model: "m",
      prompt: "p",
      timeout: 1,
      retries: 0,
      onlyHere: true,
      endpoint: await endpointOf("http://127.0.0.1:9/v1", false),
    });
    expect(reply.failed).toContain("could not be reached");
  });
});

test("which addresses are this machine", () => {
  expect(["127.0.0.1", "127.9.9.9", "::1"].every(isLoopback)).toBe(true);
  expect(["10.0.0.1", "0.0.0.0", "::", "fe80::1", "128.0.0.1", "localhost", ""].some(isLoopback)).toBe(false);
});

test("numbers that mean this machine do, and another machine needs the switch", async () => {
  expect((await endpointOf("http://2130706433:80/v1", false)).address).toBe("127.0.0.1");
  await expect(endpointOf("http://192.0.2.7/v1", false)).rejects.toThrow();
  expect((await endpointOf("http://192.0.2.7/v1", true)).address).toBe("192.0.2.7");
});
