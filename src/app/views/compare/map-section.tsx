import { useState } from "react";
import type { MapComparison, MapOfRows } from "../../../core/report/report.ts";
import { fixed, percent } from "../../../core/words/numbers.ts";
import { Keys } from "../../charts/keys.tsx";
import { RowMapChart } from "../../charts/row-map-chart.tsx";
import { Icon } from "../../parts/icon.tsx";
import styles from "./compare.module.css";

const methods: Readonly<Record<MapOfRows["method"], { name: string; by: string }>> = {
  pca: { name: "PCA", by: "principal components" },
  umap: { name: "UMAP", by: "UMAP" },
};

/** Rows on a map: where synthetic rows lie among real ones. */
export function MapSection({ comparison: { maps } }: { comparison: MapComparison }) {
  const [asked, setAsked] = useState<MapOfRows["method"] | undefined>();
  const [asTable, setAsTable] = useState(false);
  const map = maps.find(({ method }) => method === asked) ?? maps[0];
  if (map === undefined) return null;
  return (
    <div className={styles.section}>
      <header>
        <p>
          For the eye: no number is read from it. Real rows are cells, left empty under 5 patients; no patient
          is a point.
        </p>
        <Keys />
      </header>
      <div className={styles.mapBar} data-worst>
        {maps.length > 1 && (
          <span className="seg" role="group" aria-label="Kind of map">
            {maps.map(({ method }) => (
              <button
                key={method}
                type="button"
                className={method === map.method ? "on" : ""}
                aria-pressed={method === map.method}
                onClick={() => setAsked(method)}
              >
                {methods[method].name}
              </button>
            ))}
          </span>
        )}
        <p className="s13 q grow">{aboutMap(map)}</p>
        <button
          type="button"
          className="btn sm"
          aria-pressed={asTable}
          data-key="v"
          data-worst-focus
          onClick={() => setAsTable(!asTable)}
        >
          <Icon name="table" />
          Table
        </button>
      </div>
      <RowMapChart key={map.method} map={map} by={methods[map.method].by} asTable={asTable} />
    </div>
  );
}

/** How much of the rows the map keeps. */
function aboutMap({ method, variance, trustworthiness }: MapOfRows): string {
  if (method === "pca")
    return variance === undefined
      ? "The two directions in which rows differ most."
      : `The two directions in which rows differ most: ${variance.map((share) => percent(share, 0)).join(" and ")} of the variance.`;
  const known = trustworthiness === undefined ? "" : `; trustworthiness ${fixed(trustworthiness, 2)} of 1`;
  return `Neighbours stay neighbours, distances between groups mean little${known}.`;
}
