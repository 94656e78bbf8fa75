"use client";

import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
} from "react";
import { describePress, isSingleKey, matchShortcut, SEQUENCE_TIMEOUT_MS } from "./shortcut-match";

export interface Shortcut {
  /** "j", "g r", "mod+enter", "escape", "arrowleft". */
  keys: string;
  /** What it does, for the list of keys. */
  label: string;
  /** Left out: listed only, since the page handles it itself. */
  onPress?: (event: KeyboardEvent) => void;
  /** Heading in the list of keys. Default "This page". */
  group?: string;
  /** Also works while typing; only for combinations such as "mod+enter". */
  worksInFields?: boolean;
}

interface ShortcutsState {
  register: (id: string, read: () => readonly Shortcut[]) => () => void;
  list: () => readonly Shortcut[];
}

const ShortcutsContext = createContext<ShortcutsState | null>(null);

const STORAGE_KEY = "touchstone.single-keys";
const settingListeners = new Set<() => void>();

function subscribeToSetting(listener: () => void) {
  settingListeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    settingListeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

function readSetting(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) !== "off";
  } catch {
    // Storage is blocked: keys work, they just cannot be switched off for longer than this page.
    return true;
  }
}

/** Whether keys without Ctrl or ⌘ work for this person, and the way to change it (WCAG 2.1.4). */
export function useSingleKeys(): [isOn: boolean, setOn: (isOn: boolean) => void] {
  const isOn = useSyncExternalStore(subscribeToSetting, readSetting, () => true);
  const setOn = (next: boolean) => {
    try {
      localStorage.setItem(STORAGE_KEY, next ? "on" : "off");
    } catch {
      // See readSetting: nothing to keep it in.
    }
    for (const listener of settingListeners) listener();
  };
  return [isOn, setOn];
}

/** Keys of this page or part; they also appear in the list that `?` opens. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const state = useContext(ShortcutsContext);
  const id = useId();
  const latest = useRef(shortcuts);
  // With the paint, not after it: a key that follows what is seen must do what is seen.
  useLayoutEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => state?.register(id, () => latest.current), [state, id]);
}

/** All keys that work now, for the list that `?` opens. */
export function useShortcutList(): () => readonly Shortcut[] {
  const state = useContext(ShortcutsContext);
  if (!state) throw new Error("useShortcutList needs a ShortcutsProvider above it");
  return state.list;
}

/** Listens once for the whole page and hands each press to the shortcut that it completes. */
export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const registry = useRef(new Map<string, () => readonly Shortcut[]>());
  const [isOn] = useSingleKeys();
  const state = useMemo<ShortcutsState>(
    () => ({
      register: (id, read) => {
        registry.current.set(id, read);
        return () => {
          registry.current.delete(id);
        };
      },
      list: () => [...registry.current.values()].flatMap((read) => read()),
    }),
    [],
  );
  useEffect(() => {
    let previous: { press: string; at: number } | null = null;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || isModifier(event.key)) return;
      const usable = state.list().filter((shortcut) => isUsable(shortcut, event.target, isOn));
      const recent = previous && event.timeStamp - previous.at < SEQUENCE_TIMEOUT_MS ? previous.press : null;
      const press = describePress(event);
      const { match, isPrefix } = matchShortcut(usable, press, recent);
      previous = isPrefix && !match?.keys.includes(" ") ? { press, at: event.timeStamp } : null;
      if (!match?.onPress) return;
      event.preventDefault();
      match.onPress(event);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [state, isOn]);
  return <ShortcutsContext value={state}>{children}</ShortcutsContext>;
}

function isModifier(key: string): boolean {
  return key === "Shift" || key === "Control" || key === "Alt" || key === "Meta";
}

const TYPING =
  "input:not([type=radio],[type=checkbox],[type=button]), textarea, select, [contenteditable=true]";
const PRESSED_BY_ENTER = "a, button, summary, [role=button], [role=tab]";
const IN_FRONT =
  "[role=dialog][data-state=open], [role=alertdialog][data-state=open], [role=menu][data-state=open]";

function isUsable(shortcut: Shortcut, target: EventTarget | null, areSingleKeysOn: boolean): boolean {
  if (!areSingleKeysOn && isSingleKey(shortcut.keys)) return false;
  if (document.querySelector(IN_FRONT)) return false;
  // Enter on a button presses the button, whatever the page does with Enter elsewhere.
  const isPress = shortcut.keys === "enter" || shortcut.keys === "space";
  if (isPress && target instanceof Element && target.closest(PRESSED_BY_ENTER)) return false;
  const isTyping = target instanceof Element && target.closest(TYPING) !== null;
  return !isTyping || shortcut.worksInFields === true;
}
