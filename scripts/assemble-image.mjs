// `node scripts/assemble-image.mjs FOLDER`: everything that a server needs, and nothing else, in one folder: what the
// Dockerfile ships. Runs without the sources, the dependencies or npm; only Node must be there.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { bootstrap } from "./bootstrap.mjs";
import { root } from "./setup/paths.mjs";
import { runMain, SetupError, say } from "./setup/say.mjs";
import { runTool } from "./setup/spawn.mjs";

/** Beside the ordinary build, which may be serving. */
const DIST = ".next-image";
/** What an operator calls inside the container: `node backup.mjs FILE`. */
const COMMANDS = ["admin", "backup", "judge-noise", "restore", "rotate-key", "worker"];

await runMain(async () => {
  const target = process.argv[2];
  if (!target) throw new SetupError("Usage: node scripts/assemble-image.mjs FOLDER");
  const folder = path.resolve(target);
  if (existsSync(folder)) throw new SetupError(`${folder} is there already. Nothing was done.`);
  buildStandalone(bootstrap());
  const built = path.join(root, DIST);
  mkdirSync(path.dirname(folder), { recursive: true });
  for (const name of ["server.js", "package.json", "node_modules", DIST])
    cpSync(path.join(built, "standalone", name), path.join(folder, name), {
      recursive: true,
      verbatimSymlinks: true,
    });
  cpSync(path.join(built, "static"), path.join(folder, DIST, "static"), { recursive: true });
  cpSync(path.join(root, "db/migrations"), path.join(folder, "db/migrations"), { recursive: true });
  for (const name of ["start", "probe"])
    cpSync(path.join(root, `scripts/image/${name}.mjs`), path.join(folder, `${name}.mjs`));
  await bundleCommands(folder);
  if (!process.argv.includes("--keep-build")) rmSync(built, { recursive: true, force: true });
  say(`${folder} is ready: node ${path.join(folder, "start.mjs")} serves it.`);
  return 0;
});

/** Next writes the folder of types into tsconfig.json; what stood there is put back. */
function buildStandalone(tools) {
  const config = path.join(root, "tsconfig.json");
  const before = readFileSync(config, "utf8");
  try {
    const env = { NODE_ENV: "production", STANDALONE: "1", NEXT_DIST_DIR: DIST };
    if (runTool(tools, "next", ["build"], env) !== 0)
      throw new SetupError("The app could not be built; the reason is above.");
  } finally {
    writeFileSync(config, before);
  }
}

/** One file a command: the container has neither tsx nor the sources. */
async function bundleCommands(folder) {
  await build({
    entryPoints: COMMANDS.map((name) => path.join(root, `scripts/cli/${name}.ts`)),
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    conditions: ["react-server"],
    external: ["better-sqlite3"],
    // bundled packages of the older kind call require
    banner: {
      js: 'import { createRequire as __make } from "node:module"; const require = __make(import.meta.url);',
    },
    logLevel: "warning",
  });
}
