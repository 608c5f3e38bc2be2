// The one place where a window is made, and what its page may do: nothing but show itself and speak over its port.

import { app, BrowserWindow } from "electron";

/** `name`: by which Electron keeps its place and size. */
export function createWindow(name: string, preload: string): BrowserWindow {
  const window = new BrowserWindow({
    name,
    windowStatePersistence: true,
    title: "Tidemark",
    width: 1440,
    height: 900,
    minWidth: 900,
    minHeight: 600,
    show: false,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      spellcheck: false, // its dictionaries would be downloaded
      devTools: !app.isPackaged,
    },
  });
  window.once("ready-to-show", () => window.show());
  window.on("page-title-updated", (event) => event.preventDefault()); // the title is the case's (progress.ts)
  return window;
}
