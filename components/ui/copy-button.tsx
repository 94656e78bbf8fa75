"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useAnnounce } from "./announcer";
import { Button, type ButtonProps } from "./button";

interface CopyButtonProps extends Omit<ButtonProps, "children" | "onClick" | "icon"> {
  /** What lands on the clipboard. */
  text: string;
  /** Words on the button: "Copy link to send". */
  label: string;
}

/** Copies, and says that it did, or that the browser did not allow it. */
export function CopyButton({ text, label, size = "sm", ...rest }: CopyButtonProps) {
  const [state, setState] = useState<"idle" | "copied" | "refused">("idle");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const announce = useAnnounce();
  useEffect(() => () => clearTimeout(timer.current), []);
  const settle = (next: "copied" | "refused", words: string) => {
    setState(next);
    announce(words);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setState("idle"), 2_500);
  };
  const copy = () => {
    // Without https or localhost a browser has no clipboard at all.
    const write = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error("no clipboard"));
    write.then(
      () => settle("copied", "Copied."),
      () => settle("refused", "The browser did not allow it. Select the text and copy it by hand."),
    );
  };
  return (
    <Button
      {...rest}
      size={size}
      onClick={copy}
      icon={
        state === "copied" ? (
          <Check aria-hidden="true" className="size-4" />
        ) : (
          <Copy aria-hidden="true" className="size-4" />
        )
      }
    >
      {state === "copied" ? "Copied" : state === "refused" ? "Copy by hand" : label}
    </Button>
  );
}
