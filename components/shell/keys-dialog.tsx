"use client";

import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { showKeys } from "@/components/ui/shortcut-match";
import { type Shortcut, useShortcutList, useSingleKeys } from "@/components/ui/shortcuts";
import { Switch } from "@/components/ui/switch";

interface KeysDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** All keys that work on this page, and the switch for those without Ctrl or ⌘. */
export function KeysDialog({ open, onOpenChange }: KeysDialogProps) {
  return (
    <Dialog title="Keys" open={open} onOpenChange={onOpenChange}>
      <KeysList />
    </Dialog>
  );
}

function groupShortcuts(shortcuts: readonly Shortcut[]): [string, Shortcut[]][] {
  const groups = new Map<string, Shortcut[]>();
  for (const shortcut of shortcuts) {
    const name = shortcut.group ?? "This page";
    groups.set(name, [...(groups.get(name) ?? []), shortcut]);
  }
  // What the page itself does comes first; the ways round the product are the same everywhere.
  return [...groups].sort(([a], [b]) => Number(a !== "This page") - Number(b !== "This page"));
}

function KeysList() {
  const list = useShortcutList();
  const [isOn, setOn] = useSingleKeys();
  return (
    <div className="space-y-5">
      <Switch
        label="Keys without Ctrl or ⌘"
        hint="Switch them off if your keyboard or your voice control presses them by mistake."
        checked={isOn}
        onCheckedChange={setOn}
      />
      {groupShortcuts(list()).map(([group, shortcuts]) => (
        <section key={group}>
          <h3 className="mb-1.5 text-xs text-ink-muted">{group}</h3>
          <ul className="divide-y divide-line">
            {shortcuts.map((shortcut) => (
              <li key={shortcut.keys} className="flex min-h-8 items-center justify-between gap-4">
                <span>{shortcut.label}</span>
                <Kbd keys={showKeys(shortcut.keys)} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
