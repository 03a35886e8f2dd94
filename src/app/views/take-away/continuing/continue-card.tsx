import { useRef, useState } from "react";
import { describeFault } from "../../../../core/fault.ts";
import { count, percent, plural } from "../../../../core/words/numbers.ts";
import type { ExportFormat } from "../../../../core/export/formats.ts";
import type { GivenView, RunView } from "../../../../worker/protocol.ts";
import { Icon } from "../../../parts/icon.tsx";
import { tableEndings } from "../../../parts/table-endings.ts";
import { timeUnit } from "../../../state/conditions.ts";
import {
  closeGiven,
  exportFutures,
  futuresName,
  readGiven,
  type Futures,
} from "../../../state/continuing/continuing.ts";
import type { Continuing } from "../../../state/continuing/fold-continuing.ts";
import { exportFormats } from "../../../state/files/export-formats.ts";
import { cancelMaking } from "../../../state/files/taking-away.ts";
import { useLab } from "../../../state/use-lab.ts";
import styles from "./continuing.module.css";
import { FuturePreview } from "./future-preview.tsx";
import { OpenNumber } from "./open-number.tsx";

const MOST_FUTURES = 1000;

interface ContinueProps {
  readonly run: RunView;
  readonly seed: number;
  readonly format: ExportFormat;
}

/** Real patients go in, their possible further visits come out: so the file is no synthetic table. */
export function ContinueCard({ run, seed, format }: ContinueProps) {
  const continuing = useLab((state) => (state.continuing?.run === run.run ? state.continuing : undefined));
  const [back, setBack] = useState<(() => void) | undefined>();
  const given = continuing?.given;
  return (
    <section className="card" aria-label="Continue given patients">
      <div className={styles.head}>
        <div className="grow">
          <h2>Continue given patients</h2>
          <p className="s13 q">
            The model draws what may come next for patients you give it: further visits only, several futures
            each. A future in which no visit follows has no row.{" "}
            <b>The file has the ids of your real patients</b>, so it is not a synthetic table.
          </p>
        </div>
        <Doors run={run} reading={continuing?.reading} again={given !== undefined} />
      </div>
      {continuing?.fault && <ReadFault fault={continuing.fault} />}
      {given === undefined && back !== undefined && (
        <p className={`s13 q ${styles.part}`} role="status">
          The patients are taken away.{" "}
          <button
            type="button"
            className="link"
            onClick={() => {
              back();
              setBack(undefined);
            }}
          >
            Undo
          </button>
        </p>
      )}
      {given !== undefined && continuing !== undefined && (
        <GivenPart
          key={`${given.name} ${given.visits.length}`}
          {...{ run, seed, format, given, continuing }}
          close={() => {
            const undo = closeGiven();
            setBack(() => undo);
          }}
        />
      )}
    </section>
  );
}

function ReadFault({ fault }: { fault: NonNullable<Continuing["fault"]> }) {
  const { title, detail, remedy } = describeFault(fault);
  return (
    <div className={styles.fault} role="alert" data-testid="given-fault">
      <h3>
        <Icon name="triangle" />
        {title}
      </h3>
      <p className="s13 q">
        {detail} {remedy}
      </p>
    </div>
  );
}

interface DoorsProps {
  readonly run: RunView;
  readonly reading: Continuing["reading"];
  readonly again: boolean;
}

