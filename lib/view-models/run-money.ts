/** "$0.40"; four digits below a cent, so that no cost is shown as none. */
export function formatUsd(usd: number): string {
  return `$${usd.toFixed(usd > 0 && usd < 0.01 ? 4 : 2)}`;
}
