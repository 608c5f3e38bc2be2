// What a page may never do, whatever it holds: reach a network, be granted anything, go elsewhere, open windows or devices.
// Electron grants and allows by default; each line takes something away.

import { app, type Event, type Session, type WebContents } from "electron";
import { isOwn, ORIGIN } from "./protocol.ts";

/** Copying text. */
const GRANTED = "clipboard-sanitized-write";

/** Before ready. No name resolves, and Chromium asks for nothing on its own account. */
export function stayOffline(): void {
  const { commandLine } = app;
  commandLine.appendSwitch("host-resolver-rules", "MAP * ~NOTFOUND");
  for (const name of ["disable-background-networking", "disable-component-update", "disable-domain-reliability"])
    commandLine.appendSwitch(name);
  commandLine.appendSwitch("no-pings");
}

/** `devTools`: those of a program that is being developed load their own pages. */
export function guardSession(session: Session, { devTools }: { readonly devTools: boolean }): void {
  session.webRequest.onBeforeRequest(({ url }, decide) => {
    decide({ cancel: !isOwn(url) && !(devTools && url.startsWith("devtools://devtools/")) });
  });
  session.setPermissionRequestHandler((_contents, permission, decide, { requestingUrl }) => {
    decide(permission === GRANTED && isOwn(requestingUrl));
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => permission === GRANTED && (origin === ORIGIN || origin === `${ORIGIN}/`),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, decide) => decide(null));
  session.setBluetoothPairingHandler((_details, decide) => decide({ confirmed: false }));
  session.on("select-hid-device", chooseNone);
  session.on("select-usb-device", chooseNone);
  session.on("select-serial-port", chooseNone);
  session.on("will-download", (event, item) => {
    if (!item.getURL().startsWith(`blob:${ORIGIN}/`)) event.preventDefault(); // what the page itself made may be saved
  });
}

/** For every page there is, as it is made. */
export function guardContents(contents: WebContents): void {
  contents.on("will-navigate", (event) => event.preventDefault());
  contents.on("will-frame-navigate", (event) => event.preventDefault());
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.on("select-bluetooth-device", chooseNone);
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
}

/** The last argument of such an event chooses. */
function chooseNone(event: Event, ...rest: readonly unknown[]): void {
  event.preventDefault();
  const choose = rest.at(-1);
  if (typeof choose === "function") choose("");
}
