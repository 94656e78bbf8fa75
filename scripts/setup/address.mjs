import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./paths.mjs";
import { SetupError } from "./say.mjs";

/**
 * Where to listen and where the data lives: HOST, PORT and TOUCHSTONE_DATA_DIR, then what *Make reachable* saved in the
 * data folder. The default host is the loopback address: nothing is reachable from outside unless that is asked for.
 */
export function readAddress(env) {
  const port = env.PORT || "3000";
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new SetupError(`PORT is "${port}": it must be a number from 0 to 65535.`);
  }
  const dataDir = path.resolve(root, env.TOUCHSTONE_DATA_DIR || "data");
  const saved = env.HOST || env.TOUCHSTONE_URL ? {} : readSaved(path.join(dataDir, "address.json"));
  const host = env.HOST || saved.HOST || "127.0.0.1";
  const more = saved.TOUCHSTONE_URL
    ? {
        TOUCHSTONE_URL: saved.TOUCHSTONE_URL,
        TOUCHSTONE_ALLOW_HOSTS: env.TOUCHSTONE_ALLOW_HOSTS || saved.TOUCHSTONE_ALLOW_HOSTS || "",
      }
    : {};
  return { host, port, dataDir, args: ["-H", host, "-p", port], env: more };
}

function readSaved(file) {
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new SetupError(
      `${file} cannot be read (${error.message}). Remove it, or set HOST and TOUCHSTONE_URL.`,
    );
  }
}
