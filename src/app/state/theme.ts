/**
 * The page's theme. Until one is chosen the sheet follows the system (app/theme/tokens.css); a choice stands as an attribute
 * at the page's root and is kept as a setting.
 */
import { create } from "zustand";
import { keepTheme, keptTheme, type Theme } from "./settings.ts";

const useChoice = create<{ chosen?: Theme }>(() => ({}));

/** The theme that was chosen; undefined while the system decides. */
export const useChosenTheme = (): Theme | undefined => useChoice(({ chosen }) => chosen);

function show(theme: Theme | undefined): void {
  const { dataset } = document.documentElement;
  if (theme === undefined) delete dataset["theme"];
  else dataset["theme"] = theme;
  useChoice.setState(theme === undefined ? {} : { chosen: theme }, true);
}

export function chooseTheme(theme: Theme): void {
  keepTheme(theme);
  show(theme);
}

/** Shows the theme as it is kept, where it was chosen or forgotten a moment ago too. */
export const showKeptTheme = (): void => show(keptTheme());

/** As `showKeptTheme`, and from now on what is chosen or forgotten in another tab. */
export function followTheme(): void {
  showKeptTheme();
  addEventListener("storage", showKeptTheme);
}
