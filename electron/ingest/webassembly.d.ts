// The part of WebAssembly that the kernel's host uses. Node has it; its types do not tell of it without those of a browser.

declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module, imports: Readonly<Record<string, object>>);
    readonly exports: unknown;
  }
  class Memory {
    private constructor();
    readonly buffer: ArrayBuffer;
    /** By pages of 64 KiB; `buffer` is another from then on. */
    grow(pages: number): number;
  }
}
