"use client";

import { lazyPart } from "./lazy-part";

/** A bubble whose code is fetched when the browser is idle: first loads stay small. */
export const LazyBubble = lazyPart(() => import("./bubble").then((module) => module.Bubble));
