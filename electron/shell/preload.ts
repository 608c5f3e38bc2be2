// Runs before the page, apart from it and in the sandbox: hands on the window's port, paths of dropped files and the menu's commands.
// Nothing of Electron itself reaches the page.

import { contextBridge, ipcRenderer, webUtils } from "electron";
import { COMMAND_CHANNEL, PANE_CHANNEL, WIRE_CHANNEL } from "./channels.ts";

ipcRenderer.on(WIRE_CHANNEL, ({ ports }) => {
  window.postMessage({ tidemark: "wire" }, location.origin, [...ports]);
});

contextBridge.exposeInMainWorld("tidemark", {
  /** Asks for a port, which comes as a message to this window. */
  askForWire: (): void => ipcRenderer.send(WIRE_CHANNEL),
  paths: (files: readonly File[]): readonly string[] => files.map((file) => webUtils.getPathForFile(file)),
  openPane: (address: string): void => ipcRenderer.send(PANE_CHANNEL, address),
  onCommand(run: (command: string) => void): void {
    ipcRenderer.on(COMMAND_CHANNEL, (_event, command: unknown) => {
      if (typeof command === "string") run(command);
    });
  },
});
