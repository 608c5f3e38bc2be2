// Makes a forked process look like one of Electron's utility processes, then runs its entry.

import { EventEmitter } from "node:events";
import { pathToFileURL } from "node:url";

const send = process.send.bind(process);
const port = new EventEmitter();
port.postMessage = (message) => send(message, undefined, undefined, () => {});
const waiting = []; // until somebody hears
const tell = (data) => port.emit("message", { data, ports: [] });
process.on("message", (data) => {
  if (port.listenerCount("message") > 0) tell(data);
  else waiting.push(data);
});
port.on("newListener", (name) => {
  if (name !== "message") return;
  queueMicrotask(() => {
    for (const data of waiting.splice(0)) tell(data);
  });
});
process.on("disconnect", () => process.exit(0)); // Chromium ends it with the one that started it
Object.defineProperty(process, "parentPort", { value: port, enumerable: true });
Object.defineProperty(process, "send", { value: undefined });
process.argv.splice(1, 1);
await import(pathToFileURL(process.argv[1]).href);
