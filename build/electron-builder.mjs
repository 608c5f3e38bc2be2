// How the desktop program is put together: what goes into the archive, what beside it, and Electron's fuses (RELIABILITY: nothing
// runs as Node, no options from the environment, code from the archive only). The program is bundled before (bundle-shell.mjs), so
// of its packages only the one with native code goes in, with the binary of this platform alone.

import { rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const NATIVE = "node_modules/better-sqlite3";
const COUNTRIES = "node_modules/@ip-location-db/geo-whois-asn-country-mmdb";

/** Its JavaScript and the one binary of a platform; electron-builder fills in the architecture that is built for. */
const native = (platform) => ({
  from: NATIVE,
  to: NATIVE,
  filter: ["package.json", "LICENSE", "lib/**/*.js", `prebuilds/${platform}-$\{arch}.node`],
});

/** `inspectable`: a build to be driven by Playwright; the only difference is the fuse it needs. */
export function packaging({ shell, page, output, electronDist, inspectable = false }) {
  return {
    appId: "net.tidemark.app",
    productName: "Tidemark",
    executableName: "tidemark",
    copyright: "MIT licence",
    directories: { output, buildResources: here("icons") },
    extraMetadata: { main: "dist/shell/main.mjs" },
    npmRebuild: false, // its binaries come with better-sqlite3
    ...(electronDist === undefined ? {} : { electronDist }),
    asar: true,
    files: [
      "!**/*",
      "package.json",
      { from: shell, to: "dist/shell", filter: ["*.mjs", "preload.cjs"] },
      { from: page, to: "dist/renderer" },
    ],
    asarUnpack: [`${NATIVE}/prebuilds/*.node`],
    extraResources: [
      { from: `${COUNTRIES}/geo-whois-asn-country.mmdb`, to: "geo-whois-asn-country.mmdb" },
      { from: `${COUNTRIES}/NRO_LICENSE`, to: "geo-whois-asn-country.LICENSE" },
      { from: "LICENSE", to: "tidemark.LICENSE" },
    ],
    fileAssociations: [
      { ext: "tidemark", name: "Tidemark case", role: "Editor", mimeType: "application/vnd.tidemark.case" },
    ],
    electronFuses: {
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: inspectable,
      enableCookieEncryption: true,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    },
    afterPack: (
      { appOutDir, packager }, // left behind where Electron comes from a folder
    ) => rm(join(packager.getResourcesDir(appOutDir), "default_app.asar"), { force: true }),
    linux: {
      files: [native("linux")],
      target: ["tar.gz", "deb"],
      category: "Utility",
      icon: here("icons"),
      maintainer: "Tidemark",
    },
    win: { files: [native("win32")], target: ["nsis"], icon: here("icons/icon.ico") },
    mac: {
      files: [native("darwin")],
      target: ["dmg"],
      icon: here("icons/icon.icns"),
      category: "public.app-category.utilities",
      hardenedRuntime: true,
      entitlements: here("entitlements.plist"),
      entitlementsInherit: here("entitlements.plist"),
    },
  };
}
