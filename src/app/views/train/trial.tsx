import type { Tried } from "../../../core/synthesizers/synthesizer.ts";
import type { RunView } from "../../../worker/protocol.ts";
import { useLabEvery } from "../../state/use-lab.ts";
import { fixed, percent } from "../../../core/words/numbers.ts";

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function outcome({ fraction, loss }: Tried): string {
  if (loss !== undefined) return `${fixed(loss, 2)} nats a row`;
  return fraction > 0 ? `training, ${percent(fraction, 0)}` : "next";
}

/** While settings are tried before training: which, how far each is, and what the held-out rows say of it. */
export function Trial({ run }: { run: RunView }) {
  const trial = useLabEvery(250, (state) => state.live[run.run]?.progress?.trial);
  if (trial === undefined || run.state === "done" || run.state === "failed") return null;
  return (
    <section className="card" aria-label="Settings that are tried">
      <div className="ct one">
        <h2>What is being tried</h2>
        <p className="q s13 all-across">
          Each is trained shortly on four fifths of the rows. The held-out fifth decides: the lower its loss,
          the likelier its rows are under that model. The simpler settings stay unless the others are clearly
          better.
        </p>
      </div>
      <table className="trial">
        <thead>
          <tr>
            <th scope="col">Settings</th>
            <th scope="col" className="r">
              Held-out loss
            </th>
          </tr>
        </thead>
        <tbody>
          {trial.map((tried) => (
            <tr key={tried.what}>
              <th scope="row">{capital(tried.what)}</th>
              <td className="r q">{outcome(tried)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
