// The desktop window's first file: where its parts lie. It runs bundled, from dist/shell beside dist/renderer (build/bundle-shell.mjs).

import { join } from "node:path";
import { startShell } from "./start.ts";

startShell({ page: join(import.meta.dirname, "..", "renderer"), preload: join(import.meta.dirname, "preload.cjs") });
