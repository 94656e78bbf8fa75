import type { DataTag, QueryClient, QueryKey } from "@tanstack/react-query";

/**
 * Carries out an act whose answer is what a query shows. On its way the answer can be overtaken: by a fetch that was
 * under way, by one that began meanwhile, by the answer to a later act. So what is older than the act is dropped, the
 * answer is shown only if nothing was told meanwhile, and a fetch that begins after it has the last word.
 */
export async function actAndShow<Shown>(
  client: QueryClient,
  queryKey: DataTag<QueryKey, Shown, Error>,
  act: () => Promise<Shown>,
): Promise<Shown> {
  await client.cancelQueries({ queryKey, exact: true });
  const told = client.getQueryState(queryKey)?.dataUpdateCount;
  try {
    const answer = await act();
    if (client.getQueryState(queryKey)?.dataUpdateCount === told) client.setQueryData(queryKey, answer);
    return answer;
  } finally {
    // Also after a refusal: it says that what was shown is out of date.
    void client.invalidateQueries({ queryKey, exact: true });
  }
}
