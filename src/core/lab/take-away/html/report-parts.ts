/** Small pieces that several sections of the HTML report share. */
import type { Verdict } from "../../../metrics/metric.ts";
import { noiseWords, verdictWords } from "../../../words/verdict.ts";
import { html, Markup } from "./markup.ts";

const SHAPES: Readonly<Record<Verdict, string>> = {
  good: '<path d="M1 7a6 6 0 1012 0A6 6 0 001 7z" fill="currentColor"/><path class="cut" d="M4.2 7.2l2 2 3.6-4.2"/>',
  worse: '<path d="M7 .8L13.6 12.6H.4z" fill="currentColor"/><path class="cut" d="M7 5v3.4M7 10v1"/>',
  "much-worse":
    '<path d="M4.2 .8h5.6L13.2 4.2v5.6L9.8 13.2H4.2L.8 9.8V4.2z" fill="currentColor"/><path class="cut" d="M7 3.6v4.4M7 9.8v1.1"/>',
  "cannot-tell":
    '<circle cx="7" cy="7" r="6" fill="none" stroke="currentColor" stroke-width="1.3" stroke-dasharray="2.5 1.6"/><path d="M5.5 5.7a1.55 1.55 0 112.7 1.05c-.6.55-1.2.75-1.2 1.5m0 1.5v.3" fill="none" stroke="currentColor" stroke-width="1.3" stroke-linecap="round"/>',
};

/** What marks and bars of the whole file refer to. */
export const DEFINITIONS = new Markup(
  '<svg class="vh" width="0" height="0" aria-hidden="true"><defs>' +
    '<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
    '<rect width="5" height="5" fill="var(--surface)"/><path d="M0 0V5" stroke="var(--syn)" stroke-width="1.4"/></pattern>' +
    "</defs></svg>",
);

/** Circle with check, triangle, octagon, dashed circle with a question mark; with the word beside it unless `word` is false. */
export const verdictMark = (verdict: Verdict, word = true, words = verdictWords): Markup =>
  mark(verdict, words[verdict], word);

/** Of a column, a rule or a row of evidence: measured in sampling noise. */
export const noiseMark = (verdict: Verdict, word = true): Markup => mark(verdict, noiseWords[verdict], word);

function mark(verdict: Verdict, name: string, word: boolean): Markup {
  const shape = new Markup(SHAPES[verdict]);
  return word
    ? html`<span class="v ${verdict}"
        ><svg viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">${shape}</svg>${name}</span
      >`
    : html`<span class="v ${verdict}"
        ><svg viewBox="0 0 14 14" width="14" height="14" role="img" aria-label="${name}">${shape}</svg></span
      >`;
}

/** A table that scrolls inside its card where it is too wide, by keyboard too. */
export const scrolling = (label: string, table: Markup): Markup =>
  html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">${table}</div>`;

const keyMark = (drawing: string): Markup =>
  new Markup(`<svg width="18" height="12" aria-hidden="true">${drawing}</svg>`);

export const realKey = html`<span
  >${keyMark('<path class="fr" d="M0 1h18v11H0z"/><path class="er" d="M0 1.5h18"/>')}Real</span
>`;
export const syntheticKey = html`<span
  >${keyMark('<path class="ho" d="M1 12V1.500h16V12"/>')}Synthetic</span
>`;

/** Band and tick, circle and whisker; `chance`: dots too. */
export const rangeKeys = (chance: boolean): Markup =>
  html`<p class="key">
    <span
      >${keyMark('<path class="fr" d="M0 1h18v10H0z"/><path class="tk" d="M9 1v10"/>')}Real, with its
      interval</span
    >
    <span
      >${keyMark('<path class="es" d="M0 2v8m0-4H18m0-4v8"/><circle class="cs" cx="9" cy="6" r="4"/>')}Synthetic,
      95% interval</span
    >
    ${chance && html`<span>${keyMark('<path class="ck" d="M9 0v12"/>')}Chance, or no effect</span>`}
  </p>`;

/** An id for an anchor inside the file. */
export const anchor = (id: string): string => id.toLowerCase().replace(/[^a-z0-9]+/g, "-");
