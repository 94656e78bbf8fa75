import { z } from "zod";
import { NO_LONGER_KEPT } from "./retention";

/** Stands wherever a text was erased on somebody's request: on pages, in answers of the API, in exports and bundles. */
export const ERASED_TEXT = "[text erased]";

/** Whether something of this text was erased, or let go of by age: it is no answer to anything any more. */
export function isErased(text: string): boolean {
  return text.includes(ERASED_TEXT) || text.includes(NO_LONGER_KEPT);
}

/** Why work that rests on erased text ends instead of going on without it. */
export const ERASED_CAUSE =
  "Text that this work rests on was erased on somebody's request, so it cannot go on as it began.";

/**
 * What is to be erased: words, wherever they stand in the project, or everything that is told of one record. In the
 * body of a request and never in an address, so that no log keeps the words.
 */
export const eraseTargetSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("words"), words: z.string().trim().min(3).max(500) }),
  z.object({ kind: z.literal("record"), recordId: z.string().min(1).max(100) }),
]);
export type EraseTarget = z.infer<typeof eraseTargetSchema>;

const countSchema = z.object({
  /** What holds text, in words: "answers". */
  what: z.string(),
  rows: z.number().int(),
});

/** What *Erase text* would do, computed by the code that does it. */
export const erasePreviewSchema = z.object({
  /** What is meant, for people to check: the record's question, or the words. */
  subject: z.string(),
  /** Rows that would change, by what they are. Empty = nothing was found. */
  erased: z.array(countSchema),
  /** The same words where this act does not reach; they can be erased as words. */
  elsewhere: z.array(countSchema),
  /** Versions of prompts that would lose words, those that agents fetch first. */
  prompts: z.array(z.object({ name: z.string(), version: z.number().int(), aliases: z.array(z.string()) })),
  /** Work that rests on the text and cannot go on afterwards. */
  endingJobs: z.array(z.object({ kind: z.string(), name: z.string() })),
  /** Work that has to stop first. Nothing is erased while there is any. */
  blockingJobs: z.array(z.object({ kind: z.string(), name: z.string() })),
  /** Hosts that were sent the text in model calls: what they keep is out of reach. */
  sentTo: z.array(z.object({ host: z.string(), calls: z.number().int() })),
  /** Afterwards the file is written anew, so that no deleted page keeps the words; the server waits meanwhile. */
  file: z.object({ bytes: z.number(), freeBytes: z.number().nullable(), seconds: z.number() }),
  /** Changes with whatever would be erased: the confirmation names what was seen. */
  token: z.string(),
});
export type ErasePreview = z.infer<typeof erasePreviewSchema>;

export const eraseInput = z.object({ target: eraseTargetSchema, token: z.string().min(1).max(100) });
export type EraseInput = z.infer<typeof eraseInput>;

/** One act of erasing. It says how much, never what. */
export const erasureSchema = z.object({
  id: z.string(),
  kind: z.enum(["words", "record"]),
  /** The record; null for words, which are not kept. */
  recordId: z.string().nullable(),
  erased: z.array(countSchema),
  by: z.string(),
  at: z.number(),
  /** When the file was written anew; null = deleted pages of the file may still hold the text. */
  compactedAt: z.number().nullable(),
});
export type Erasure = z.infer<typeof erasureSchema>;
