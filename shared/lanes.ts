// Which lane answers a call, and what is announced, by name: for those who pass calls on and validate none.

import type { CallName, Calls, EventName } from "./contract.ts";

export const lanes: { readonly [C in CallName]: Calls[C]["lane"] } = {
  "engine.state": "host",
  "app.about": "host",
  "case.open": "host",
  "case.new": "host",
  "case.close": "host",
  "sample.open": "host",
  "recent.list": "host",
  "recent.forget": "host",
  "path.pick": "host",
  "path.list": "host",
  "settings.read": "host",
  "settings.write": "host",
  "file.write": "host",
  "file.drop": "host",
  "upload.ticket": "host",
  "case.info": "read",
  "case.verify": "read",
  "query.rows": "read",
  "rows.beside": "read",
  "query.pivot": "read",
  "scope.totals": "read",
  "growth.read": "read",
  "nic.list": "read",
  "address.facts": "read",
  "notebook.read": "read",
  "evidence.around": "read",
  "record.text": "read",
  "sql.run": "sql",
  "case.create": "write",
  "source.add": "write",
  "source.pause": "write",
  "notebook.write": "write",
  "case.copy": "write",
  "evidence.export": "write",
  "source.undo": "write",
  "case.rebuild": "write",
  "case.recover": "write",
};

const announced: { readonly [E in EventName]: true } = {
  "ingest.progress": true,
  "ingest.warned": true,
  "verify.progress": true,
  "case.changed": true,
  "case.asked": true,
  "engine.restarted": true,
};
export const eventNames = Object.keys(announced) as EventName[]; // keys of a literal: exactly EventName
