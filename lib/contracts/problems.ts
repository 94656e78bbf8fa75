import { z } from "zod";
import { appErrorCodes } from "./errors";

/** `application/problem+json` as it is read: what is not known becomes `internal`, never a second error. */
export const problemSchema = z.object({
  code: z.enum([...appErrorCodes, "internal"]).catch("internal"),
  detail: z.string(),
  status: z.number(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).default([]),
  extra: z.record(z.string(), z.unknown()).default({}),
  requestId: z.string().default(""),
});
