// Private or public: whether an address can belong to somebody on the internet. From the IANA special-purpose registries
// (RFC 6890 and its updates). Documentation and benchmark ranges count as public here: in evidence they stand for the internet.

import { type Block, type IpBytes, inBlock, parseBlock } from "./ip.ts";

export const privateBlocks: readonly Block[] = [
  "0.0.0.0/8", // this network
  "10.0.0.0/8", // RFC 1918
  "100.64.0.0/10", // shared address space, RFC 6598
  "127.0.0.0/8", // loopback
  "168.63.129.16/32", // Azure's virtual platform address, the same in every network
  "169.254.0.0/16", // link local, Azure's instance metadata
  "172.16.0.0/12", // RFC 1918
  "192.168.0.0/16", // RFC 1918
  "224.0.0.0/4", // multicast
  "240.0.0.0/4", // reserved, broadcast
  "::/128",
  "::1/128",
  "fc00::/7", // unique local, RFC 4193
  "fe80::/10", // link local
  "ff00::/8", // multicast
].flatMap((text) => parseBlock(text) ?? []);

export function isPrivate(address: IpBytes): boolean {
  return privateBlocks.some((block) => inBlock(address, block));
}
