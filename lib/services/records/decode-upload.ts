import { AppError } from "@/lib/contracts/errors";

/** Bytes of a file as text. Throws `invalid-input` in words when they are no UTF-8 or the file is empty. */
export function decodeUpload(bytes: Uint8Array): string {
  if (bytes.byteLength === 0) throw unusable("The file is empty.");
  const wide = wideEncodingOf(bytes);
  if (wide !== null) throw unusable(`The file is stored as ${wide}. Save it as UTF-8 and choose it again.`);
  const text = decode(bytes);
  if (text === null) {
    const line = firstBadLine(bytes);
    throw unusable(
      `Line ${line} holds bytes that are no UTF-8 text, as old spreadsheet programs write them. Save the file as UTF-8 (in Excel: "CSV UTF-8") and choose it again.`,
    );
  }
  if (text.trim() === "") throw unusable("The file holds nothing but blank lines.");
  return text;
}

function unusable(reason: string): AppError {
  return new AppError("invalid-input", `${reason} Nothing was imported.`);
}

/** UTF-8, without its byte order mark; null when it is none. */
function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // told to the caller as null: the place of the fault is looked for there
    return null;
  }
}

function wideEncodingOf(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return 'UTF-16 (as Excel\'s "Unicode text")';
  if (first === 0xfe && second === 0xff) return "UTF-16";
  // plain letters of UTF-16 without a mark: every second byte is 0
  if (second === 0 && first !== 0 && bytes[3] === 0 && third !== 0) return "UTF-16";
  return null;
}

/** UTF-8 never splits a line feed, so each line can be tried for itself. */
function firstBadLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start <= bytes.length; line++) {
    const feed = bytes.indexOf(0x0a, start);
    const end = feed === -1 ? bytes.length : feed;
    if (decode(bytes.subarray(start, end)) === null) return line;
    start = end + 1;
  }
  return line;
}
