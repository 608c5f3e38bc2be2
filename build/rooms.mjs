// The rooms of the program and what each may import: other rooms, Node, packages. Data only.

export const rooms = {
  shared: { rooms: [], node: false },
  analysis: { rooms: ["shared"], node: false },
  segment: { rooms: ["shared", "analysis"], node: true },
  archive: { rooms: ["shared", "segment"], node: true },
  ingest: { rooms: ["shared", "segment", "archive"], node: true },
  store: { rooms: ["shared", "analysis", "segment"], node: true },
  query: { rooms: ["shared", "analysis", "segment", "archive", "store"], node: true },
  sample: { rooms: ["shared"], node: true },
  engine: { rooms: ["shared"], node: true },
  enrich: { rooms: ["shared"], node: true },
  export: { rooms: ["shared", "segment", "store", "query"], node: true },
  look: { rooms: ["shared", "engine", "enrich", "query", "store"], node: true },
  sql: { rooms: ["shared", "engine", "enrich", "query", "store"], node: true },
  work: {
    rooms: ["shared", "engine", "enrich", "archive", "ingest", "segment", "store", "query", "export"],
    node: true,
  },
  host: { rooms: ["shared", "engine", "sample"], node: true },
  loopback: { rooms: ["shared", "engine", "host"], node: true },
  shell: { rooms: ["shared", "engine", "host"], node: true },
  cli: { rooms: ["shared", "engine", "sample", "host", "loopback"], node: true },
  renderer: { rooms: ["shared"], node: false },
};

/** Each package and the rooms that may import it. */
export const packages = {
  "better-sqlite3": ["store"],
  electron: ["shell"],
  maxmind: ["enrich"],
  ws: ["loopback"],
  yazl: ["sample"],
  zod: ["shared"],
  "@lezer/common": ["shared"],
  "@lezer/lr": ["shared"],
  re2js: ["query"],
  react: ["renderer"],
  "react-dom": ["renderer"],
  zustand: ["renderer"],
  d3: ["renderer"],
  "radix-ui": ["renderer"],
  "lucide-react": ["renderer"],
  "@tanstack/react-virtual": ["renderer"],
  "markdown-it": ["renderer"],
  dompurify: ["renderer"],
};
