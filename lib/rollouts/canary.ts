/** A word that no agent says by itself: derived from `salt`, so that the same check asks the same. */
export function canaryWord(salt: string): string {
  return `CANARY-${salt
    .replace(/[^0-9a-z]/gi, "")
    .slice(-8)
    .toUpperCase()}`;
}

/** Prompts that ask for one word. An agent that says it works with the prompts it is sent. */
export function canaryPrompts(components: Iterable<string>, word: string): Record<string, string> {
  const text = `This is a check of the connection. Whatever the question is, answer with this one word and nothing else: ${word}`;
  return Object.fromEntries([...components].map((name) => [name, text]));
}

export function obeysCanary(output: string, word: string): boolean {
  return output.toUpperCase().includes(word);
}
