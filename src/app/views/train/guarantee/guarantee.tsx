import { limited } from "../../../state/guarantee/guarantee.ts";
import { useLab } from "../../../state/use-lab.ts";
import { GuaranteeCard } from "./guarantee-card.tsx";
import { LedgerCard } from "./ledger-card.tsx";
import { PublicCard } from "./public-card.tsx";

/** The switch; with a limit, or once something is spent, what is public and the ledger. */
export function Guarantee() {
  const on = useLab(limited);
  const spent = useLab((state) => state.guarantee.ledger.entries.length > 0);
  return (
    <>
      <GuaranteeCard />
      {on && <PublicCard />}
      {(on || spent) && <LedgerCard />}
    </>
  );
}
