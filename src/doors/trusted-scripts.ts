/** Names the only scripts that may be started by address: a worker that inherits this page's policy, the offline copy. */

interface ScriptPolicies {
  createPolicy(name: string, rules: { createScriptURL: (address: string) => string | null }): object;
}

const { apply } = Reflect;
const startsWith = String.prototype.startsWith;

/**
 * The policy of this page asks for trusted types, so that no text becomes markup or a script. The default policy, the only
 * one allowed, knows no markup.
 */
export function nameTrustedScripts(): void {
  const policies = (globalThis as { trustedTypes?: ScriptPolicies }).trustedTypes;
  if (policies === undefined) return;
  const offline = new URL("service-worker.js", document.baseURI).href;
  const blob = `blob:${location.origin}/`;
  policies.createPolicy("default", {
    createScriptURL: (address) =>
      address === offline || (apply(startsWith, address, [blob]) as boolean) ? address : null,
  });
}
