import type { Detail } from "../../../core/metrics/metric.ts";
import styles from "./evidence.module.css";
import { EvidenceTable } from "./evidence-table.tsx";
import { count, intervalWords, percent } from "../../../core/words/numbers.ts";
import { useFirstRows } from "./more-rows.tsx";
import { VerdictMark } from "../verdict-mark.tsx";

type Rule = Extract<Detail, { type: "rules" }>["rules"][number];

const rank = { "much-worse": 0, worse: 1, "cannot-tell": 2, good: 3 } as const;
const write = (share: number): string => percent(share, 1);

/** How often each rule is broken, worst first. With `full`, the interval of the synthetic share too. */
export function RulesTable({ rules, full }: { rules: readonly Rule[]; full: boolean }) {
  const worstFirst = rules.toSorted(
    (a, b) => rank[a.verdict] - rank[b.verdict] || b.synthetic - b.real - (a.synthetic - a.real),
  );
  const { shown, foot } = useFirstRows(worstFirst, (rest) =>
    rest.every(({ verdict }) => verdict === "good") ? ", all hold as often as in real rows" : "",
  );
  return (
    <>
      <EvidenceTable label="Rules and how often they are broken">
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">Broken, real</th>
            <th scope="col">synthetic</th>
            {full && <th scope="col">95% interval</th>}
            <th scope="col">Rows</th>
            <th>
              <span className="vh">Verdict</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((rule) => (
            <tr key={rule.rule}>
              <th scope="row">{rule.rule}</th>
              <td className={styles.ofReal}>{write(rule.real)}</td>
              <td className={styles.ofSynthetic}>{write(rule.synthetic)}</td>
              {full && <td className={styles.ofSynthetic}>{intervalWords(rule.interval, write)}</td>}
              <td>{count(rule.rows)}</td>
              <td className={styles.markCell}>
                <VerdictMark verdict={rule.verdict} word={false} noise />
              </td>
            </tr>
          ))}
        </tbody>
      </EvidenceTable>
      {foot}
    </>
  );
}
