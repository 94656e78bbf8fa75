import { QueryClient } from "@tanstack/react-query";
import { ApiProblem } from "./api-fetch";

const MAX_RETRIES = 2;

/** A client for one browser tab. Live views are kept fresh by their stream; the rest is fetched when a page opens. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 15_000, refetchOnWindowFocus: false, retry: shouldRetry },
      mutations: { retry: false },
    },
  });
}

/** A refusal stays a refusal: only a server that was not reached, was busy or broke is asked again. */
function shouldRetry(failures: number, error: unknown): boolean {
  if (failures >= MAX_RETRIES || !(error instanceof ApiProblem)) return false;
  return error.code === "offline" || error.code === "database-busy" || error.status >= 500;
}
