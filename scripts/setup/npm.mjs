import { spawnSync } from "node:child_process";
import { root } from "./paths.mjs";
import { SetupError, say } from "./say.mjs";

const NETWORK_ERRORS =
  /\b(ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|FETCH_ERROR|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT_LOCALLY|network request)\b/;

/**
 * Runs npm quietly; its output is shown when it fails.
 * @param {string[]} args
 * @param {string} what what is being fetched, for the message
 * @throws {SetupError} that says in words what is wrong and what to do
 */
export function npm(args, what, env = process.env) {
  const isWindows = process.platform === "win32"; // npm is npm.cmd there, which only a shell starts
  const quoted = isWindows ? args.map((arg) => `"${arg}"`) : args;
  const result = spawnSync("npm", quoted, {
    cwd: root,
    env,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    shell: isWindows,
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (result.status === 0) return;
  if (result.error?.code === "ENOENT") {
    throw new SetupError(
      "npm was not found. It comes with Node: install Node from https://nodejs.org, then try again.",
    );
  }
  const output = `${result.stdout ?? ""}${result.stderr ?? ""}`.trim();
  if (output) say(output);
  throw new SetupError(explain(output, what, result));
}

/** What went wrong with npm, in words. */
export function explain(output, what, result) {
  if (NETWORK_ERRORS.test(output)) {
    return `Touchstone could not fetch ${what}: the npm registry cannot be reached. Check the network, a proxy (HTTPS_PROXY) or the registry (npm config get registry), then run the same command again. Nothing else was changed.`;
  }
  const how = result.signal ? `was stopped by ${result.signal}` : `ended with code ${result.status}`;
  return `Touchstone could not fetch ${what}: npm ${how}; it says why above. Run the same command again once that is mended.`;
}
