import type { Expectations, RecordInputs } from "@/lib/contracts/records";
import { sha256Hex, stableStringify } from "@/lib/util/hash";

/** What a table shows of a record: the last words of the user; empty when there are none. */
export function questionOf(inputs: RecordInputs): string {
  const asked = inputs.messages.findLast(
    (message) => message.role === "user" && message.content.trim() !== "",
  );
  return (asked?.content ?? "").trim().replace(/\s+/g, " ").slice(0, 500);
}

/** Whether anything says what a good answer does. */
export function hasExpectations(expectations: Expectations): boolean {
  const texts = [expectations.expected_response, ...expectations.facts, ...expectations.mustNever];
  return texts.some((text) => text.trim() !== "");
}

/** The same inputs have the same hash, whatever the order of their fields. */
export function inputsHash(inputs: RecordInputs): string {
  return sha256Hex(stableStringify({ messages: inputs.messages, fields: inputs.fields }));
}

/** Everything a search looks through, folded as the query is. */
export function searchBody(
  inputs: RecordInputs,
  expectations: Expectations,
  tags: readonly string[],
): string {
  const texts = [
    ...inputs.messages.map((message) => message.content),
    ...Object.values(inputs.fields),
    expectations.expected_response,
    ...expectations.facts,
    ...expectations.mustNever,
    ...tags,
  ];
  return foldForSearch(texts.filter((text) => text !== "").join("\n"));
}

/** One form for letters that people take as the same: width, composition, case. */
export function foldForSearch(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

/** The words of a query: those that the trigram index can find (3 letters or more), and the shorter ones. */
export function searchWords(query: string): { indexed: string[]; short: string[] } {
  const words = foldForSearch(query)
    .split(/\s+/)
    .filter((word) => word !== "");
  const isLong = (word: string) => Array.from(word).length >= 3;
  return { indexed: words.filter(isLong), short: words.filter((word) => !isLong(word)) };
}
