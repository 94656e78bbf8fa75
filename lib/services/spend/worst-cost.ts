import type { ConnectionSpec } from "@/lib/llm";
import type { KeyedChatRequest, ModelRef } from "@/lib/rollouts/model-caller";

type Prices = ConnectionSpec["prices"];

/** Room for the form of a request beside its words, in tokens. */
const TOKENS_A_MESSAGE = 16;
/** ASCII prose has about four characters a token, digits and code fewer; other scripts up to a token a byte. */
const ASCII_CHARS_A_TOKEN = 2;

/** What a call costs at most with replies of so many tokens, in USD; null where no price is known. */
export function worstChatUsd(
  prices: Prices | undefined,
  ref: ModelRef,
  request: KeyedChatRequest,
  outputTokens: number,
): number | null {
  const price = prices?.[ref.model];
  if (!price) return null;
  const schema = request.schema ? JSON.stringify(request.schema.schema) : "";
  const input = request.messages.reduce(
    (all, { content }) => all + mostTokens(content) + TOKENS_A_MESSAGE,
    mostTokens(schema),
  );
  return (input * price.inputPerMillion + outputTokens * price.outputPerMillion) / 1e6;
}

/** What embedding these texts costs at most, in USD; null where no price is known. */
export function worstEmbedUsd(
  prices: Prices | undefined,
  { model }: ModelRef,
  texts: readonly string[],
): number | null {
  const price = prices?.[model];
  if (!price) return null;
  return (texts.reduce((all, text) => all + mostTokens(text), 0) * price.inputPerMillion) / 1e6;
}

function mostTokens(text: string): number {
  const bytes = Buffer.byteLength(text);
  const ascii = text.replace(/[^\x20-\x7e\s]/g, "").length;
  return Math.ceil(ascii / ASCII_CHARS_A_TOKEN) + Math.max(0, bytes - ascii);
}
