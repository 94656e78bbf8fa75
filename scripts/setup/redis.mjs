import { spawnSync } from "node:child_process";
import { say } from "./say.mjs";
import { canUseApt, quietly } from "./system-packages.mjs";

/**
 * A Redis for the tests that need one: the system's, else the distribution's through apt. Where neither can be had
 * those tests count as skipped, and that is said.
 */
export function ensureRedis(tools) {
  if (hasRedis(tools.env)) return;
  if (canUseApt()) {
    say("There is no redis-server for the tests of the queue yet: installing the system's with apt …");
    const env = { ...tools.env, DEBIAN_FRONTEND: "noninteractive" };
    quietly("apt-get", ["update", "-qq"], env);
    quietly("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "redis-server"], env);
    if (hasRedis(tools.env)) return;
  }
  say("There is no redis-server, and it cannot be installed here: the tests of the queue are skipped.");
}

function hasRedis(env) {
  return spawnSync("redis-server", ["--version"], { env, stdio: "ignore" }).status === 0;
}
