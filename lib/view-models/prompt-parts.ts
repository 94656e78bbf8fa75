/** A part of a prompt as it is written: its name can change until it is saved, so it has a key of its own. */
export interface DraftPart {
  key: string;
  name: string;
  text: string;
}

/** Name of the only part of a prompt that was never split; nobody needs to see it. */
const ONLY_PART = "system";

/** What is sent. The only part of a prompt gets the usual name. */
export function preparePrompt(parts: readonly DraftPart[]): {
  components: Record<string, string>;
  layout: string[];
} {
  const named = parts.map(({ name, text }) => ({ name: parts.length === 1 ? ONLY_PART : name.trim(), text }));
  return {
    components: Object.fromEntries(named.map(({ name, text }) => [name, text])),
    layout: named.map(({ name }) => name),
  };
}

/** Why the prompt cannot be saved yet; undefined when it can. */
export function promptProblem(name: string, parts: readonly DraftPart[]): string | undefined {
  if (name.trim() === "") return "Give the prompt a name: agents fetch it by that.";
  if (!/^[A-Za-z0-9._-]{1,128}$/.test(name.trim()))
    return "The name takes letters, digits, dot, dash and underscore.";
  const { layout } = preparePrompt(parts);
  const unnamed = layout.indexOf("");
  if (unnamed >= 0) return `Part ${unnamed + 1} has no name yet.`;
  if (new Set(layout).size !== layout.length) return "Two parts have the same name.";
  const empty = parts.findIndex(({ text }) => text.trim() === "");
  if (empty >= 0) return parts.length === 1 ? "Write the text first." : `Part ${empty + 1} has no text yet.`;
  return undefined;
}
