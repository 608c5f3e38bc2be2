// Who may come in: requests for this address by its own names, from pages of this server, with the cookie that a token was
// exchanged for. A token opens the gate once.

import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

export type Gate = {
  /** A new token. */
  invite(): string;
  /** The cookie to be set; null where the token was never given or has been used. */
  enter(token: string): string | null;
  /** Why a request is refused, as a sentence; null where it is let in. `changing`: it must come from a page of this server. */
  refusal(headers: IncomingHttpHeaders, kind: "looking" | "changing"): string | null;
  /** As `refusal`, but for the cookie: for the request that brings a token. */
  refusalOfAddress(headers: IncomingHttpHeaders): string | null;
};

export function newGate(port: number): Gate {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const cookie = `tidemark-${port}`;
  const secret = newSecret();
  const tokens = new Set<string>();

  function refusalOfAddress({ host }: IncomingHttpHeaders): string | null {
    return hosts.includes(host ?? "") ? null : "This address is not one of Tidemark's.";
  }

  return {
    invite() {
      const token = newSecret();
      tokens.add(digest(token).toString("hex"));
      return token;
    },
    enter(token) {
      if (!tokens.delete(digest(token).toString("hex"))) return null;
      return `${cookie}=${secret}; HttpOnly; SameSite=Strict; Path=/`;
    },
    refusalOfAddress,
    refusal(headers, kind) {
      const refused = refusalOfAddress(headers);
      if (refused !== null) return refused;
      if (kind === "changing" && headers.origin !== `http://${headers.host}`)
        return "This was not asked by a page of Tidemark.";
      const given = cookies(headers.cookie).filter(([name]) => name === cookie);
      const [first] = given;
      if (given.length === 1 && first && timingSafeEqual(digest(first[1]), digest(secret))) return null;
      return "This page of Tidemark is open to the browser that was given its address; start Tidemark again for a new one.";
    },
  };
}

function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** Compared by digest, so that neither length nor content shows in the time taken. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function cookies(header = ""): [string, string][] {
  return header.split(";").map((part) => {
    const [name = "", ...value] = part.trim().split("=");
    return [name, value.join("=")];
  });
}
