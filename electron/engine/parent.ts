// The one that started this process, over the port it gave: Node's channel of a forked process, or Electron's of a utility process.

import { assert } from "../../shared/failure.ts";

/** What is sent once it is gone is dropped. `onGone` tells once, when it has let this process go or is no more. */
export type Parent = {
  send(message: unknown): void;
  onMessage(receive: (message: unknown) => void): void;
  onGone(told: () => void): void;
};

/** A utility process is let go by this message: its channel has no end of its own, and it ends with the one that started it. */
export const LEAVE = { leave: true } as const;

type ParentPort = {
  postMessage(message: unknown): void;
  on(event: "message", hear: (event: { readonly data: unknown }) => void): void;
};

export function parentOf(from: NodeJS.Process): Parent {
  const { parentPort } = from as { readonly parentPort?: ParentPort }; // there under Electron only
  return parentPort === undefined ? overChannel(from) : overPort(parentPort);
}

function overChannel(from: NodeJS.Process): Parent {
  assert(from.send !== undefined, "a process of the engine is started by the engine");
  return {
    send(message) {
      if (from.connected) from.send?.(message, undefined, undefined, () => {}); // a parent that has just gone is told by disconnect
    },
    onMessage: (receive) => from.on("message", receive),
    onGone(told) {
      if (from.connected) from.on("disconnect", told);
      else told(); // let go while it was loading
    },
  };
}

function overPort(port: ParentPort): Parent {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (receive) => port.on("message", ({ data }) => receive(data)),
    onGone: (told) =>
      port.on("message", ({ data }) => {
        if (typeof data === "object" && data !== null && "leave" in data) told();
      }),
  };
}
