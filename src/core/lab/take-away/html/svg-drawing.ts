/** Drawings of core/shapes in the report: each kind of mark by its class. */
import type { Drawing, Label, Listing, Mark, MarkKind } from "../../../shapes/drawing.ts";
import { html, Markup } from "./markup.ts";
import { px } from "./svg-range.ts";

const CLASSES: Readonly<Record<MarkKind, string>> = {
  "real-fill": "fr",
  "real-edge": "er",
  "real-line": "lr",
  "synthetic-casing": "eh",
  "synthetic-line": "es",
  "synthetic-edge": "ed",
  "synthetic-thin": "et",
  "synthetic-point": "cp",
  "synthetic-box": "cp",
  "synthetic-hatch": "ho",
  axis: "ax",
  grid: "gl",
  usual: "nd",
  hidden: "hd",
  share: "pos",
  less: "lss",
  more: "mre",
  frame: "fm",
  end: "en",
  "real-point": "rp",
  dotted: "dt",
  "ink-line": "il",
  "ink-point": "ip",
  "ink-fill": "sf",
  "ink-bar": "sb",
  "ink-dot": "sd",
  "ink-ring": "sg",
};

const TONES: Readonly<Record<NonNullable<Label["tone"]>, string>> = {
  real: "tr",
  synthetic: "ts",
  ink: "ti",
  strong: "tb",
  "on-strong": "tw",
};

/** One image; `label` is one sentence for who cannot see it. */
export function drawingSvg({ width, height, marks, labels }: Drawing, label: string): Markup {
  return html`<svg width="${px(width)}" height="${px(height)}" role="img" aria-label="${label}">
    ${new Markup(marks.map(markPath).join(""))}
    ${labels.map(
      ({ x, y, text, anchor, tone }) =>
        html`<text
          class="${tone === undefined ? "" : TONES[tone]}"
          x="${px(x)}"
          y="${px(y)}"
          text-anchor="${anchor}"
          >${text}</text
        >`,
    )}
  </svg>`;
}

/** Shares are a colour laid over that of zero, as thick as they are. */
function markPath({ kind, d, strength, dash }: Mark): string {
  if (d === "") return "";
  const name = CLASSES[kind];
  if (strength === undefined)
    return `<path class="${name}" d="${d}"${dash === undefined ? "" : ` stroke-dasharray="${dash}"`}/>`;
  return `<path class="z0" d="${d}"/><path class="${name}" fill-opacity="${strength}" d="${d}"/>`;
}

const SIDES = { real: "r", syn: "y" } as const;

/** What a picture shows, as a table. */
export const listingTable = ({ heads, rows }: Listing): Markup =>
  html`<table>
    <thead>
      <tr>
        ${heads.map((head) => html`<th scope="col">${head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ name, cells }) =>
          html`<tr>
            <th scope="row">${name}</th>
            ${cells.map(({ text, of }) => html`<td class="${of === undefined ? "" : SIDES[of]}">${text}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
