import type { ConnectionView } from "@/lib/contracts/projects";

/** One model's price as it is typed: dollars for a million tokens. */
export interface PriceDraft {
  key: number;
  model: string;
  input: string;
  output: string;
}

export function priceDraftsOf(prices: ConnectionView["prices"]): PriceDraft[] {
  return Object.entries(prices).map(([model, { inputPerMillion, outputPerMillion }], key) => ({
    key,
    model,
    input: String(inputPerMillion),
    output: String(outputPerMillion),
  }));
}

/** What is sent, or what is wrong with it in words. A line without a model's name is left out. */
export function pricesOf(
  drafts: readonly PriceDraft[],
): { ok: true; prices: ConnectionView["prices"] } | { ok: false; problem: string } {
  const prices: ConnectionView["prices"] = {};
  for (const { model, input, output } of drafts) {
    const name = model.trim();
    if (name === "") continue;
    const [inputPerMillion, outputPerMillion] = [amountOf(input), amountOf(output)];
    if (inputPerMillion === null || outputPerMillion === null)
      return { ok: false, problem: `The price of ${name} needs two numbers from 0, such as 0.40 and 1.60.` };
    prices[name] = { inputPerMillion, outputPerMillion };
  }
  return { ok: true, prices };
}

function amountOf(text: string): number | null {
  const value = Number(text.trim().replace(",", "."));
  return text.trim() !== "" && Number.isFinite(value) && value >= 0 ? value : null;
}
