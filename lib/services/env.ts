import "server-only";
import path from "node:path";
import { z } from "zod";

/** The whole table of environment variables, all optional (architecture.md, Operations). Read here and nowhere else. */
const envShape = z.object({
  /** Set by Next: `production` under `next start`. Development and tests check every answer against its schema. */
  NODE_ENV: z.string().default("production"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default("127.0.0.1"),
  TOUCHSTONE_URL: z.url().optional(),
  TOUCHSTONE_DATA_DIR: z.string().min(1).default("./data"),
  TOUCHSTONE_SECRET: z.string().min(16, "TOUCHSTONE_SECRET needs at least 16 characters").optional(),
  TOUCHSTONE_ALLOW_HOSTS: z
    .string()
    .default("")
    .transform((list) =>
      list
        .split(",")
        .map((host) => host.trim().toLowerCase())
        .filter((host) => host !== ""),
    ),
  TOUCHSTONE_LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
  /** Milliseconds a simulated model waits before it answers; tests set 0. */
  TOUCHSTONE_SANDBOX_DELAY_MS: z.coerce.number().int().min(0).max(60_000).default(330),
  OPENAI_BASE_URL: z.url().optional(),
  OPENAI_API_KEY: z.string().min(1).optional(),
  /** `redis://host:6379/0` or `rediss://…`: rollouts are queued there and done by workers (docs/scale-out.md). */
  REDIS_URL: z
    .url({ protocol: /^rediss?$/, error: "REDIS_URL must begin with redis:// or rediss://" })
    .optional(),
  /** `smtp://user:password@host:587?from=…`: invitations and reset links are mailed. */
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: "SMTP_URL must begin with smtp:// or smtps://" }).optional(),
  /** 1 = a proxy in front writes X-Forwarded-For and -Proto, and they may be believed. */
  TOUCHSTONE_TRUST_PROXY: z
    .enum(["0", "1"])
    .default("0")
    .transform((value) => value === "1"),
  OIDC_ISSUER: z.url().optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
});

const envSchema = envShape.refine(
  ({ REDIS_URL, TOUCHSTONE_SECRET }) => REDIS_URL === undefined || TOUCHSTONE_SECRET !== undefined,
  {
    path: ["TOUCHSTONE_SECRET"],
    error:
      "with REDIS_URL it must be set, since workers share it. A server that had none so far: give it the text of the file secret.key in the data folder",
  },
);

export type Env = z.infer<typeof envSchema>;

/** @throws Error that names each variable that is wrong and what it should be. */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = envSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`The environment has settings that cannot be used:\n${problems.join("\n")}`);
}

/** Absolute path inside the data folder. */
export function dataPath(env: Env, ...parts: string[]): string {
  return path.resolve(/* turbopackIgnore: true */ process.cwd(), env.TOUCHSTONE_DATA_DIR, ...parts);
}

/** The address under which people reach this server, without a slash at its end. */
export function baseUrlOf(env: Env): string {
  if (env.TOUCHSTONE_URL) return env.TOUCHSTONE_URL.replace(/\/+$/, "");
  const host = env.HOST.includes(":") ? `[${env.HOST}]` : env.HOST;
  return `http://${host === "127.0.0.1" ? "localhost" : host}:${env.PORT}`;
}

/** Loopback hosts may be reached by outgoing calls only while the server itself answers only on loopback. */
export function isLoopbackHost(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}
