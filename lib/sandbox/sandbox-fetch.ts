import type { SandboxHandler } from "./handler";

/** The OpenAI client's `fetch` for the simulated connection: straight to the handler, no network. */
export function createSandboxFetch(
  handler: SandboxHandler,
): (input: string | URL | Request, init?: RequestInit) => Promise<Response> {
  return (input, init) => handler(new Request(input, init));
}
