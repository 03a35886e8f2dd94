/**
 * The one place where the page's security policy is written. The built index.html carries the policy as a meta tag, the
 * server of `npm start` sends it with every file, and the service worker puts it on every file that it answers with.
 * `blob:` workers: the lab's worker starts from a blob, so that it inherits this policy on a host that sends no headers.
 */
const directives = {
  "default-src": "'none'",
  "script-src": "'self' 'wasm-unsafe-eval'",
  "style-src": "'self'",
  "img-src": "'self' data: blob:",
  "font-src": "'self'",
  "connect-src": "'self'",
  "manifest-src": "'self'",
  "worker-src": "'self' blob:",
  "frame-src": "'none'",
  "object-src": "'none'",
  "base-uri": "'none'",
  "form-action": "'none'",
  "require-trusted-types-for": "'script'",
  "trusted-types": "default",
} as const;

const policy = (entries: Readonly<Record<string, string>>): string =>
  Object.entries(entries)
    .map(([name, sources]) => `${name} ${sources}`)
    .join("; ");

/** For a meta tag: without `frame-ancestors`, which browsers take from a header only. */
export const metaPolicy: string = policy(directives);

/** Every header that `npm start` sends; a host that can set headers should send the same. */
export const securityHeaders: Readonly<Record<string, string>> = {
  "Content-Security-Policy": policy({ ...directives, "frame-ancestors": "'none'" }),
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-DNS-Prefetch-Control": "off",
  "Permissions-Policy":
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), display-capture=(), clipboard-write=(self)",
};
