/** What of a browser context is used. */
interface ScriptedContext {
  addInitScript(script: { content: string }): Promise<unknown>;
}

/**
 * Functions handed to a page are sent as their source. The TypeScript runner's transform names inner functions through
 * a helper of its own, which a page does not have: this gives it one. Content is set before any script of the page.
 */
export async function giveNameHelper(context: ScriptedContext): Promise<void> {
  await context.addInitScript({ content: "globalThis.__name ??= (named) => named;" });
}
