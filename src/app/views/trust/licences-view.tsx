import { licences } from "../../state/licences.ts";

/** Under which licences this page and what is bundled with it stand. */
export function LicencesView() {
  return (
    <div className="wrap verify">
      <h1>Licences</h1>
      <section className="card pad">
        <pre className="policy">
          {licences() ?? "The licences are written when the page is built; they are not at hand here."}
        </pre>
      </section>
    </div>
  );
}
