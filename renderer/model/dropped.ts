// What a drop holds: every file of it with its path below what was dropped.

export type Dropped = { readonly path: string; readonly file: File };

/** Of a drop's items, at once: they are gone after its first pause. */
export function entriesOf(transfer: DataTransfer): readonly FileSystemEntry[] {
  return [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
}

/** A file that is not from the file system has no entry. */
export async function filesOf(
  entries: readonly FileSystemEntry[],
  files: readonly File[],
): Promise<readonly Dropped[]> {
  if (entries.length === 0) return files.map((file) => ({ path: file.name, file }));
  const found: Dropped[] = [];
  const rest = [...entries];
  for (let entry = rest.shift(); entry !== undefined; entry = rest.shift()) {
    if (entry.isFile) found.push({ path: entry.fullPath.replace(/^\//, ""), file: await fileOf(entry) });
    else rest.unshift(...(await childrenOf(entry)));
  }
  return found;
}

function fileOf(entry: FileSystemEntry): Promise<File> {
  return new Promise((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)); // as its isFile says
}

/** A reader gives a folder's entries a hundred at a time, and none when there are no more. */
async function childrenOf(entry: FileSystemEntry): Promise<readonly FileSystemEntry[]> {
  const reader = (entry as FileSystemDirectoryEntry).createReader(); // as its isFile says
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}
