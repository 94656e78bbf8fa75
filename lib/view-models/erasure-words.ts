import type { ErasePreview } from "@/lib/contracts/erasure";

/** "answers 3, labels 1": counts in the order they come. */
export function countsInWords(counts: ErasePreview["erased"]): string {
  return counts.map(({ what, rows }) => `${what} ${rows}`).join(", ");
}

/** What somebody should know before they confirm, the gravest first. Empty when there is nothing to know. */
export function warningsOf({ prompts, endingJobs, sentTo, elsewhere, file }: ErasePreview): string[] {
  const live = prompts.filter(({ aliases }) => aliases.length > 0);
  return [
    ...live.map(
      ({ name, version, aliases }) =>
        `Agents fetch ${name} v${version} as ${aliases.join(", ")}. From their next request on they get it with the marker in place of the words. Promote a version without them first, if you can.`,
    ),
    ...(endingJobs.length > 0
      ? [
          `${endingJobs.map(({ name }) => name).join(", ")} cannot go on afterwards. A run can still take the best it has found.`,
        ]
      : []),
    ...sentTo.map(
      ({ host, calls }) =>
        `${host} was sent the text in ${calls} ${calls === 1 ? "call" : "calls"}. What it keeps is out of reach from here: ask whoever runs it.`,
    ),
    ...(elsewhere.length > 0
      ? [
          `The same lines also stand in: ${countsInWords(elsewhere)}. This leaves them alone; erase them as words.`,
        ]
      : []),
    ...(file.freeBytes !== null && file.freeBytes < file.bytes * 1.1
      ? [
          "The disk has too little room to write the database file anew. The text goes from every row at once; make room, then press Write the file anew under This server, so that deleted pages go too.",
        ]
      : []),
    "Backups made before still hold the text. Make a new one afterwards and delete the old ones.",
  ];
}
