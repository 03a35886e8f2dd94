import { useEffect, useRef, useState } from "react";
import type { Report } from "../../../core/lab/comparison.ts";
import { CARD_WIDTH, drawCard } from "../../card/draw-card.ts";
import { canCopyImages, canShareImages, copyCard, saveCard, shareCard } from "../../card/save-card.ts";
import { fileStem, saveFile } from "../../state/save-file.ts";
import { Icon, type IconName } from "../shell/icon.tsx";
import styles from "./take-away.module.css";

/** The report as it stands on Compare, for programs: no row of a table is in it. */
function saveReport(report: Report, number: number): void {
  const name = `${fileStem(report.run.table)}-run-${number}-${report.run.finishedAt.slice(0, 10)}-report.json`;
  saveFile([`${JSON.stringify(report, undefined, 2)}\n`], name, "application/json");
}

/** The card as it will be saved, and the files that show how good the rows are. */
export function EvidenceList({ report, number }: { report: Report; number: number }) {
  const [said, setSaid] = useState("");
  const act = (work: Promise<void>, done: string): void => {
    work.then(
      () => setSaid(done),
      (error: unknown) => setSaid(error instanceof Error ? error.message : String(error)),
    );
  };
  return (
    <>
      <section>
        <h2>Evidence</h2>
        <CardPreview report={report} number={number} />
        <Item icon="image" title="Evaluation card" about="One PNG, 1600 px wide">
          {canCopyImages() && (
            <button
              type="button"
              className="btn sm"
              onClick={() => act(copyCard(report, number), "The image is on the clipboard.")}
            >
              Copy
            </button>
          )}
          {canShareImages() && (
            <button type="button" className="btn sm" onClick={() => act(shareCard(report, number), "")}>
              Share
            </button>
          )}
          <button
            type="button"
            className="btn sm"
            data-testid="save-card"
            onClick={() => act(saveCard(report, number), "The card is saved.")}
          >
            Save
          </button>
        </Item>
        <Item icon="document" title="Report" about="Every number and its reference, JSON">
          <button type="button" className="btn sm" onClick={() => saveReport(report, number)}>
            Save
          </button>
        </Item>
        <p className="s13 q" aria-live="polite">
          {said}
        </p>
      </section>
      <section className="s13 q">
        The card and the report carry the run, its seed and its date. Nothing leaves this computer unless you
        share it.
      </section>
    </>
  );
}

function Item({
  icon,
  title,
  about,
  children,
}: {
  icon: IconName;
  title: string;
  about: string;
  children: React.ReactNode;
}) {
  return (
    <div className={styles.item}>
      <Icon name={icon} />
      <div className="grow">
        {title}
        <span>{about}</span>
      </div>
      {children}
    </div>
  );
}

function CardPreview({ report, number }: { report: Report; number: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const { current } = canvas;
    if (current) drawCard(current, report, number, (current.clientWidth * devicePixelRatio) / CARD_WIDTH);
  }, [report, number]);
  return (
    <canvas
      ref={canvas}
      className={styles.card}
      role="img"
      aria-label={`Evaluation card of run ${number}: ${report.headline}`}
    />
  );
}
