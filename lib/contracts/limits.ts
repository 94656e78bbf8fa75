import { z } from "zod";

/** Calls that an endpoint may get at once; what is none is refused in words for whoever fills in the form. */
export function callsAtOnceSchema(most: number) {
  const words = `A whole number from 1 to ${most}.`;
  return z.number(words).int(words).min(1, words).max(most, words);
}

const PATIENCE = "From 1 to 600 seconds.";

/** How long an answer may take, in milliseconds; forms ask for it in seconds. */
export const patienceSchema = z.number(PATIENCE).int(PATIENCE).min(1_000, PATIENCE).max(600_000, PATIENCE);
