import type { Event as LabEvent, Request } from "./protocol.ts";

const post = (event: LabEvent, transfer: Transferable[] = []): void => {
  self.postMessage(event, { transfer });
};

self.addEventListener("message", (message: MessageEvent<Request>) => {
  const request = message.data;
  if (request.type === "hello") post({ type: "ready", synthesizers: [], cohorts: [], devices: [] });
});
