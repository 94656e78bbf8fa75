import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { sourceFingerprint } from "./fingerprint.mjs";
import { cacheDir } from "./paths.mjs";

const markerFile = path.join(cacheDir, "check.json");

/** Remembers that `check` passed on the sources as they are, with its counts. */
export function writeCheckMarker(counts) {
  mkdirSync(cacheDir, { recursive: true });
  writeFileSync(markerFile, JSON.stringify({ sources: sourceFingerprint(), counts }));
}

/** The counts of a `check` that passed on exactly these sources, or undefined. */
export function readCheckMarker() {
  let marker;
  try {
    marker = JSON.parse(readFileSync(markerFile, "utf8"));
  } catch {
    return undefined; // no check has passed here yet
  }
  return marker.sources === sourceFingerprint() ? marker.counts : undefined;
}
