/**
 * Keeps a copy of every file that the page is made of, and answers all of the page's and the worker's requests from it,
 * with the security policy on each answer. Once it is in charge nothing else is fetched: a request to another origin, or
 * for anything that is not one of those files, is refused here, whatever the host's own headers say.
 */
export {};

declare const self: ServiceWorkerGlobalScope;

const files = "__FILES__" as unknown;
const headers = "__HEADERS__" as unknown;
const scope = new URL(self.registration.scope);
const family = `semblance ${scope.pathname} `;
const copy = `${family}__VERSION__`;

const ours = (name: string): string => new URL(name, scope).href;
const kept = new Set((files as readonly string[]).map(ours));

async function keep(): Promise<void> {
  const cache = await caches.open(copy);
  await Promise.all(
    [...kept].map(async (url) => {
      const response = await fetch(
        new Request(url, { cache: url.includes("/assets/") ? "default" : "no-cache" }),
      );
      if (!response.ok) throw new Error(`${url}: ${response.status}`);
      await cache.put(url, await guarded(response));
    }),
  );
}

/** The same body under our headers: what the host sent stays, the policy is set over it. */
async function guarded(response: Response): Promise<Response> {
  const all = new Headers(response.headers);
  all.delete("content-encoding");
  all.delete("content-length");
  for (const [name, value] of Object.entries(headers as Record<string, string>)) all.set(name, value);
  return new Response(await response.arrayBuffer(), { status: 200, headers: all });
}

async function answer(request: Request): Promise<Response> {
  const url = new URL(request.url);
  const asked = url.origin + url.pathname;
  const name = request.mode === "navigate" && !kept.has(asked) ? ours("index.html") : asked;
  if (request.method !== "GET" || !kept.has(name)) return Response.error();
  const cache = await caches.open(copy);
  return (await cache.match(name)) ?? fetch(name);
}

async function forgetOlderCopies(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(family) && name !== copy).map((name) => caches.delete(name)),
  );
  await self.clients.claim();
}

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOlderCopies()));
self.addEventListener("fetch", (event) => event.respondWith(answer(event.request)));
