import "./header.css";
import { BrandMark } from "../../parts/icon.tsx";
import { hrefOf } from "../../state/route.ts";
import { HelpButton } from "./help-button.tsx";
import { Rooms } from "./rooms.tsx";
import { Steps } from "./steps.tsx";
import { ThemeButton } from "./theme-button.tsx";
import { TrustBadge } from "./trust-badge.tsx";
import { WhereMenu } from "./where-menu.tsx";

export function Header() {
  return (
    <header className="top">
      <a className="brand" href={hrefOf("data")} aria-label="Semblance, to the data">
        <BrandMark />
        <span>Semblance</span>
      </a>
      <div className="ways">
        <Steps />
        <Rooms />
      </div>
      <WhereMenu />
      <div className="tools">
        <TrustBadge />
        <ThemeButton />
        <HelpButton />
      </div>
    </header>
  );
}
