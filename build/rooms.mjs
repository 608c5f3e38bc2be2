// The rooms of the program and what each may import: other rooms, Node, packages. Data only.

export const rooms = {
  shared: { rooms: [], node: false },
  analysis: { rooms: ["shared"], node: false },
  segment: { rooms: ["shared", "analysis"], node: true },
  ingest: { rooms: ["shared", "segment"], node: true },
  store: { rooms: ["shared", "analysis", "segment"], node: true },
  query: { rooms: ["shared", "analysis", "segment", "store"], node: true },
  sample: { rooms: ["shared"], node: true },
  engine: { rooms: ["shared"], node: true },
  look: { rooms: ["shared", "engine", "query", "store"], node: true },
  work: { rooms: ["shared", "engine", "ingest", "segment", "store", "query"], node: true },
  cli: { rooms: ["shared", "engine", "sample"], node: true },
};

/** Each package and the rooms that may import it. */
export const packages = {
  "better-sqlite3": ["store"],
  yauzl: ["ingest"],
  yazl: ["sample"],
  zod: ["shared"],
};
