"use client";

import { X } from "lucide-react";
import { Toast as Radix } from "radix-ui";
import { buttonClass } from "./button-styles";
import { Mark } from "./mark";
import type { ShownToast } from "./toast";

interface ToastListProps {
  messages: readonly ShownToast[];
  onDismiss: (id: number) => void;
}

/** The messages on screen. Loaded on demand through `ToastProvider`. */
export function ToastList({ messages, onDismiss }: ToastListProps) {
  return (
    <Radix.Provider swipeDirection="down" label="Message">
      {messages.map((message) => (
        <ToastCard key={message.id} message={message} onClose={() => onDismiss(message.id)} />
      ))}
      <Radix.Viewport
        data-toast-viewport=""
        label="Messages ({hotkey})"
        className="pointer-events-none fixed inset-x-0 bottom-16 z-60 mx-auto flex w-full max-w-md flex-col gap-2 px-3 outline-none md:bottom-4 print:hidden"
      />
    </Radix.Provider>
  );
}

function ToastCard({ message, onClose }: { message: ShownToast; onClose: () => void }) {
  const { title, description, mark, action, durationMs } = message;
  return (
    <Radix.Root
      type="background"
      duration={durationMs ?? (action ? 12_000 : 6_000)}
      onOpenChange={(open) => !open && onClose()}
      className="pointer-events-auto flex animate-rise items-center gap-3 rounded-lg border border-line bg-raised py-2 ps-3.5 pe-2 shadow-high"
    >
      {mark && <Mark kind={mark} />}
      <div className="min-w-0 flex-1 py-1">
        <Radix.Title className="font-medium">{title}</Radix.Title>
        {description && <Radix.Description className="text-ink-muted">{description}</Radix.Description>}
      </div>
      {action && (
        <Radix.Action
          altText={action.label}
          onClick={action.onSelect}
          className={buttonClass("secondary", "sm")}
        >
          {action.label}
        </Radix.Action>
      )}
      <Radix.Close aria-label="Close message" className={`${buttonClass("quiet", "sm")} px-1.5!`}>
        <X aria-hidden="true" className="size-4" />
      </Radix.Close>
    </Radix.Root>
  );
}
