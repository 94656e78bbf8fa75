"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { NewPromptDialog } from "./new-prompt-dialog";

/** The way to a further prompt, of one part or of several. */
export function NewPrompt({ projectId, isFirst }: { projectId: string; isFirst: boolean }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant={isFirst ? "primary" : "secondary"} onClick={() => setOpen(true)}>
        {isFirst ? "Write the prompt" : "Write another prompt"}
      </Button>
      {isOpen && <NewPromptDialog projectId={projectId} onClose={() => setOpen(false)} />}
    </>
  );
}
