import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import type { Report } from "../../../core/report/report.ts";
import type { GoesWith, RunView, TakeAwayKind } from "../../../worker/protocol.ts";
import { CARD_WIDTH, drawCard } from "../../card/draw-card.ts";
import { canCopyImages, canShareImages, copyCard, saveCard, shareCard } from "../../card/save-card.ts";
import { percent, plural, size } from "../../../core/words/numbers.ts";
import { cancelMaking, evaluationName, exportEvaluation } from "../../state/files/taking-away.ts";
import { setUse, useStatedUse } from "../../state/order.ts";
import { isPrivate } from "../../../core/words/privacy-limit.ts";
import { guaranteeOfRun } from "../../state/guarantee/guarantee.ts";
import { JobFault } from "../../state/worker-link.ts";
import { useLab } from "../../state/use-lab.ts";
import { Icon, type IconName } from "../../parts/icon.tsx";
import { chooseFile, goesToDisk } from "../../parts/disk-file.ts";
import styles from "./take-away.module.css";

interface EvidenceProps {
  readonly run: RunView;
  readonly report: Report;
  /** the synthetic file as it would be downloaded now; none where the table was made elsewhere */
  readonly synthetic?: GoesWith;
  /** about how large that file is */
  readonly bytes?: number | undefined;
}

const files: readonly { readonly kind: TakeAwayKind; readonly title: string; readonly about: string }[] = [
  {
    kind: "html",
    title: "Evaluation",
    about: "One HTML file: one page for a board to decide by, then every chart, number and limit. Prints",
  },
  { kind: "json", title: "Evaluation, JSON", about: "The same for programs" },
  { kind: "model-card", title: "Model card", about: "Markdown: intended use, verdicts, limits, settings" },
  {
    kind: "datasheet",
    title: "Datasheet",
    about: "Markdown: what the rows are; questions left for you to answer",
  },
  { kind: "croissant", title: "Croissant", about: "JSON-LD that describes the CSV to machines" },
];

/** The card as it will be saved, and the files that show how good the rows are. */
export function EvidenceList(props: EvidenceProps) {
  const { run, report } = props;
  const { number } = run;
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
        {guaranteeOfRun(run) !== undefined && (
          <p className="s13 q">
            For your eyes: the card, the evaluation and Croissant read the real table, and the guarantee does
            not cover them. Model card and datasheet read the model alone.
          </p>
        )}
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
        <UseForm run={run.run} />
        {files
          .filter(({ kind }) => kind !== "croissant" || props.synthetic !== undefined)
          .map((file) => (
            <FileItem key={file.kind} {...props} {...file} onSaid={setSaid} />
          ))}
        <p className="s13 q" aria-live="polite">
          {said}
        </p>
      </section>
      <Everything {...props} />
    </>
  );
}

/** Everything in one zip, in two folders: what is meant for others, and what stays. */
function Everything(props: EvidenceProps) {
  const { synthetic, bytes } = props;
  const guarantee = guaranteeOfRun(props.run);
  const covered = guarantee !== undefined && isPrivate(guarantee);
  const [wanted, setWanted] = useState(true);
  const [said, setSaid] = useState("");
  const withRows = wanted && synthetic !== undefined;
  return (
    <section>
      <h2>Everything in one zip</h2>
      {covered ? (
        <p className="s13 q">
          Two folders. <b>safe-to-share</b>: the model, the report for outside, model card and datasheet, all
          made from noisy counts alone. <b>private</b>: the evaluation, which read real patients, the settings
          and the ledger. A README in each says why.
        </p>
      ) : (
        <p className="s13 q">
          Two folders. <b>safe-to-share</b>: the evaluation, model card, datasheet
          {synthetic !== undefined && " and metadata"}, which hold nothing of a single patient’s row as far as
          was measured. <b>private</b>:{" "}
          {synthetic !== undefined && "the model, whose questions cannot be limited, and "}
          the settings. A README in each says why.
        </p>
      )}
      {synthetic !== undefined && (
        <label className={styles.withRows}>
          <input type="checkbox" checked={wanted} onChange={(event) => setWanted(event.target.checked)} />
          With the{" "}
          {synthetic.patients === undefined
            ? plural(synthetic.rows, "synthetic row")
            : plural(synthetic.patients, "synthetic patient")}
          {bytes !== undefined && `, about ${size(bytes)} before packing`}
        </label>
      )}
      <FileItem
        {...props}
        kind="bundle"
        title="Everything"
        about={withRows ? "Zip, the rows included" : "Zip, without the rows"}
        withRows={withRows}
        onSaid={setSaid}
      />
      <p className="s13 q" aria-live="polite">
        {said}
      </p>
      <p className="s13 q">Nothing leaves this computer unless you share it.</p>
    </section>
  );
}

