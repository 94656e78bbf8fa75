/** One fenced code block of a reply, as CommonMark reads it. */
export interface FencedBlock {
  /** First word of the info string, lower case; "" when there is none. */
  tag: string;
  text: string;
  isClosed: boolean;
  /** A line inside looks like the start of another block: the outer fence was too short to hold it. */
  hasInnerFence: boolean;
}

const OPENING = /^ {0,3}(`{3,}|~{3,})[ \t]*([^\n]*)$/;

/**
 * The fenced blocks of a text (CommonMark 4.5): a block opens with three or more backticks or tildes and closes with at
 * least as many of the same kind and nothing else on the line.
 */
export function readFences(text: string): FencedBlock[] {
  const blocks: FencedBlock[] = [];
  let open: { fence: string; tag: string; lines: string[] } | null = null;
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (open === null) open = openingOf(line);
    else if (closes(line, open.fence)) {
      blocks.push(blockOf(open, true));
      open = null;
    } else open.lines.push(line);
  }
  if (open !== null) blocks.push(blockOf(open, false));
  return blocks;
}

/** A fence long enough to hold the text. */
export function fenceFor(text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), (run) => run[0].length));
  return "`".repeat(longest + 1);
}

function openingOf(line: string): { fence: string; tag: string; lines: string[] } | null {
  const match = OPENING.exec(line);
  const fence = match?.[1];
  const info = match?.[2]?.trim() ?? "";
  if (fence === undefined || (fence.startsWith("`") && info.includes("`"))) return null;
  return { fence, tag: (info.split(/\s+/)[0] ?? "").toLowerCase(), lines: [] };
}

function closes(line: string, fence: string): boolean {
  const match = OPENING.exec(line);
  return (
    match?.[1]?.[0] === fence[0] && (match?.[1]?.length ?? 0) >= fence.length && match?.[2]?.trim() === ""
  );
}

function blockOf(open: { fence: string; tag: string; lines: string[] }, isClosed: boolean): FencedBlock {
  const isInner = (line: string): boolean => {
    const inner = openingOf(line);
    return inner !== null && inner.fence[0] === open.fence[0] && inner.fence.length >= open.fence.length;
  };
  return { tag: open.tag, text: open.lines.join("\n"), isClosed, hasInnerFence: open.lines.some(isInner) };
}
