import { beforeEach, expect, test } from "vitest";
import { FaultError } from "../../../core/fault.ts";
import type { Event, Request } from "../../../worker/protocol.ts";
import { lab, tell } from "../lab.ts";
import { saveChunks, type FileSink } from "./save-chunks.ts";
import { attach } from "../worker-link.ts";

let sent: Request[] = [];
let answer: (event: Event) => void = () => {};

beforeEach(() => {
  sent = [];
  attach({
    send: (request) => sent.push(request),
    subscribe: (listener) => {
      answer = listener;
      return () => {};
    },
    nextJob: () => 1,
    terminate: () => {},
    restart: () => {},
  });
});

const chunk = (rows: number): Event => ({ type: "chunk", job: 7, bytes: new Uint8Array(10), rows });
const request = { type: "export-csv", job: 7, run: "a", rows: 40, seed: 1 } as const;
const soon = (): Promise<void> => new Promise((wake) => setTimeout(wake, 5));
const types = (): string[] => sent.map(({ type }) => type);

/** A disk that holds `room` chunks and writes each only when it is let. */
function disk(room: number) {
  const did: string[] = [];
  let free = room;
  let let1: () => void = () => {};
  const sink: FileSink = {
    write: async () => {
      await new Promise<void>((resolve) => (let1 = resolve));
      if (free-- <= 0) throw new DOMException("no room", "QuotaExceededError");
      did.push("write");
    },
    close: async () => void did.push("close"),
    abort: async () => void did.push("abort"),
  };
  return { did, sink, write: async () => (let1(), soon()) };
}

test("each chunk is answered when the disk has it, and the file is closed when all are", async () => {
  const { did, sink, write } = disk(9);
  const saved = saveChunks(request, "a.csv", sink);
  answer(chunk(10));
  answer(chunk(20));
  await soon();
  expect(types()).toEqual(["export-csv"]);
  await write();
  expect(types()).toEqual(["export-csv", "chunk-written"]);
  answer({ type: "done", job: 7 });
  await soon();
  expect(did).toEqual(["write"]);
  await write();
  expect(await saved).toBe(20);
  expect(did).toEqual(["write", "write", "close"]);
});

test("a disk that is full is told at once, stops the worker and leaves nothing", async () => {
  const { did, sink, write } = disk(1);
  tell({ type: "page-making", making: { job: 7, run: "a", kind: "csv", rows: 0, total: 40 } });
  const saved = saveChunks(request, "a.csv", sink).catch((error: unknown) => error);
  for (const rows of [10, 20, 30]) answer(chunk(rows));
  await soon();
  await write();
  await write();
  const error = await saved;
  expect(error instanceof FaultError && error.fault).toMatchObject({
    code: "file-unwritable",
    file: "a.csv",
    reason: expect.stringMatching(/^The disk is full\./),
  });
  expect(did).toEqual(["write", "abort"]);
  expect(types()).toEqual(["export-csv", "chunk-written", "cancel"]);
  expect(lab.getState().making).toEqual([]);
  answer(chunk(40));
  answer({ type: "fault", job: 7, fault: { code: "cancelled" } });
  await soon();
  expect(did).toEqual(["write", "abort"]);
});

test("a disk that is full when the file is closed is told as well", async () => {
  const { did, sink } = disk(0);
  const full = { ...sink, close: () => Promise.reject(new DOMException("no room", "QuotaExceededError")) };
  const saved = saveChunks(request, "a.csv", full).catch((error: unknown) => error);
  answer({ type: "done", job: 7 });
  expect(await saved).toBeInstanceOf(FaultError);
  expect(did).toEqual(["abort"]);
});

test("a file that is cancelled is let go of", async () => {
  const { did, sink } = disk(9);
  const saved = saveChunks(request, "a.csv", sink).catch((error: unknown) => error);
  answer(chunk(10));
  answer({ type: "fault", job: 7, fault: { code: "cancelled" } });
  expect(await saved).toMatchObject({ fault: { code: "cancelled" } });
  expect(did).toEqual(["abort"]);
});
