// By what rows are sorted: several fields, the first one first. Pure.

export type Sort = { readonly field: string; readonly order: "asc" | "desc" };
/** Empty: the table's own order. Each field once. */
export type Sorting = readonly Sort[];

const MOST = 8;

/** A click sorts by the field alone: down, up, not at all. With `also` it joins the others, in its place. */
export function nextSorting(sorting: Sorting, field: string, how: "alone" | "also"): Sorting {
  const known = sorting.find((sort) => sort.field === field);
  const next: Sort | null =
    known === undefined ? { field, order: "desc" } : known.order === "desc" ? { field, order: "asc" } : null;
  if (how === "alone") return sorting.length > 1 && known ? [{ field, order: "desc" }] : next ? [next] : [];
  if (known === undefined) return [...sorting, { field, order: "desc" } as const].slice(0, MOST);
  return sorting.flatMap((sort) => (sort.field !== field ? [sort] : next ? [next] : []));
}

/** "bytesSent:desc,time:asc" */
export function printSorting(sorting: Sorting): string {
  return sorting.map(({ field, order }) => `${field}:${order}`).join(",");
}

/** What is not right is left out. */
export function parseSorting(text: string): Sorting {
  const read = text.split(",").flatMap((part): readonly Sort[] => {
    const [field, order] = part.split(":");
    return field && (order === "asc" || order === "desc") ? [{ field, order }] : [];
  });
  return read.filter(({ field }, i) => read.findIndex((sort) => sort.field === field) === i).slice(0, MOST);
}

/** As questions have it. */
export function asked(sorting: Sorting): Sort[] | null {
  return sorting.length === 0 ? null : [...sorting];
}
