"use client";

import type { DropdownMenu } from "radix-ui";
import { createContext, useContext } from "react";

/** The library's parts, handed down by the panel: items then cost a page nothing until a menu opens. */
type MenuParts = Pick<
  typeof DropdownMenu,
  "Item" | "ItemIndicator" | "Label" | "RadioGroup" | "RadioItem" | "Separator"
>;

export const MenuPartsContext = createContext<MenuParts | null>(null);

export function useMenuParts(): MenuParts {
  const parts = useContext(MenuPartsContext);
  if (!parts) throw new Error("Items of a menu stand inside a Menu");
  return parts;
}
