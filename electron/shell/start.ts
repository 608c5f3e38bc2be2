// The order of events. What must be said before Electron is ready is said in one synchronous run; everything else waits for it.
// One process a user: a second start hands its case to the first and ends.

import { app, Menu, protocol, session } from "electron";
import { caseAmong, caseHandedOn } from "../host/asked-case.ts";
import { openDesk } from "../host/desk.ts";
import { readPageFiles } from "../host/page-files.ts";
import { guardContents, guardSession, stayOffline } from "./guards.ts";
import { launchUtility } from "./launch.ts";
import { menuTemplate } from "./menu.ts";
import { answer, PAGE_SCHEME } from "./protocol.ts";
import { newWindows, type Windows } from "./windows.ts";

export type Parts = { readonly page: string; readonly preload: string };

/** A page that loads again finds its engine as it left it. */
const LINGER_MS = 3000;

export function startShell({ page, preload }: Parts): void {
  app.setName("Tidemark");
  app.enableSandbox();
  stayOffline();
  protocol.registerSchemesAsPrivileged([PAGE_SCHEME]);
  const casePath = caseAmong(process.argv.slice(app.isPackaged ? 1 : 2));
  if (!app.requestSingleInstanceLock({ casePath })) return app.exit(0);

  let windows: Windows | null = null;
  let asked = casePath;
  const ask = (path: string | null): void => {
    if (windows === null) asked = path ?? asked;
    else windows.ask(path);
  };
  app.on("open-file", (event, path) => {
    event.preventDefault();
    ask(path);
  });
  app.on("second-instance", (_event, _argv, _folder, data) => ask(caseHandedOn(data)));
  app.on("activate", (_event, hasWindows) => {
    if (!hasWindows) ask(null);
  });
  app.on("window-all-closed", () => {
    if (process.platform !== "darwin") app.quit();
  });
  app.on("web-contents-created", (_event, contents) => guardContents(contents));
  void app.whenReady().then(() => {
    guardSession(session.defaultSession, { devTools: !app.isPackaged });
    const files = readPageFiles(page);
    protocol.handle(PAGE_SCHEME.scheme, (request) => answer(files, request));
    const desk = openDesk({ host: "window", launch: launchUtility, lingerMs: LINGER_MS });
    endBeforeQuitting(() => desk.close());
    windows = newWindows(desk, preload);
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(windows)));
    windows.ask(asked);
  });
}

/** Engines are let go first, so that they can seal their cases. */
function endBeforeQuitting(end: () => Promise<void>): void {
  let ended = false;
  app.on("will-quit", (event) => {
    if (ended) return;
    event.preventDefault();
    void end().finally(() => {
      ended = true;
      app.quit();
    });
  });
}
