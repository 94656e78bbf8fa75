"use client";

import { lazyPart } from "@/components/ui/lazy-part";

/** The list of keys, fetched when the browser is idle. */
export const LazyKeysDialog = lazyPart(() => import("./keys-dialog").then((module) => module.KeysDialog));
