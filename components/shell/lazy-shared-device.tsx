"use client";

import { lazyPart } from "@/components/ui/lazy-part";

/** Fetched on shared devices only. */
export const LazySharedDevice = lazyPart(() =>
  import("./shared-device").then((module) => module.SharedDevice),
);
