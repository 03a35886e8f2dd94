/** Saving the open table as it was simulated. */
import type { Simulation } from "../../../core/clinic/cohorts/simulating/simulate.ts";
import type { SimulatedAs } from "../../../core/lab/simulation/simulated-file.ts";
import type { TableView } from "../../../worker/protocol.ts";
import { exportFormats } from "../files/export-formats.ts";
import { saveChunks, type FileSink } from "../files/save-chunks.ts";
import { fileStem } from "../files/save-file.ts";
import { tell } from "../lab.ts";
import { nextJob } from "../worker-link.ts";

interface Offer {
  readonly as: SimulatedAs;
  readonly label: string;
  /** what it is, for those who do not know it */
  readonly about: string;
  /** of the file's name, after the table's */
  readonly ending: string;
  readonly type: string;
  /** about as many bytes for each cell of the table */
  readonly weight: number;
}

const table = (as: "csv" | "xlsx" | "parquet" | "sav", about: string): Offer => {
  const { label, ending, type } = exportFormats[as];
  return { as, label, about, ending: `.${ending}`, type, weight: 6 };
};

const ZIP = "application/zip";

/** What a simulated table can be saved as. */
export const simulatedOffers: readonly Offer[] = [
  table("csv", "the table as it stands here"),
  table("xlsx", "one sheet"),
  table("parquet", "for Python and R"),
  table("sav", "with labels"),
  {
    as: "tables",
    label: "Linked tables (.zip)",
    about: "patients, visits, measurements, conditions, drugs as CSV",
    ending: "-tables.zip",
    type: ZIP,
    weight: 12,
  },
  {
    as: "bundle",
    label: "FHIR R4 Bundle (.json)",
    about: "all resources in one file",
    ending: ".fhir.json",
    type: "application/fhir+json",
    weight: 400,
  },
  {
    as: "fhir",
    label: "FHIR R4, NDJSON (.zip)",
    about: "a file for each kind of resource, as bulk data",
    ending: "-fhir.zip",
    type: ZIP,
    weight: 30,
  },
];

/** "heart_failure_simulated-level-4-seed-1-tables.zip" */
export const simulatedName = (name: string, { level, seed }: Simulation, { ending }: Offer): string =>
  `${fileStem(name)}-level-${level}-seed-${seed}${ending}`;

export const simulatedBytes = ({ rows, columns }: TableView, { weight }: Offer): number =>
  rows * columns.length * weight;

/** Saves the open table as it was simulated; resolves with the file's size in bytes. */
export function saveSimulated(
  open: TableView,
  asked: Simulation,
  offer: Offer,
  sink?: FileSink,
): Promise<number> {
  const job = nextJob();
  const { as, type } = offer;
  tell({ type: "page-making", making: { job, run: "", kind: "simulated", rows: 0, total: open.rows } });
  return saveChunks(
    { type: "export-simulated", job, as },
    simulatedName(open.name, asked, offer),
    sink,
    type,
  );
}

export type SimulatedOffer = Offer;
