"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { EditJudgeInput } from "@/lib/contracts/judge-page";
import { HighlightedInstructions } from "./highlighted-instructions";
import { InstructionsField } from "./instructions-field";
import { Section } from "./section";

interface InstructionsSectionProps {
  instructions: string;
  /** Null for people who may not change the judge. */
  edit: {
    isPending: boolean;
    problem: string | null;
    save: (input: EditJudgeInput) => Promise<boolean>;
  } | null;
}

/** What the judge is told, with its variables marked. */
export function InstructionsSection({ instructions, edit }: InstructionsSectionProps) {
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState(instructions);
  const open = () => {
    setText(instructions);
    setOpen(true);
  };
  const save = async () => {
    if (await edit?.save({ instructions: text })) setOpen(false);
  };
  return (
    <Section
      id="instructions"
      title="Instructions"
      about="What the judge is told before its guidelines. The marked parts are filled in for each answer."
      actions={
        edit && (
          <Button size="sm" onClick={open}>
            Edit the instructions
          </Button>
        )
      }
    >
      <HighlightedInstructions instructions={instructions} />
      {edit && (
        <Dialog
          open={isOpen}
          onOpenChange={setOpen}
          size="lg"
          title="Edit the instructions"
          footer={
            <>
              <Button onClick={() => setOpen(false)}>Cancel</Button>
              <Button variant="primary" pending={edit.isPending} onClick={() => void save()}>
                Save as a draft
              </Button>
            </>
          }
        >
          <InstructionsField value={text} onChange={setText} error={isOpen ? edit.problem : null} />
        </Dialog>
      )}
    </Section>
  );
}
