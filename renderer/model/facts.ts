// What is known of addresses and NICs: countries (asked for as they are shown, kept), and which NIC owns which address.

import { useEffect, useMemo } from "react";
import { create } from "zustand";
import type { AddressFacts, Nic } from "../../shared/contract.ts";
import { ask } from "../host/ask.ts";
import { useAnswer } from "./answer.ts";
import { useSession } from "./session.ts";

type Known = {
  /** Asked for in vain: nothing will be known of them until they are asked for again. */
  readonly inVain: ReadonlySet<string>;
  readonly source: { readonly name: string; readonly builtTime: number } | null;
  readonly byIp: ReadonlyMap<string, AddressFacts>;
};

export const useFactsKnown = create<Known>(() => ({ inVain: new Set(), source: null, byIp: new Map() }));

const wanted = new Set<string>();
let asking = false;
const BATCH = 2000;

/** Facts of these addresses as far as they are known by now; the rest is asked for. */
export function useFacts(ips: readonly string[]): Known["byIp"] {
  const byIp = useFactsKnown((known) => known.byIp);
  const open = useSession((session) => session.open !== null && session.connected);
  useEffect(() => {
    if (!open) return;
    for (const ip of ips) if (!byIp.has(ip)) wanted.add(ip);
    if (wanted.size > 0 && !asking) void askWanted();
  }, [ips, byIp, open]);
  return byIp;
}

/** Nothing more is on its way: what is known of these addresses is all that can be for now. */
export function useAllFactsKnown(ips: readonly string[]): boolean {
  const { byIp, inVain } = useFactsKnown();
  return useMemo(() => ips.every((ip) => byIp.has(ip) || inVain.has(ip)), [ips, byIp, inVain]);
}

const alone = new Map<string, readonly string[]>();

/** Facts of one address. */
export function useFactsOf(ip: string): AddressFacts | undefined {
  const ips = alone.get(ip) ?? [ip]; // the same list each time, so that the effect on it runs once
  alone.set(ip, ips);
  return useFacts(ips).get(ip);
}

async function askWanted(): Promise<void> {
  asking = true;
  try {
    while (wanted.size > 0) {
      const ips = [...wanted].slice(0, BATCH);
      const { source, addresses } = await ask("address.facts", { ips });
      const { byIp: before, inVain: without } = useFactsKnown.getState();
      const byIp = new Map(before);
      for (const facts of addresses) byIp.set(facts.ip, facts);
      for (const ip of ips) wanted.delete(ip);
      const inVain = new Set([...without, ...ips].filter((ip) => !byIp.has(ip)));
      useFactsKnown.setState({ source, byIp, inVain });
    }
  } catch {
    useFactsKnown.setState(({ inVain }) => ({ inVain: new Set([...inVain, ...wanted]) }));
    wanted.clear(); // countries are a label: asked for again with the next answer
  } finally {
    asking = false;
  }
}

export type Nics = {
  /** False until the engine has said which NICs there are, or could not. */
  readonly known: boolean;
  readonly list: readonly Nic[];
  readonly byMac: ReadonlyMap<string, Nic>;
  /** The likeliest owner of an address. */
  readonly byAddress: ReadonlyMap<string, Nic>;
};

const NOTHING = {};

export function useNics(): Nics {
  const { value, failure } = useAnswer("nic.list", NOTHING);
  return useMemo(() => {
    const list = value?.nics ?? [];
    const byAddress = new Map<string, Nic>();
    // an appliance's list goes on with addresses it passed on: only the likeliest is taken for its own
    for (const nic of list) {
      const own = nic.addresses[0]?.ip;
      if (own !== undefined && !byAddress.has(own)) byAddress.set(own, nic);
    }
    return {
      known: value !== null || failure !== null,
      list,
      byMac: new Map(list.map((nic) => [nic.nic, nic])),
      byAddress,
    };
  }, [value, failure]);
}
