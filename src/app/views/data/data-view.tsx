import "./data.css";
import { useLab } from "../../state/use-lab.ts";
import { FileFaultPanel } from "./file-fault-panel.tsx";
import { ReadingPanel } from "./reading-panel.tsx";
import { Start } from "./start/start.tsx";
import { TablePanel } from "./table-panel.tsx";

/** Step 1: nothing yet, a file being read, a file that could not be read, or the table with its columns. */
export function DataView() {
  const reading = useLab((state) => state.reading);
  const fault = useLab((state) => state.fileFault);
  const table = useLab((state) => state.table);
  if (reading !== undefined && reading.inPlace !== true) return <ReadingPanel reading={reading} />;
  if (fault !== undefined && fault.inPlace !== true) return <FileFaultPanel fileFault={fault} />;
  if (table !== null) return <TablePanel table={table} />;
  return <Start />;
}
