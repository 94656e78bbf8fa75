import "server-only";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { networkInterfaces } from "node:os";
import type { Actor } from "@/lib/contracts/permissions";
import type { ReachView } from "@/lib/contracts/server";
import { isPrivateHost } from "@/lib/llm";
import { audit } from "../audit";
import { authorizeServerAdmin } from "../authorize";
import { baseUrlOf, dataPath, isLoopbackHost } from "../env";
import type { ServiceDeps } from "../service-deps";

type Deps = Pick<ServiceDeps, "env" | "repos" | "now" | "newId">;

/** In the data folder; `npm start` reads it (scripts/setup/address.mjs). */
const FILE = "address.json";

/** What the file sets, by the names of the environment; a variable that is set there wins. */
interface SavedAddress {
  HOST: string;
  TOUCHSTONE_URL: string;
  TOUCHSTONE_ALLOW_HOSTS: string;
}

/**
 * *Make reachable*: host, public address and, with it, cookies and allowed names are one setting, so that phones of the
 * same network get in and nobody is left with a server that listens but refuses.
 */
export function createReachService(deps: Deps, canMail: boolean) {
  const { env } = deps;
  const isThisComputerOnly = env.TOUCHSTONE_URL === undefined && isLoopbackHost(env.HOST);
  return {
    /** What whoever makes a link should know before sending it. */
    words: (actor: Actor) => ({
      baseUrl: baseUrlOf(env),
      isThisComputerOnly,
      canMail,
      mayChangeReach: actor.kind === "user" && actor.isServerAdmin,
    }),

    get(actor: Actor): ReachView {
      authorizeServerAdmin(actor);
      return view(deps, isThisComputerOnly);
    },

    /** Takes effect at the next start. `url` null = this computer only. */
    save(actor: Actor, url: string | null): ReachView {
      authorizeServerAdmin(actor);
      const file = dataPath(env, FILE);
      if (url === null) rmSync(file, { force: true });
      else {
        const saved: SavedAddress = {
          HOST: "0.0.0.0",
          TOUCHSTONE_URL: new URL(url).origin,
          TOUCHSTONE_ALLOW_HOSTS: privateEndpointsOf(deps).join(","),
        };
        writeFileSync(`${file}.new`, JSON.stringify(saved, null, 2), { mode: 0o600 });
        renameSync(`${file}.new`, file);
      }
      const act = { projectId: null, subjectType: "server", subjectId: "server" };
      audit(deps, actor, { ...act, action: "reach-changed", details: { url } });
      return view(deps, isThisComputerOnly);
    },
  };
}

function view(deps: Deps, isThisComputerOnly: boolean): ReachView {
  const { env } = deps;
  const saved = readSaved(deps);
  const isInForce = saved === null ? isThisComputerOnly : env.TOUCHSTONE_URL === saved.TOUCHSTONE_URL;
  return {
    baseUrl: baseUrlOf(env),
    host: env.HOST,
    isThisComputerOnly,
    setByEnvironment: saved === null && !isThisComputerOnly,
    saved: isInForce ? null : { baseUrl: saved?.TOUCHSTONE_URL ?? `http://localhost:${env.PORT}` },
    addresses: ownAddresses(env.PORT),
    privateEndpoints: privateEndpointsOf(deps),
  };
}

function readSaved({ env }: Deps): SavedAddress | null {
  const file = dataPath(env, FILE);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as SavedAddress) : null;
}

/** IPv4 addresses of this computer that others of its networks see, as addresses of this server. */
function ownAddresses(port: number): string[] {
  return Object.values(networkInterfaces())
    .flat()
    .flatMap((one) =>
      one && one.family === "IPv4" && !one.internal ? [`http://${one.address}:${port}`] : [],
    );
}

/** Hosts of connections that a server reachable from elsewhere calls only when they are named. */
function privateEndpointsOf({ repos, env }: Deps): string[] {
  const hosts = repos.connections
    .list()
    .filter(({ kind }) => kind === "real")
    .map(({ baseUrl }) => new URL(baseUrl).hostname);
  return [...new Set([...env.TOUCHSTONE_ALLOW_HOSTS, ...hosts.filter(isPrivateHost)])];
}
