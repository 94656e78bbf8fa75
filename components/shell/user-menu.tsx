"use client";

import { ChevronDown, Keyboard, LogOut, Server, UserRound } from "lucide-react";
import { useRouter } from "next/navigation";
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
  isServerAdmin: boolean;
  onShowKeys: () => void;
  onSignOut: () => void;
}

/** Own account, the server for those who look after it, theme, keys, sign out. */
export function UserMenu({ name, isServerAdmin, onShowKeys, onSignOut }: UserMenuProps) {
  const router = useRouter();
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
      <MenuItem
        icon={<UserRound aria-hidden="true" className="size-4" />}
        onSelect={() => router.push("/account")}
      >
        Your account
      </MenuItem>
      {isServerAdmin && (
        <MenuItem
          icon={<Server aria-hidden="true" className="size-4" />}
          onSelect={() => router.push("/server")}
        >
          This server
        </MenuItem>
      )}
      <MenuItem icon={<Keyboard aria-hidden="true" className="size-4" />} onSelect={onShowKeys}>
        Keys
      </MenuItem>
      <MenuItem icon={<LogOut aria-hidden="true" className="size-4" />} onSelect={onSignOut}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
