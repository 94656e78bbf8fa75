/** What a key press tells; a DOM KeyboardEvent fits. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey?: boolean;
}

/** How long the second key of a sequence may take. */
export const SEQUENCE_TIMEOUT_MS = 1_200;

/** A press in the notation of shortcuts: "j", "?", "mod+enter", "mod+shift+z", "escape", "arrowleft". */
export function describePress({ key, ctrlKey, metaKey, altKey, shiftKey = false }: KeyPress): string {
  const name = key === " " ? "space" : key.toLowerCase();
  const isMod = ctrlKey || metaKey;
  // Shift alone is part of the sign itself, such as "?"
  const shift = isMod && shiftKey && /^[a-z]$/.test(name) ? "shift+" : "";
  return `${isMod ? "mod+" : ""}${shift}${altKey ? "alt+" : ""}${name}`;
}

/** Whether a shortcut works with letters alone, so that people can switch it off (WCAG 2.1.4). */
export function isSingleKey(keys: string): boolean {
  return keys.split(" ").every((key) => !key.includes("+") && key.length === 1);
}

/**
 * The shortcut that the presses so far complete, or whether they begin a longer one.
 * `previous` is the press before this one, if it came within `SEQUENCE_TIMEOUT_MS`.
 */
export function matchShortcut<Shortcut extends { keys: string }>(
  shortcuts: readonly Shortcut[],
  press: string,
  previous: string | null,
): { match: Shortcut | null; isPrefix: boolean } {
  const sequence = previous ? `${previous} ${press}` : null;
  const match =
    (sequence ? shortcuts.find((shortcut) => shortcut.keys === sequence) : undefined) ??
    shortcuts.find((shortcut) => shortcut.keys === press) ??
    null;
  const isPrefix = shortcuts.some((shortcut) => shortcut.keys.startsWith(`${press} `));
  return { match, isPrefix };
}

const NAMES: Record<string, string> = {
  mod: "⌘/Ctrl",
  alt: "Alt",
  shift: "Shift",
  enter: "Enter",
  escape: "Esc",
  arrowleft: "←",
  arrowright: "→",
  arrowup: "↑",
  arrowdown: "↓",
  space: "Space",
};

/** A shortcut as people read it: "mod+enter" → "⌘/Ctrl Enter". */
export function showKeys(keys: string): string {
  return keys
    .split(" ")
    .flatMap((key) => key.split("+"))
    .map((key) => NAMES[key] ?? key)
    .join(" ");
}
