import { z } from "zod";

/** Where this server answers, and from where people can reach it. */
export const reachSchema = z.object({
  baseUrl: z.string(),
  host: z.string(),
  isThisComputerOnly: z.boolean(),
  /** Set by the environment, which wins over what is saved here. */
  setByEnvironment: z.boolean(),
  /** What the next start will use; null = the same as now. */
  saved: z.object({ baseUrl: z.string() }).nullable(),
  /** Addresses of this computer in its networks. */
  addresses: z.array(z.string()),
  /** Model endpoints on private addresses, which stay callable only when they are named. */
  privateEndpoints: z.array(z.string()),
});
export type ReachView = z.infer<typeof reachSchema>;

const workerViewSchema = z.object({
  id: z.string(),
  /** Name of its machine. */
  host: z.string(),
  pid: z.number().int(),
  version: z.string(),
  /** Rollouts at work at once, at most and now. */
  concurrency: z.number().int(),
  running: z.number().int(),
  /** Rollouts that ended there since it began; those without a grade are counted in both. */
  done: z.number().int(),
  failed: z.number().int(),
  since: z.number(),
  /** `refused` = it may not work for this server, and says why; `silent` = not heard of for some seconds. */
  state: z.enum(["working", "silent", "refused"]),
  refusal: z.string().nullable(),
});
export type WorkerView = z.infer<typeof workerViewSchema>;

/** Who does rollouts, and how it goes. */
export const workersSchema = z.object({
  /** Null = no queue: this process does them. */
  queue: z
    .object({
      isReachable: z.boolean(),
      /** Rollouts that wait for a worker, and that a worker has. */
      waiting: z.number().int(),
      active: z.number().int(),
      doneLastMinute: z.number().int(),
      /** Since the server began. */
      done: z.number().int(),
      failed: z.number().int(),
      version: z.string(),
    })
    .nullable(),
  workers: z.array(workerViewSchema),
  /** Model calls of this process: in flight, waiting, at most. */
  calls: z.object({ running: z.number().int(), waiting: z.number().int(), limit: z.number().int() }),
});
export type WorkersView = z.infer<typeof workersSchema>;

export const saveReachInput = z.object({
  /** Null = this computer only, as at first. Otherwise the address that people will type. */
  url: z
    .url({ protocol: /^https?$/, error: "An address such as http://192.168.1.20:3000" })
    .max(200)
    .refine((url) => new URL(url).pathname === "/" && new URL(url).search === "", {
      error: "The address must have no path.",
    })
    .nullable(),
});
