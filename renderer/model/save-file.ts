// A file for others, written through the host as its text is made: there whole or not at all, and stopped at any moment.

import { ask } from "../host/ask.ts";
import { choosePath } from "./choose.ts";

/** Characters sent at a time. */
const PIECE = 1 << 20;

export type Saved = { readonly path: string; readonly bytes: number };

/** `name` is offered. Null: cancelled in the dialog. Throws what the host says, and "cancelled" where `signal` asked for it. */
export async function saveText(
  name: string,
  pieces: AsyncIterable<string>,
  signal: AbortSignal,
): Promise<Saved | null> {
  const [path] = (await choosePath("save", name)) ?? [];
  if (!path) return null;
  let at = 0;
  let text = "";
  const write = async (piece: string, last: boolean): Promise<void> => {
    signal.throwIfAborted();
    at = (await ask("file.write", { path, at, piece, as: "text", last })).bytes;
  };
  try {
    for await (const piece of pieces) {
      text += piece;
      while (text.length >= PIECE) {
        const cut = text.charCodeAt(PIECE - 1) >> 10 === 0x36 ? PIECE - 1 : PIECE; // not between surrogates
        await write(text.slice(0, cut), false);
        text = text.slice(cut);
      }
    }
    await write(text, true);
    return { path, bytes: at };
  } catch (thrown) {
    await ask("file.drop", { path }).catch(() => {}); // what failed is told; a host that is gone has dropped it
    throw thrown;
  }
}

/** Bytes sent at a time; a multiple of 3, so that each piece is base64 of its own. */
const BYTES = 3 << 18;

export async function saveBytes(name: string, bytes: Uint8Array): Promise<Saved | null> {
  const [path] = (await choosePath("save", name)) ?? [];
  if (!path) return null;
  try {
    for (let at = 0; ; at += BYTES) {
      const piece = base64(bytes.subarray(at, at + BYTES));
      const last = at + BYTES >= bytes.length;
      await ask("file.write", { path, at, piece, as: "base64", last });
      if (last) return { path, bytes: bytes.length };
    }
  } catch (thrown) {
    await ask("file.drop", { path }).catch(() => {}); // as above
    throw thrown;
  }
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}
