// The whole sample incident in memory: everything that happened, in order, as the rows each NIC logs.

import { intrusion } from "./intrusion.ts";
import { noise, throughRestart } from "./noise.ts";
import { observe, type Row } from "./observe.ts";
import { assignPorts } from "./ports.ts";
import { random } from "./random.ts";
import { peopleTraffic } from "./traffic-people.ts";
import { serverTraffic } from "./traffic-servers.ts";

export function incidentRows(): Row[] {
  const flows = throughRestart([...serverTraffic(), ...peopleTraffic(), ...noise(), ...intrusion()]);
  const draw = random("observation");
  return assignPorts(flows, random("ports")).flatMap((flow) => observe(flow, draw));
}
