// How the columns of a table stand: order, which are shown, which stay at the left, how wide. Kept for all cases, a look a table. Pure.

/** What differs from how the table has them by itself. Ids that a table no longer has are let go. */
export type ColumnLook = {
  readonly order: readonly string[];
  readonly shown: Readonly<Record<string, boolean>>;
  readonly pinned: readonly string[];
  /** px */
  readonly widths: Readonly<Record<string, number>>;
};

export const densities = ["compact", "normal", "roomy"] as const;
export type Density = (typeof densities)[number];
/** px; the tokens --row-compact, --row, --row-roomy. */
export const rowHeights: Readonly<Record<Density, number>> = { compact: 22, normal: 26, roomy: 32 };

export type TableLooks = { readonly density: Density; readonly tables: Readonly<Record<string, ColumnLook>> };

export const PLAIN: ColumnLook = { order: [], shown: {}, pinned: [], widths: {} };
export const FIRST_LOOKS: TableLooks = { density: "normal", tables: {} };

const LEAST_WIDTH = 30;
const MOST_WIDTH = 1200;

type Standing = { readonly id: string; readonly width: number; readonly grow?: boolean; readonly rare?: boolean };

/** All of them in order: those at the left first, those without a place of their own where the table has them. */
export function ordered<C extends Standing>(columns: readonly C[], look: ColumnLook): readonly C[] {
  const place = new Map(look.order.map((id, i) => [id, i]));
  const at = (column: C): number => place.get(column.id) ?? -1;
  const placed = columns.filter((column) => at(column) >= 0).sort((a, b) => at(a) - at(b));
  let next = 0;
  const inOrder = columns.map((column) => (at(column) >= 0 ? (placed[next++] as C) : column));
  const isPinned = (column: C): boolean => look.pinned.includes(column.id);
  return [...inOrder.filter(isPinned), ...inOrder.filter((column) => !isPinned(column))];
}

export function isShown({ id, rare }: Standing, look: ColumnLook): boolean {
  return look.shown[id] ?? rare !== true;
}

/** Those that are shown, as they stand. A width that was chosen does not grow. */
export function arranged<C extends Standing>(
  columns: readonly C[],
  look: ColumnLook,
): readonly (C & { readonly pinned: boolean })[] {
  return ordered(columns, look)
    .filter((column) => isShown(column, look))
    .map((column) => {
      const width = look.widths[column.id];
      const pinned = look.pinned.includes(column.id);
      const fixed = width !== undefined || pinned;
      return { ...column, pinned, width: width ?? column.width, ...(fixed ? { grow: false } : {}) };
    });
}

/** One place up or down among all, shown or not. `ids`: all as they stand. */
export function moved(look: ColumnLook, ids: readonly string[], id: string, to: number): ColumnLook {
  const rest = ids.filter((each) => each !== id);
  const at = Math.max(0, Math.min(rest.length, to));
  return { ...look, order: [...rest.slice(0, at), id, ...rest.slice(at)] };
}

/** One column stays. */
export function toggledShown(look: ColumnLook, columns: readonly Standing[], id: string): ColumnLook {
  const one = columns.find((column) => column.id === id);
  if (!one) return look;
  const shown = isShown(one, look);
  if (shown && columns.filter((column) => isShown(column, look)).length === 1) return look;
  return { ...look, shown: { ...look.shown, [id]: !shown } };
}

export function toggledPin(look: ColumnLook, id: string): ColumnLook {
  const { pinned } = look;
  return { ...look, pinned: pinned.includes(id) ? pinned.filter((each) => each !== id) : [...pinned, id] };
}

/** px */
export function widened(look: ColumnLook, id: string, width: number): ColumnLook {
  return { ...look, widths: { ...look.widths, [id]: Math.round(Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, width))) } };
}

export function printLooks(looks: TableLooks): string {
  return JSON.stringify(looks);
}

/** What is not right is as at first. */
export function parseLooks(text: string | null): TableLooks {
  const read = objectIn(parsed(text));
  const tables = Object.entries(objectIn(read.tables)).map(([name, look]) => [name, lookIn(objectIn(look))] as const);
  return { density: densities.find((name) => name === read.density) ?? "normal", tables: Object.fromEntries(tables) };
}

function lookIn(read: Readonly<Record<string, unknown>>): ColumnLook {
  const kept = <T>(of: unknown, is: (value: unknown) => value is T): Record<string, T> =>
    Object.fromEntries(Object.entries(objectIn(of)).filter((entry): entry is [string, T] => is(entry[1])));
  return {
    order: textsIn(read.order),
    pinned: textsIn(read.pinned),
    shown: kept(read.shown, (value) => typeof value === "boolean"),
    widths: kept(
      read.widths,
      (value): value is number => typeof value === "number" && value >= LEAST_WIDTH && value <= MOST_WIDTH,
    ),
  };
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

function objectIn(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {}; // each field is checked by its reader
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "{}");
  } catch {
    return {};
  }
}
