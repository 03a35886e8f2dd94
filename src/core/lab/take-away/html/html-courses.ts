/** Patients over time in the HTML report: real ones as bands and shares, synthetic ones also one by one. */
import type {
  ColumnComparison,
  CoursesComparison,
  NumberCourse,
  Report,
  StepMatrix,
  SyntheticTimeline,
} from "../../../report/report.ts";
import { bandDrawing, bandListing, tracksDrawing } from "../../../shapes/band-shape.ts";
import type { Drawing, Listing } from "../../../shapes/drawing.ts";
import { rasterDrawing, rasterListing } from "../../../shapes/raster-shape.ts";
import { survivalDrawing, survivalListing } from "../../../shapes/survival-shape.ts";
import { timelineDrawing, timelineListing } from "../../../shapes/timeline-shape.ts";
import { stepsDrawing, stepsListing, stepsTold, type StepView } from "../../../shapes/transition-shape.ts";
import {
  bandSentence,
  bandsFoot,
  behindWords,
  courseCounts,
  offWords,
  STEPS_FOOT,
  stepsSentence,
  survivalSentence,
  visitingSentence,
  withinWords,
} from "../../../words/courses.ts";
import { count, plural, sentence } from "../../../words/numbers.ts";
import { columnFigure } from "./html-columns.ts";
import { measureTable } from "./html-verdict.ts";
import { html, shortened, type Markup } from "./markup.ts";
import { noiseMark, realKey, scrolling, syntheticKey } from "./report-parts.ts";
import { columnChart } from "./svg-column.ts";
import { drawingSvg, listingTable } from "./svg-drawing.ts";
import { labelWidth } from "./svg-range.ts";

const WIDTH = 324;
const WIDE = 680;
const HEIGHT = 216;
const FIRST_NUMBERS = 8;
const FIRST_MATRICES = 3;
const FIRST_COLUMNS = 24;

export function coursesSection(report: Report, given: CoursesComparison): Markup {
  const courses = withShortNames(given);
  const about = new Set(courses.measures);
  const own = report.metrics.filter(({ info }) => about.has(info.id));
  return html`<section class="card" id="courses" aria-labelledby="courses-title">
    <header>
      <h2 id="courses-title">Patients over time</h2>
      <p><b>${sentence(courses.sentence)}</b></p>
      <p class="s13 q">${courseCounts(courses)}.</p>
    </header>
    ${own.length > 0 && measureTable(own, "Measures about courses, a line each")}
    <p class="key">${realKey}${syntheticKey}<span>dashed: synthetic 10 to 90%, or 95% interval</span></p>
    ${bands(courses)} ${courses.steps.length > 0 && steps(courses.steps)} ${survival(courses)}
    ${visiting(courses)} ${patients(courses, report.run.synthesizer)} ${firstVisit(report, courses)}
  </section>`;
}

/** Names and levels of the table may be as long as a page. */
const withShortNames = (courses: CoursesComparison): CoursesComparison => ({
  ...courses,
  numbers: courses.numbers.map((course) => ({ ...course, name: shortened(course.name, 40) })),
  steps: courses.steps.map((matrix) => ({
    ...matrix,
    name: shortened(matrix.name, 40),
    levels: matrix.levels.map((level) => shortened(level, 30)),
  })),
  timelines: courses.timelines.map((timeline) => ({ ...timeline, story: shortened(timeline.story, 1200) })),
});

interface FigureFacts {
  readonly title: string;
  readonly note?: string;
  readonly mark?: Markup;
  readonly label: string;
  readonly drawing: Drawing;
  readonly listing: Listing;
  readonly remark?: string;
}

function figure({ title, note, mark, label, drawing, listing, remark }: FigureFacts): Markup {
  const picture = drawingSvg(drawing, label);
  return html`<figure>
    <figcaption><h4>${title} ${mark}</h4></figcaption>
    ${note !== undefined && html`<p class="s q">${note}</p>`}
    ${drawing.width > WIDTH ? scrolling(title, picture) : picture}
    ${remark !== undefined && remark !== "" && html`<p class="remark">${remark}</p>`}
    <details>
      <summary>As a table</summary>
      ${scrolling(`${title} as a table`, listingTable(listing))}
    </details>
  </figure>`;
}

/** The first of a list, and the others behind a line that opens. */
function firstAnd<Item>(
  items: readonly Item[],
  first: number,
  draw: (item: Item) => Markup,
  more: string,
): Markup {
  const rest = items.slice(first);
  return html`<div class="times">${items.slice(0, first).map(draw)}</div>
    ${
      rest.length > 0 &&
      html`<details class="more">
        <summary>${plural(rest.length, more)}</summary>
        <div class="times">${rest.map(draw)}</div>
      </details>`
    }`;
}

function bands(courses: CoursesComparison): Markup | undefined {
  const { numbers, clock, tracks } = courses;
  const worst = numbers[0];
  if (worst === undefined) return undefined;
  const frame = { clock, width: WIDTH, height: HEIGHT, labelWidth };
  const band = (course: NumberCourse): Markup =>
    figure({
      title: course.name,
      note: offWords(course),
      mark: noiseMark(course.verdict, false),
      label: bandSentence(course, clock),
      drawing: bandDrawing({ course, ...frame }),
      listing: bandListing(course, clock),
      remark: withinWords(course),
    });
  const drawn = tracksDrawing({ course: worst, ...frame }, tracks);
  return html`<h3>Courses</h3>
    ${firstAnd(numbers, FIRST_NUMBERS, band, "more number")}
    ${
      drawn.spots.length > 0 &&
      html`<figure>
        <figcaption><h4>${plural(drawn.spots.length, "synthetic patient")}: ${worst.name}</h4></figcaption>
        ${drawingSvg(drawn, `${plural(drawn.spots.length, "synthetic patient")}: ${worst.name}, over the band of real patients.`)}
      </figure>`
    }
    <p class="s13 q">${bandsFoot(courses)}</p>`;
}

