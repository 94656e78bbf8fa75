import { z } from "zod";
import { projectSchema } from "./projects";

/** One thing a person can do next: what, why in one sentence, minutes, one button. */
export const nextActionSchema = z.object({
  code: z.string(),
  title: z.string(),
  why: z.string(),
  minutes: z.number().nullable(),
  button: z.string(),
  href: z.string(),
});
export type NextAction = z.infer<typeof nextActionSchema>;

export const loopStepSchema = z.object({
  step: z.enum(["records", "answers", "label", "judge", "run", "review"]),
  title: z.string(),
  state: z.enum(["done", "partly", "open"]),
  words: z.string(),
  href: z.string(),
  isNext: z.boolean(),
});

export const overviewSchema = z.object({
  project: projectSchema,
  status: z.string(),
  next: nextActionSchema,
  also: z.array(nextActionSchema),
  loop: z.array(loopStepSchema),
  sinceYouWereHere: z.array(
    z.object({ sentence: z.string(), href: z.string().nullable(), linkWords: z.string().nullable() }),
  ),
  lastHere: z.number().nullable(),
  inProduction: z
    .object({ promptName: z.string(), version: z.number().int(), since: z.number(), sentence: z.string() })
    .nullable(),
});
export type Overview = z.infer<typeof overviewSchema>;

/** The rail: each place with a state in words. */
export const navItemSchema = z.object({
  key: z.enum(["overview", "records", "answers", "judge", "runs", "reviews", "prompts", "settings"]),
  href: z.string(),
  label: z.string(),
  state: z.string().nullable(),
});
export type NavItem = z.infer<typeof navItemSchema>;

export const homeSchema = z.object({
  waiting: z.array(nextActionSchema.extend({ projectName: z.string() })),
  projects: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      status: z.string(),
      simulated: z.boolean(),
      role: z.string(),
      /** May archive, duplicate and delete it. */
      mayManage: z.boolean(),
    }),
  ),
  archived: z.array(z.object({ id: z.string(), name: z.string(), mayManage: z.boolean() })),
  canStartProject: z.boolean(),
  hasSample: z.boolean(),
  environmentConnection: z.object({ host: z.string() }).nullable(),
});
export type Home = z.infer<typeof homeSchema>;
