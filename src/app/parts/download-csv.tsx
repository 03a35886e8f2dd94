import { useState } from "react";
import type { Asked, RunView } from "../../worker/protocol.ts";
import { count, percent, size } from "../../core/words/numbers.ts";
import { cancelMaking, exportRows, rowsName } from "../state/files/taking-away.ts";
import { exportFormats } from "../state/files/export-formats.ts";
import { JobFault } from "../state/worker-link.ts";
import { useLab } from "../state/use-lab.ts";
import { Icon } from "./icon.tsx";
import { chooseFile, goesToDisk } from "./disk-file.ts";
import { useOrder } from "../state/order.ts";
import styles from "./download-csv.module.css";

interface DownloadProps {
  readonly run: RunView;
  /** as CSV */
  readonly bytes?: number | undefined;
  /** which rows; all kinds unless said */
  readonly asked?: Asked | undefined;
}

/** Makes the rows and saves them: the one filled button. While it works it shows how far it is and can be stopped. */
export function DownloadCsv({ run, bytes, asked }: DownloadProps) {
  const order = useOrder(run, asked);
  const { format } = order;
  const [problem, setProblem] = useState("");
  const making = useLab((state) => state.making.find((m) => m.run === run.run && m.kind === "csv"));
  const short = useLab((state) => (state.short?.run === run.run ? state.short : undefined));
  const download = async (): Promise<void> => {
    setProblem("");
    const large = bytes !== undefined && goesToDisk(bytes);
    const sink = large ? await chooseFile(rowsName(run.run, order, format, asked)) : undefined;
    if (large && sink === undefined) return;
    await exportRows(run.run, order, asked, sink);
  };
  const start = (): void => {
    download().catch((error: unknown) => {
      if (error instanceof JobFault) return;
      setProblem(error instanceof Error ? error.message : String(error));
    });
  };
  if (making) {
    const share = making.total > 0 ? making.rows / making.total : 0;
    return (
      <span className={styles.making}>
        <button type="button" className="btn pri" data-testid="download-csv" disabled>
          {percent(Math.min(1, share), 0)} of{" "}
          {making.patients === undefined
            ? `${count(making.total)} rows`
            : `${count(making.patients.wanted)} patients`}
        </button>
        <button type="button" className="btn" onClick={() => cancelMaking(making.job)}>
          <Icon name="close" />
          Cancel
        </button>
      </span>
    );
  }
  return (
    <span className={styles.making}>
      {problem !== "" && <span role="alert">The file could not be saved: {problem}</span>}
      {short && (
        <span role="status">
          {count(short.asked)} were asked for, {count(short.rows)} could be drawn.
        </span>
      )}
      <button
        type="button"
        className="btn pri"
        data-testid="download-csv"
        disabled={!run.hasModel}
        onClick={start}
      >
        <Icon name="download" />
        Download {exportFormats[format].short}
        {bytes === undefined ? "" : `, ${bytes >= 100_000 ? "about " : ""}${size(bytes)}`}
      </button>
    </span>
  );
}