const titles: Readonly<Record<StepView, (matrix: StepMatrix) => string>> = {
  real: ({ real }) => `Real, ${plural(stepsTold(real), "step")}`,
  synthetic: ({ synthetic }) => `Synthetic, ${plural(stepsTold(synthetic), "step")}`,
  difference: () => "Difference, points",
};

function steps(matrices: readonly StepMatrix[]): Markup {
  const draw = (matrix: StepMatrix): Markup => {
    const told = stepsSentence(matrix);
    const view = (of: StepView): Markup =>
      html`<figure>
        <figcaption><h4>${titles[of](matrix)}</h4></figcaption>
        ${drawingSvg(stepsDrawing({ matrix, view: of, width: WIDTH, labelWidth }), `Steps of ${matrix.name}, ${of}. ${told}`)}
      </figure>`;
    return html`<article>
      <header>
        <h4>${matrix.name}</h4>
        ${noiseMark(matrix.verdict, false)} <span class="s q">${offWords(matrix)}</span>
      </header>
      <div class="times">${(["real", "synthetic", "difference"] as const).map(view)}</div>
      <p>${told}</p>
      <details>
        <summary>As a table</summary>
        ${scrolling(`${matrix.name} as a table`, listingTable(stepsListing(matrix)))}
      </details>
    </article>`;
  };
  const rest = matrices.slice(FIRST_MATRICES);
  return html`<h3>From one visit to the next</h3>
    <p class="s13 q">
      The level now (rows) and at the next visit, or the end (columns). Blue: less often, orange: more often.
      ${STEPS_FOOT}
    </p>
    ${matrices.slice(0, FIRST_MATRICES).map(draw)}
    ${
      rest.length > 0 &&
      html`<details class="more">
        <summary>${plural(rest.length, "more column")}</summary>
        ${rest.map(draw)}
      </details>`
    }`;
}

function survival({ survival: curves }: CoursesComparison): Markup | undefined {
  if (curves === undefined) return undefined;
  const told = survivalSentence(curves);
  const title = `Without ${shortened(curves.event, 40)}`;
  return html`<h3>Survival</h3>
    ${figure({
      title,
      label: `Kaplan-Meier curves of real and synthetic patients, ${title.toLowerCase()}. ${told}`,
      drawing: survivalDrawing({ survival: curves, width: WIDE, height: 320, labelWidth }),
      listing: survivalListing(curves),
    })}
    <p>${told}</p>`;
}

function visiting(courses: CoursesComparison): Markup {
  const { visiting: visits, clock } = courses;
  const told = visitingSentence(courses);
  const title = `Visits of ${plural(visits.raster.length, "synthetic patient")}`;
  const histogram = (name: string, chart: ColumnComparison["chart"]): Markup =>
    html`<figure>
      <figcaption><h4>${name}</h4></figcaption>
      ${columnChart({ ...NOTHING, name, chart })}
    </figure>`;
  return html`<h3>Visits</h3>
    <p>${told}</p>
    <div class="times">
      ${
        visits.raster.length > 0 &&
        figure({
          title,
          label: `${title}, a row each, the shortest course on top. ${told}`,
          drawing: rasterDrawing({ raster: visits.raster, clock, width: WIDTH, labelWidth }),
          listing: rasterListing({ raster: visits.raster, clock }),
        })
      }
      ${histogram(clock.unit === "visit" ? "Gaps between visits" : `Gaps between visits, ${clock.unit}`, visits.gaps)}
      ${histogram("Visits per patient", visits.perPatient)}
    </div>`;
}

/** What a chart without a distance has for one. */
const NOTHING: Omit<ColumnComparison, "name" | "chart"> = {
  kind: "decimal",
  missing: { real: 0, holdout: 0, synthetic: 0 },
  distance: NaN,
  noise: NaN,
  verdict: "cannot-tell",
};

function patients({ timelines, clock }: CoursesComparison, synthesizer: string): Markup | undefined {
  if (timelines.length === 0) return undefined;
  const draw = (timeline: SyntheticTimeline): Markup =>
    html`<article>
      ${figure({
        title: `Synthetic patient ${count(timeline.number)}`,
        label: `Synthetic patient ${count(timeline.number)}. ${timeline.story}`,
        drawing: timelineDrawing({ timeline, clock, width: WIDE, labelWidth }),
        listing: timelineListing(timeline, clock),
      })}
      <p>${timeline.story}</p>
    </article>`;
  const rest = timelines.slice(1);
  return html`<h3>A synthetic patient</h3>
    <p class="s13 q">${behindWords(synthesizer)} Grey: what is usual for adults, where the lab knows it.</p>
    ${timelines.slice(0, 1).map(draw)}
    ${
      rest.length > 0 &&
      html`<details class="more">
        <summary>${plural(rest.length, "more synthetic patient")}</summary>
        ${rest.map(draw)}
      </details>`
    }`;
}

function firstVisit({ shape }: Report, { firstVisit: columns, patients: of }: CoursesComparison): Markup {
  const own = { ...shape, train: of.real, holdout: shape.heldOut ?? shape.holdout };
  return html`<h3>First visit</h3>
    <details class="more">
      <summary>${plural(columns.length, "column")} at the patients’ first visits, worst first</summary>
      <div class="multiples">
        ${columns.slice(0, FIRST_COLUMNS).map((column) => columnFigure(column, own))}
      </div>
    </details>`;
}
