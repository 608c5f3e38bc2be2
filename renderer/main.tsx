// The page's first step: styles, model, then the frame.

import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/frame.css";
import "./styles/controls.css";
import "./styles/panes.css";
import { createRoot } from "react-dom/client";
import { followPace } from "./model/adding-pace.ts";
import { offerAppCommands } from "./model/app-commands.ts";
import { followAppearance } from "./model/appearance.ts";
import { followPanes } from "./model/arrange.ts";
import { followKeys } from "./model/commands.ts";
import { followAddress } from "./model/navigate.ts";
import { followNewNotes } from "./model/new-notes.ts";
import { followNotebook } from "./model/notebook.ts";
import { followBindings } from "./model/own-keys.ts";
import { followWindows, ownPane } from "./model/pane-windows.ts";
import { startSession } from "./model/session.ts";
import { followConsole } from "./model/sql-console.ts";
import { followLooks } from "./model/table-looks.ts";
import { followTrail } from "./model/trails.ts";
import { App } from "./views/frame/app.tsx";

const root = document.getElementById("root");
if (root) {
  followAppearance();
  followAddress();
  offerAppCommands();
  followKeys();
  followBindings();
  followNotebook();
  followNewNotes();
  if (ownPane === null) {
    followTrail();
    followPanes();
  }
  followWindows();
  followPace();
  followConsole();
  followLooks();
  createRoot(root).render(<App />);
  startSession();
}
