/** Asks for what the first screen shows of simulated cohorts, and simulates them. */
import type { CohortInfo } from "../../../core/clinic/cohorts/cohort.ts";
import { openCohort } from "../files/opening.ts";
import { lab, tell } from "../lab.ts";
import { saveFile } from "../files/save-file.ts";
import { finished, nextJob, send } from "../worker-link.ts";
import { mostPatients } from "./sizes.ts";
import type { StartState, Wish } from "./start-state.ts";

/** Has the pictures of cohorts drawn, once. */
export function drawCohorts(): void {
  const { start, cohorts } = lab.getState();
  const drawn = cohorts.every(({ id }) => start.pictures[id] !== undefined);
  if (drawn || start.drawing !== undefined) return;
  const job = nextJob();
  tell({ type: "page-start-drawing", job });
  send({ type: "draw-cohorts", job });
}

/** Opens the climb of a cohort, or closes the one that is open. */
export function showClimb(cohort: string | undefined): void {
  if (cohort === undefined || lab.getState().start.climbs[cohort] !== undefined) {
    tell({ type: "page-start-open", cohort });
    return;
  }
  const job = nextJob();
  tell({ type: "page-start-open", cohort, job });
  send({ type: "climb", job, cohort });
}

/** Asks for every number of the simulator, once. */
export function listNumbers(): void {
  const { numbers, listing } = lab.getState().start;
  if (numbers !== undefined || listing !== undefined) return;
  const job = nextJob();
  tell({ type: "page-start-listing", job });
  send({ type: "list-numbers", job });
}

/** Saves every number as a file to be edited by hand. */
export async function saveNumbers(): Promise<void> {
  const job = nextJob();
  let text: string | undefined;
  const done = finished(job, (event) => {
    if (event.type === "numbers-file") text = event.text;
  });
  send({ type: "save-numbers", job, values: lab.getState().start.edited?.file.values ?? {} });
  await done;
  if (text !== undefined) saveFile([text], "simulator-numbers.json", "application/json");
}

/** Has an edited file of numbers used from here on; one that cannot be read changes nothing. */
export function takeNumbers(source: File): void {
  const job = nextJob();
  tell({ type: "page-start-listing", job });
  send({ type: "open-numbers", job, source, name: source.name });
}

export const dropNumbers = (): void => tell({ type: "page-start-published" });

/** What is asked of a cohort: as the person left it, else what one click opens. */
export const wishFor = ({ wishes }: Pick<StartState, "wishes">, { id, usual }: CohortInfo): Wish =>
  wishes[id] ?? { ...usual, hospitals: 1, units: "one", seed: 1, ownAges: false };

/** Changes what is asked of a cohort; patients whose rows would be too many become fewer. */
export function setWish(cohort: CohortInfo, change: Partial<Wish>): void {
  const wish = { ...wishFor(lab.getState().start, cohort), ...change };
  const patients = Math.min(wish.patients, mostPatients(wish.level, cohort.rowsPerPatient));
  tell({ type: "page-start-wish", cohort: cohort.id, wish: { ...wish, patients } });
}

/** About how many rows a wish has, and about how many seconds they take here; undefined while that is not known. */
export function expectedOf(
  { paces }: Pick<StartState, "paces">,
  { id, rowsPerPatient }: CohortInfo,
  { level, patients }: Wish,
): { readonly rows: number; readonly seconds: number | undefined } {
  const rows = Math.round(level < 4 ? patients : patients * rowsPerPatient);
  const pace = paces[id]?.[level < 4 ? "patients" : "visits"];
  return { rows, seconds: pace === undefined ? undefined : rows / pace };
}

/** Simulates what is asked of a cohort and opens it; the view stays until the table is there. */
export function simulateWish(cohort: CohortInfo): void {
  const { ownAges, ages, ...wish } = wishFor(lab.getState().start, cohort);
  const { edited } = lab.getState().start;
  const own = {
    ...(ownAges && ages !== undefined && { pyramid: ages }),
    ...(edited !== undefined && { numbers: edited.file.values }),
  };
  openCohort(cohort.id, { ...wish, ...own }, { inPlace: true });
}
