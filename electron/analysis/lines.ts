// Which flow logs of a NIC follow one another, so that flows go on from one to the next (docs/settling.md 1); and which of two logs of
// one flow is the better (4).

export type FlowLogAtNic = {
  /** 0: none. */
  readonly nic: number;
  /** MAC as logged; null: none. */
  readonly mac: string | null;
  readonly flowLog: number;
  readonly format: "vnet" | "nsg";
  readonly target: string | null;
  /** Format, id, GUID and target without case: what a flow log is told by. */
  readonly name: string;
  /** Its first and last tuple at the NIC, in ms; where a NIC has one flow log only they do not matter. */
  readonly first: number;
  readonly last: number;
};

/** Of each: the number of its line among its NIC's. */
export function linesOf(logs: readonly FlowLogAtNic[]): number[] {
  const lines = logs.map(() => 0);
  const byNic = new Map<number, number[]>();
  logs.forEach((log, i) => {
    const own = byNic.get(log.nic);
    if (own) own.push(i);
    else byNic.set(log.nic, [i]);
  });
  for (const own of byNic.values()) {
    const at = (i: number): FlowLogAtNic => logs[i] as FlowLogAtNic;
    own.sort((a, b) => at(a).first - at(b).first || compare(at(a).name, at(b).name));
    const ends: number[] = [];
    for (const i of own) {
      let line = -1;
      for (let l = 0; l < ends.length; l++)
        if ((ends[l] as number) <= at(i).first && (line === -1 || (ends[l] as number) > (ends[line] as number)))
          line = l;
      if (line === -1) line = ends.push(0) - 1;
      ends[line] = at(i).last;
      lines[i] = line;
    }
  }
  return lines;
}

/** Of each: its place when all are put in order, the best first; direction comes before this. */
export function ranksOf(logs: readonly FlowLogAtNic[]): number[] {
  const order = logs.map((_, i) => i);
  const at = (i: number): FlowLogAtNic => logs[i] as FlowLogAtNic;
  order.sort((a, b) => compareLogs(at(a), at(b)));
  const ranks = logs.map(() => 0);
  order.forEach((i, place) => {
    ranks[i] = place;
  });
  return ranks;
}

function compareLogs(a: FlowLogAtNic, b: FlowLogAtNic): number {
  return (
    Number(a.format !== "vnet") - Number(b.format !== "vnet") ||
    breadth(a.target) - breadth(b.target) ||
    Number(a.mac === null) - Number(b.mac === null) ||
    compare(a.mac ?? "", b.mac ?? "") ||
    compare(a.name, b.name)
  );
}

/** Of a target: 0 a NIC, 1 a subnet, 2 a virtual network, 3 anything else. */
function breadth(target: string | null): number {
  const id = target?.toLowerCase() ?? "";
  const at = ["/networkinterfaces/", "/subnets/", "/virtualnetworks/"].findIndex((type) => id.includes(type));
  return at === -1 ? 3 : at;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