/** A file, or the patients of the open table. */
function Doors({ run, reading, again }: DoorsProps) {
  const door = useRef<HTMLInputElement>(null);
  const table = useLab((state) => state.table);
  if (reading !== undefined)
    return (
      <button type="button" className="btn sm" onClick={() => cancelMaking(reading.job)}>
        Reading {reading.name}… Cancel
      </button>
    );
  return (
    <div className={styles.doors}>
      <button type="button" className="btn sm" onClick={() => door.current?.click()}>
        <Icon name="file" />
        {again ? "Open another file" : "Open a file of patients"}
      </button>
      <input
        ref={door}
        className="vh"
        type="file"
        accept={tableEndings}
        aria-label="Open a file of patients to continue"
        data-testid="open-given"
        tabIndex={-1}
        onChange={(event) => {
          const [chosen] = event.currentTarget.files ?? [];
          if (chosen !== undefined) readGiven(run.run, chosen);
          event.currentTarget.value = "";
        }}
      />
      {table !== null && (
        <button
          type="button"
          className="btn sm"
          data-testid="given-open-table"
          onClick={() => readGiven(run.run, "open-table")}
        >
          Patients of {table.name}
        </button>
      )}
    </div>
  );
}

interface GivenPartProps extends ContinueProps {
  readonly given: GivenView;
  readonly continuing: Continuing;
  readonly close: () => void;
}

function GivenPart({ run, seed, format, given, continuing, close }: GivenPartProps) {
  const [futures, setFutures] = useState(100);
  const [until, setUntil] = useState<number | undefined>();
  const [visits, setVisits] = useState<number | undefined>();
  const unit = timeUnit(run.schema);
  const asked = {
    ...(until !== undefined && { until }),
    ...(visits !== undefined && { visits: { least: 1, most: visits } }),
  };
  const request: Futures = { futures, seed, asked };
  const open = given.visits.length - given.ended.length;
  return (
    <>
      <div className={styles.part}>
        <p className="s13" data-testid="given-patients">
          <b>{given.name}</b>: {plural(given.visits.length, "patient")} with{" "}
          {plural(
            given.visits.reduce((sum, own) => sum + own, 0),
            "visit",
          )}
          {given.ended.length > 0 &&
            `; the course of ${given.ended.length === 1 ? "one" : count(given.ended.length)} has already ended and gets no row`}
          .{" "}
          <button type="button" className="link" onClick={close}>
            Take these patients away
          </button>
        </p>
        {given.notes.map((note) => (
          <p key={note} className="s13 q">
            {note}
          </p>
        ))}
        <div className={styles.settings}>
          <OpenNumber
            label="Futures of each"
            value={futures}
            least={1}
            whole
            testId="futures"
            set={(value) => value !== undefined && setFutures(Math.min(MOST_FUTURES, value))}
          />
          <OpenNumber
            label={unit === undefined ? "Until, after the last visit" : `Until, ${unit} after the last visit`}
            value={until}
            least={0}
            placeholder="open"
            testId="futures-until"
            set={setUntil}
          />
          <OpenNumber
            label="At most so many visits"
            value={visits}
            least={1}
            whole
            placeholder="open"
            testId="futures-visits"
            set={setVisits}
          />
          <Save run={run} format={format} request={request} none={open === 0} />
        </div>
        {continuing.told.length > 0 && (
          <ul className={`s13 q ${styles.told}`} role="status" data-testid="futures-told">
            {continuing.told.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        )}
      </div>
      <FuturePreview run={run} given={given} looked={continuing.looked} request={request} unit={unit} />
    </>
  );
}

interface SaveProps {
  readonly run: RunView;
  readonly format: ExportFormat;
  readonly request: Futures;
  readonly none: boolean;
}

function Save({ run, format, request, none }: SaveProps) {
  const making = useLab((state) => state.making.find((m) => m.run === run.run && m.kind === "futures"));
  if (making !== undefined)
    return (
      <button type="button" className="btn sm" onClick={() => cancelMaking(making.job)}>
        {percent(making.total === 0 ? 0 : making.rows / making.total, 0)} of {plural(making.total, "patient")}
        . Cancel
      </button>
    );
  return (
    <button
      type="button"
      className="btn sm"
      data-testid="save-futures"
      disabled={none}
      title={futuresName(format)}
      onClick={() => {
        // A fault is shown under the header by the store.
        exportFutures(run.run, format, request).catch(() => {});
      }}
    >
      <Icon name="download" />
      Save the futures, {exportFormats[format].short}
    </button>
  );
}
