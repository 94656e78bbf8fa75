"use client";

import { ChevronDown, Keyboard, LogOut } from "lucide-react";
import { useTheme } from "next-themes";
import { buttonClass } from "@/components/ui/button-styles";
import { Menu, MenuItem, MenuRadioGroup, MenuSeparator } from "@/components/ui/menu";

const THEMES = [
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
  { value: "system", label: "As the device" },
] as const;

type ThemeName = (typeof THEMES)[number]["value"];

interface UserMenuProps {
  name: string;
  onShowKeys: () => void;
  onSignOut: () => void;
}

/** Theme, keys, sign out. */
export function UserMenu({ name, onShowKeys, onSignOut }: UserMenuProps) {
  const { theme, setTheme } = useTheme();
  const chosen: ThemeName = THEMES.find((option) => option.value === theme)?.value ?? "system";
  return (
    <Menu
      label="You"
      trigger={
        <button type="button" className={`${buttonClass("quiet", "sm")} min-w-0`}>
          <span className="max-w-32 truncate" dir="auto">
            {name}
          </span>
          <ChevronDown aria-hidden="true" className="size-3.5 shrink-0" />
          <span className="sr-only">, your menu</span>
        </button>
      }
    >
      <MenuRadioGroup label="Colours" options={THEMES} value={chosen} onValueChange={setTheme} />
      <MenuSeparator />
      <MenuItem icon={<Keyboard aria-hidden="true" className="size-4" />} onSelect={onShowKeys}>
        Keys
      </MenuItem>
      <MenuItem icon={<LogOut aria-hidden="true" className="size-4" />} onSelect={onSignOut}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
