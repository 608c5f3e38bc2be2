// The code of the analysis kernel (kernel/, compiled into kernel-bytes.ts by build/kernel.mjs), and its memory as the host lays it out:
// each use has an instance of its own, with room for the columns that it needs only.

import { KERNEL } from "./kernel-bytes.ts";

export type Global = { value: number };
export type KernelMemory = { readonly memory: WebAssembly.Memory };
/** As long as any part of a segment: 131,072 addresses of 20 bytes, 65,536 keys of 16. What claims to be longer is refused. */
export const PART_BYTES = 6 * 1024 * 1024;

type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;
type Make<C extends Column> = new (buffer: ArrayBuffer, at: number, length: number) => C;

const PAGE = 65536;

let compiled: WebAssembly.Module | null = null;

/** Its exports, as kernel/index.ts has them. */
export function kernelExports(host: {
  precedes(a: number, b: number): number;
  numberSix(at: number, count: number): void;
}): unknown {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(KERNEL), (letter) => letter.charCodeAt(0)));
  const damaged = (): never => {
    throw new RangeError("it does not hold what it says");
  };
  return new WebAssembly.Instance(compiled, { host: { ...host, damaged } }).exports;
}

/** Puts columns one after another, the first behind the kernel's own page, and makes room for them. */
export function layOutColumns(calls: KernelMemory, columns: readonly (readonly [name: string, bytes: number])[]): void {
  let end = PAGE;
  for (const [name, bytes] of columns) {
    addressOf(calls, name).value = end;
    end = Math.ceil((end + bytes) / 64) * 64;
  }
  const more = Math.ceil(end / PAGE) - calls.memory.buffer.byteLength / PAGE;
  if (more > 0) calls.memory.grow(more);
}

/** Good until its memory grows. */
export function viewOf<C extends Column>(calls: KernelMemory, make: Make<C>, name: string, length: number): C {
  return new make(calls.memory.buffer as ArrayBuffer, addressOf(calls, name).value >>> 0, length);
}

export function addressOf(calls: KernelMemory, name: string): Global {
  return (calls as unknown as Readonly<Record<string, Global>>)[name] as Global; // kernel/memory.ts has all that are laid out
}

/** Puts a segment's part where the kernel reads it; its length. */
export function putPart(part: Uint8Array, bytes: Uint8Array): number {
  if (bytes.length > part.length) throw new RangeError(`${bytes.length} bytes are more than any part of a segment has`);
  part.set(bytes);
  return bytes.length;
}

/** So many columns of `length`, each with its bytes a row. */
export function columns(length: number, bytes: Readonly<Record<string, number>>): [string, number][] {
  return Object.entries(bytes).map(([name, each]) => [name, each * length]);
}
