import type { ConnectionSpec, Usage } from "./port";

/** USD for one call by the connection's prices; null when the price or a token count is not known. */
export function costUsdOf(usage: Usage, prices: ConnectionSpec["prices"], model: string): number | null {
  const price = Object.hasOwn(prices, model) ? prices[model] : undefined;
  if (!price || usage.inputTokens === null || usage.outputTokens === null) return null;
  return (usage.inputTokens * price.inputPerMillion + usage.outputTokens * price.outputPerMillion) / 1e6;
}
