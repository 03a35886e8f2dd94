/** The licences of everything that the built page holds: a file of the build, read before the page is ready. */
let text: string | undefined;

/** Undefined on the development server, which bundles nothing. */
export const licences = (): string | undefined => text;

/** Reads them while the page may still fetch. Without them the page works all the same. */
export async function loadLicences(): Promise<void> {
  if (import.meta.env.DEV) return;
  const response = await fetch("licences.txt").catch(() => undefined);
  if (response?.ok === true) text = await response.text();
}
