import type { TableView } from "../../../worker/protocol.ts";
import { chosenSynthesizer } from "../../state/runs.ts";
import { limited } from "../../state/guarantee/guarantee.ts";
import { whatToSettle } from "../../state/rules/rules.ts";
import { patientsOverTime } from "../../state/table-words.ts";
import { useLab } from "../../state/use-lab.ts";
import { count, duration, plural } from "../../../core/words/numbers.ts";
import { deviceName, deviceWords } from "./words.ts";

/** What the next run would learn from, before there is any run. */
export function ReadyCard({ table }: { table: TableView }) {
  const settings = useLab((state) => state.settings);
  const { columns } = table.schema;
  const out = columns.filter((column) => column.role === "identifier" || column.role === "omit");
  const patient = columns.find((column) => column.role === "identifier");
  const target = columns.find((column) => column.role === "target");
  const over = patientsOverTime(table);
  const limit = useLab(limited);
  const counted = useLab(({ guarantee }) => (guarantee.offer === undefined ? undefined : guarantee.counted));
  const held =
    limit && counted !== undefined
      ? table.rows - counted.rows
      : Math.round(table.rows * settings.holdout.share);
  const givesAway = table.columns.flatMap(({ flags }) => flags.filter(({ about }) => about === "target"));
  const leftOut = out.map((column) => column.name).join(", ");
  return (
    <>
      <section className="card ready-card">
        <h2>
          <Earlier />
        </h2>
        <div className="est">
          {over === undefined ? (
            <>
              <div>
                <b>{count(table.rows - held)}</b>
                <span>rows to learn from</span>
              </div>
              <div>
                <b>{count(held)}</b>
                <span>held out, to compare with</span>
              </div>
            </>
          ) : (
            <>
              <div>
                <b>about {count(over.patients - Math.round(over.patients * settings.holdout.share))}</b>
                <span>
                  patients to learn from, of {count(over.patients)} with {plural(over.visits, "visit")}
                </span>
              </div>
              <div>
                <b>about {count(Math.round(over.patients * settings.holdout.share))}</b>
                <span>patients held out, to compare with</span>
              </div>
            </>
          )}
          <div>
            <b>{count(columns.length - out.length)}</b>
            <span>of {count(columns.length)} columns learned</span>
          </div>
        </div>
        <table className="use">
          <tbody>
            <tr>
              <th scope="row">Device</th>
              <td>
                <DeviceLine />
              </td>
            </tr>
            <tr>
              <th scope="row">Split</th>
              <td>
                {limit && "by a coin for each, which looks at nobody; "}
                {patient === undefined
                  ? "by row; mark a patient ID if patients have several rows"
                  : `by ${patient.name}, so that no one is on both sides`}
                , seed {settings.holdout.seed}
              </td>
            </tr>
            <tr>
              <th scope="row">Left out</th>
              <td>{leftOut === "" ? "nothing" : leftOut}</td>
            </tr>
            <tr>
              <th scope="row">Rules</th>
              <td>
                {limit ? "none is kept with a guarantee: they were read from the patients" : <RulesLine />}
              </td>
            </tr>
            <tr>
              <th scope="row">Target</th>
              <td>
                {target === undefined ? "none marked, so predictions will not be measured" : target.name}
                {givesAway.map((flag) => (
                  <p key={flag.column} className="s13">
                    <b>{flag.column}</b>: {flag.text}
                  </p>
                ))}
              </td>
            </tr>
          </tbody>
        </table>
      </section>
      <section className="card while">
        <h3>While it runs</h3>
        <p className="s13 q">
          {limit
            ? "Nothing of the patients is shown while it learns. Looking at real against synthetic rows afterwards is for your eyes: it is not covered by the guarantee."
            : "You will see the loss, and real against synthetic margins closing in. Pause, go on or stop at any point."}
        </p>
      </section>
    </>
  );
}

/** How many rules every synthetic row will keep. */
function RulesLine() {
  const list = useLab((state) => state.rules.list);
  const settle = useLab(whatToSettle);
  const over = useLab(({ table }) => table !== null && patientsOverTime(table) !== undefined);
  if (list === undefined)
    return <>those that hold in every row to learn from are looked for before training</>;
  if (settle !== undefined) return <>{settle}</>;
  const on = list.lines.filter(({ rule }) => rule.on);
  const own = on.filter(({ group }) => group === "person").length;
  if (on.length === 0) return <>none is kept</>;
  return (
    <>
      {plural(on.length, "rule")} kept in every synthetic {over ? "visit" : "row"}
      {own > 0 && `, ${count(own)} of them set by you`}
    </>
  );
}

/** A time is named only when one was measured here. */
function Earlier() {
  const earlier = useLab((state) => {
    const id = chosenSynthesizer(state)?.id;
    return state.runs.findLast((run) => run.request.synthesizer === id && run.facts !== undefined);
  });
  if (earlier?.facts === undefined) return <>What the model will learn from</>;
  return (
    <>
      Run {earlier.number} with this method took {duration(earlier.facts.seconds)}
    </>
  );
}

/** What the chosen device is on this machine. */
export function DeviceLine() {
  const devices = useLab((state) => state.devices);
  const asked = useLab((state) => state.settings.device);
  const facts = asked === "auto" ? devices[0] : devices.find((device) => device.got === asked);
  if (facts === undefined) {
    return (
      <>
        {deviceWords[asked]}
        {asked === "auto" ? "" : " is not here; the next best will be used and named"}
      </>
    );
  }
  return (
    <>
      {deviceName(facts)}
      {facts.reason === "" ? "" : `. ${facts.reason}`}
    </>
  );
}