interface FileItemProps extends EvidenceProps {
  readonly kind: TakeAwayKind;
  readonly title: string;
  readonly about: string;
  readonly withRows?: boolean;
  readonly onSaid: (words: string) => void;
}

/** Saves one file; while it is made its button says how far it is and stops it. Its size stands beside it afterwards. */
function FileItem({ run, synthetic, bytes, kind, title, about, withRows = false, onSaid }: FileItemProps) {
  const [saved, setSaved] = useState<{ of: string; size: number }>();
  const making = useLab((state) => state.making.find((m) => m.run === run.run && m.kind === kind));
  const name = evaluationName(run, kind);
  const of = `${name} ${JSON.stringify(synthetic)} ${withRows}`;
  const save = async (): Promise<void> => {
    onSaid("");
    const large = withRows && bytes !== undefined && goesToDisk(bytes);
    const sink = large ? await chooseFile(name) : undefined;
    if (large && sink === undefined) return;
    setSaved({ of, size: await exportEvaluation(run, kind, synthetic, withRows, sink) });
    onSaid(`${name} is saved.`);
  };
  const start = (): void => {
    save().catch((error: unknown) => {
      if (error instanceof JobFault) onSaid(error.fault.code === "cancelled" ? `${title}: stopped.` : "");
      else onSaid(`The file could not be saved: ${error instanceof Error ? error.message : String(error)}`);
    });
  };
  return (
    <Item
      icon={kind === "bundle" ? "file" : "document"}
      title={title}
      about={saved?.of === of ? `${about}. ${size(saved.size)}` : about}
    >
      {making ? (
        <button type="button" className="btn sm" onClick={() => cancelMaking(making.job)}>
          {making.total > 0 ? `${percent(making.rows / making.total, 0)}. Cancel` : "Saving… Cancel"}
        </button>
      ) : (
        <button
          type="button"
          className="btn sm"
          data-testid={`save-${kind}`}
          title={name}
          aria-label={`Save ${title}`}
          onClick={start}
        >
          Save
        </button>
      )}
    </Item>
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
  children: ReactNode;
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

const useFields = [
  ["purpose", "Purpose"],
  ["receivers", "Who receives it"],
  ["keptUntil", "Kept until"],
] as const;

/** What the report's first page says of the use; what is left empty is a line to fill in by hand. */
function UseForm({ run }: { run: string }) {
  const use = useStatedUse(run);
  const id = useId();
  return (
    <details className={styles.use}>
      <summary>For the board’s page: purpose, recipients, date</summary>
      <p className="s13 q">
        Printed on the first page of the evaluation. Lines left empty can be filled in by hand.
      </p>
      {useFields.map(([field, label]) => (
        <p key={field}>
          <label htmlFor={`${id} ${field}`}>{label}</label>
          <input
            id={`${id} ${field}`}
            className="inp"
            maxLength={200}
            value={use[field] ?? ""}
            onChange={(event) => setUse(run, { ...use, [field]: event.target.value })}
          />
        </p>
      ))}
    </details>
  );
}
