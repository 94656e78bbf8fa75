import "server-only";

/** The question of a conversation: what was said last by the person who asks. */
export function questionOf(messages: readonly { role: string; content: string }[]): string {
  return messages.findLast(({ role }) => role === "user")?.content ?? messages.at(-1)?.content ?? "";
}
