import "server-only";
import type { ServiceDeps } from "../service-deps";

/** The simulated models; there in every installation. */
export const SIMULATED_CONNECTION_ID = "con_simulated";
/** Found in the environment at start; offered as the first connection, used by nothing until someone says so. */
export const ENVIRONMENT_CONNECTION_ID = "con_environment";
const SIMULATED_BASE_URL = "http://sandbox.invalid/v1";
const OPENAI_BASE_URL = "https://api.openai.com/v1";

/** Makes the connections that the installation brings itself, and keeps the environment's one in step with it. */
export function ensureOwnConnections({
  repos,
  env,
  secrets,
  now,
}: Pick<ServiceDeps, "repos" | "env" | "secrets" | "now">): void {
  const base = {
    prices: {},
    sealedHeaders: null,
    createdBy: "system",
    createdAt: now(),
  };
  if (!repos.connections.byId(SIMULATED_CONNECTION_ID)) {
    repos.connections.insert({
      ...base,
      id: SIMULATED_CONNECTION_ID,
      name: "Simulated models",
      kind: "simulated",
      baseUrl: SIMULATED_BASE_URL,
      sealedKey: null,
      maxConcurrency: 64,
      timeoutMs: 60_000,
      fromEnvironment: false,
    });
  }
  if (!env.OPENAI_API_KEY && !env.OPENAI_BASE_URL) return;
  const baseUrl = env.OPENAI_BASE_URL ?? OPENAI_BASE_URL;
  const sealedKey = env.OPENAI_API_KEY ? secrets.seal(env.OPENAI_API_KEY) : null;
  if (repos.connections.byId(ENVIRONMENT_CONNECTION_ID)) {
    repos.connections.update(ENVIRONMENT_CONNECTION_ID, { baseUrl, sealedKey }, now());
    return;
  }
  repos.connections.insert({
    ...base,
    id: ENVIRONMENT_CONNECTION_ID,
    name: new URL(baseUrl).host,
    kind: "real",
    baseUrl,
    sealedKey,
    maxConcurrency: 16,
    timeoutMs: 120_000,
    fromEnvironment: true,
  });
}
