import type { PromptReader } from "@/lib/contracts/prompts";
import { laterWords } from "./review-words";

/** "took v14 40 seconds after it went live", "still has v13": what a reader holds, beside what is live since `at`. */
export function receiptWords(
  { version, firstAt }: Pick<PromptReader, "version" | "firstAt">,
  live: { version: number; at: number },
): string {
  if (version !== live.version) return `still has v${version}`;
  if (firstAt < live.at) return `has v${version}, from an earlier time it was live`;
  return `took v${version} ${laterWords(firstAt - live.at)} after it went live`;
}
