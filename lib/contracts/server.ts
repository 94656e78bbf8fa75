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
