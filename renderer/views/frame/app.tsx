// The frame round every page: title bar, what must be said, the page of the address, status bar, and what floats above them.

import type { ReactElement } from "react";
import { useShown } from "../../model/navigate.ts";
import { ownPane } from "../../model/pane-windows.ts";
import { useSession } from "../../model/session.ts";
import { AddingPage } from "../adding/adding-page.tsx";
import { EvidencePage } from "../evidence/evidence-page.tsx";
import { ExplorePage } from "../explore/explore-page.tsx";
import { PaneWindow, PaneWindowTitle } from "../explore/pane-window.tsx";
import { GrowthPage } from "../growth/growth-page.tsx";

import { HostsPage } from "../hosts/hosts-page.tsx";
import { SqlPage } from "../sql/sql-page.tsx";
import { StartPage } from "../start/start-page.tsx";
import { SubjectPage } from "../subject/subject-page.tsx";
import { Floating } from "./floating.tsx";
import { Notices } from "./notices.tsx";
import { StatusBar } from "./status-bar.tsx";
import { TitleBar } from "./title-bar.tsx";

export function App(): ReactElement {
  const page = useShown(({ view }) => view.page);
  const open = useSession((session) => session.open);
  return (
    <div className="app">
      {ownPane === null ? <TitleBar /> : <PaneWindowTitle name={ownPane} />}
      <Notices />
      <main>
        {ownPane !== null ? <PaneWindow name={ownPane} /> : open === null ? <StartPage /> : <Page page={page} />}
      </main>
      <StatusBar />
      <Floating />
    </div>
  );
}

function Page({ page }: { readonly page: string }): ReactElement {
  if (page === "hosts") return <HostsPage />;
  if (page === "subject") return <SubjectPage />;
  if (page === "growth") return <GrowthPage />;
  if (page === "evidence") return <EvidencePage />;
  if (page === "sql") return <SqlPage />;
  if (page === "adding") return <AddingPage />;
  return <ExplorePage />;
}
