import type { StorageView } from "@/lib/contracts/storage";

/** 12.3 MB */
export function bytesInWords(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.ceil(bytes / 1_000)} kB`;
  return bytes < 1_000_000_000
    ? `${(bytes / 1_000_000).toFixed(1)} MB`
    : `${(bytes / 1_000_000_000).toFixed(2)} GB`;
}

/** How full it is and how long it lasts, in one sentence. */
export function storageSentence({ file, growthBytesAWeek }: StorageView): string {
  const size = `The database is ${bytesInWords(file.bytes)}`;
  if (file.freeBytes === null) return `${size}.`;
  const room = `${size}; the disk has ${bytesInWords(file.freeBytes)} free`;
  if (growthBytesAWeek === null) return `${room}. Nothing was added in the last seven days.`;
  const weeks = file.freeBytes / growthBytesAWeek;
  return weeks > 500
    ? `${room}, enough for years at the pace of the last seven days.`
    : `${room}, enough for about ${Math.floor(weeks)} weeks at the pace of the last seven days.`;
}
