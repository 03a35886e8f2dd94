import { useLab } from "../../state/use-lab.ts";

/** Questions that need many runs: the list, the queue, and what was found. */
export function StudiesView() {
  const offers = useLab(({ studies }) => studies.offers);
  return (
    <section aria-label="Studies">
      <h1>Studies</h1>
      <p>Questions that need many runs. Each gives one picture, one table and one sentence.</p>
      <ul>
        {(offers ?? []).map(({ id, name, question }) => (
          <li key={id}>
            <b>{name}</b> {question}
          </li>
        ))}
      </ul>
    </section>
  );
}
