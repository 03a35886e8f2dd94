import type { KeyboardEvent } from "react";

/** Flush with a side of the button, below it, or above it where there is more room; never beyond the window. */
export function placeMenu(
  menu: HTMLElement | null,
  button: HTMLElement,
  along: "left" | "right" = "right",
): void {
  if (menu === null) return;
  const { left, right, top, bottom } = button.getBoundingClientRect();
  const below = window.innerHeight - bottom > 320 || bottom < window.innerHeight / 2;
  if (along === "left") menu.style.left = `${Math.max(8, left)}px`;
  else menu.style.right = `${Math.max(8, document.documentElement.clientWidth - right)}px`;
  menu.style.top = below ? `${bottom + 4}px` : "auto";
  menu.style.bottom = below ? "auto" : `${window.innerHeight - top + 4}px`;
}

/** The arrows, Home and End move among the buttons of a menu. */
export function moveByArrows(event: KeyboardEvent<HTMLButtonElement>): void {
  const items = [...(event.currentTarget.parentElement?.querySelectorAll<HTMLElement>("button") ?? [])];
  const at = items.indexOf(event.currentTarget);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  items.at(next % items.length)?.focus();
}
