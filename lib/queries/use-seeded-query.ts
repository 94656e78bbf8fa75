"use client";

import {
  type DefinedUseQueryResult,
  type QueryKey,
  type UseQueryOptions,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";

/** What a page has begun with once. Met again, it comes from the browser's own history of pages, and may be out of date. */
const begunWith = new WeakSet<object>();

/**
 * A query that begins with what the server rendered into the page. Without this it would go on with what an earlier visit
 * left in the cache, older than the page. Rendered anew while it is shown, the page brings news that another fetch may
 * have overtaken: then it is asked for again.
 */
export function useSeededQuery<Data extends object, Key extends QueryKey>(
  options: Omit<UseQueryOptions<Data, Error, Data, Key>, "initialData">,
  initial: Data,
): DefinedUseQueryResult<Data> {
  const client = useQueryClient();
  const [begin] = useState(() => ({ data: initial, at: begunWith.has(initial) ? 0 : Date.now() }));
  const { queryKey } = options;
  const rendered = useRef(initial);
  useEffect(() => {
    begunWith.add(initial);
    if (rendered.current === initial) return;
    rendered.current = initial;
    void client.invalidateQueries({ queryKey, exact: true });
  }, [client, initial, queryKey]);
  const begun = { ...options, initialData: begin.data, initialDataUpdatedAt: begin.at, gcTime: 0 };
  // Begun with data, a query has data: the types say so only where `Data` is known.
  return useQuery(begun) as DefinedUseQueryResult<Data>;
}
