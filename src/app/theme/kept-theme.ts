/** Shows the theme that was chosen before, ahead of the first paint; app/state/theme.ts keeps it and goes on from here. */
try {
  const kept = localStorage.getItem("semblance.theme");
  if (kept === "light" || kept === "dark") document.documentElement.dataset["theme"] = kept;
} catch {
  // Storage is switched off: nothing was chosen.
}
