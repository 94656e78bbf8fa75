"use client";

import { type ChangeEvent, type Ref, useCallback, useEffect, useEffectEvent, useRef } from "react";

type TextControl = HTMLInputElement | HTMLTextAreaElement;

interface TextProps<Control extends TextControl> {
  ref?: Ref<Control> | undefined;
  value?: unknown;
  onChange?: ((event: ChangeEvent<Control>) => void) | undefined;
}

/**
 * A page can be typed into before its code has come. Such words stand in the control, and nothing else knows of them:
 * they are told as if they were typed now, so that none is shown and not saved.
 * @returns the control's ref
 */
export function useEarlyText<Control extends TextControl>({ ref, value, onChange }: TextProps<Control>) {
  const control = useRef<Control>(null);
  const tell = useEffectEvent(() => {
    const element = control.current;
    if (!element || typeof value !== "string") return;
    // controls hold line feeds only
    if (element.value !== value.replace(/\r\n?/g, "\n"))
      onChange?.({ target: element, currentTarget: element } as ChangeEvent<Control>);
  });
  useEffect(() => tell(), []);
  return useCallback(
    (element: Control | null) => {
      control.current = element;
      if (typeof ref === "function") return ref(element);
      if (ref) ref.current = element;
    },
    [ref],
  );
}
