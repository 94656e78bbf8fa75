import path from "node:path";
import { root } from "./paths.mjs";
import { SetupError } from "./say.mjs";

/**
 * Where to listen and where the data lives, from HOST, PORT and TOUCHSTONE_DATA_DIR.
 * The default host is the loopback address: nothing is reachable from outside unless that is asked for.
 */
export function readAddress(env) {
  const host = env.HOST || "127.0.0.1";
  const port = env.PORT || "3000";
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new SetupError(`PORT is "${port}": it must be a number from 0 to 65535.`);
  }
  const dataDir = path.resolve(root, env.TOUCHSTONE_DATA_DIR || "data");
  return { host, port, dataDir, args: ["-H", host, "-p", port] };
}
