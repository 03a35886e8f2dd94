import simd from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import plain from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import { closeNetwork } from "./close-network.ts";
import { openKeep } from "./keep/keep.ts";
import type { Event as LabEvent, Request } from "./protocol.ts";
import { reportRequests } from "./requests-seen.ts";
import { Session } from "./session.ts";

const post = (event: LabEvent, transfer: ArrayBuffer[] = []): void => self.postMessage(event, { transfer });

const session = new Session({
  post,
  keep: openKeep(),
  wasmPaths: {
    "tfjs-backend-wasm.wasm": plain,
    "tfjs-backend-wasm-simd.wasm": simd,
    // Asked for by name although nn never starts threads.
    "tfjs-backend-wasm-threaded-simd.wasm": simd,
  },
  onReady: () => {
    closeNetwork();
    reportRequests(post);
  },
});

// The page waits for this lock: the browser gives it away only when this worker is no more.
if ("locks" in navigator)
  void navigator.locks.request(self.name, () => {
    post({ type: "alive" });
    return new Promise(() => {});
  });

self.addEventListener("message", (message: MessageEvent<Request>) => void session.handle(message.data));
