// The page's one Trusted Types policy: script URLs are those of its own workers, nothing else.

type Policy = { createScriptURL(url: string): unknown };
type Factory = { createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy };

const factory = (window as { trustedTypes?: Factory }).trustedTypes;
const policy = factory?.createPolicy("tidemark", {
  createScriptURL(url) {
    const resolved = new URL(url, location.href);
    if (resolved.origin !== location.origin) throw new TypeError(`${url} is not a script of this page`);
    return resolved.href;
  },
});

/** `url` from `import url from "./x.worker.ts?worker&url"`. */
export function startWorker(url: string): Worker {
  const trusted = policy ? policy.createScriptURL(url) : url;
  return new Worker(trusted as string, { type: "module" }); // a TrustedScriptURL where the browser has them
}
