// What an operating system refuses, told as a part of a sentence: "… cannot be written: …".

const WORDS: Readonly<Record<string, string>> = {
  EACCES: "this user may not write there",
  EPERM: "this user may not write there, or another program holds it",
  EROFS: "that disk can only be read",
  EIO: "the disk failed",
  ENODEV: "the disk is not there any more",
  ENOENT: "a folder above it is not there",
  ENOTDIR: "a part of its path is a file, not a folder",
  EISDIR: "there is a folder of that name",
  EEXIST: "something of that name is there",
  ENAMETOOLONG: "its path is too long for this system",
  ELOOP: "its links lead in a circle",
  ETXTBSY: "it is a program that is running",
  EBUSY: "another program holds it",
  EMFILE: "this machine has too many files open",
  ENFILE: "this machine has too many files open",
};
const FULL = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/** EROFS and the like; "" of anything else. */
export function systemCode(thrown: unknown): string {
  const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
  return /^E[A-Z0-9]+$/.test(code) ? code : "";
}

export function isFull(code: string): boolean {
  return FULL.has(code);
}

/** The code itself stands behind the words, for whoever knows it. */
export function whyNotWritten(code: string): string {
  const words = WORDS[code];
  return words === undefined ? code : `${words} (${code})`;
}
