import { LinkButton } from "@/components/ui/link-button";
import { HighlightedInstructions } from "./highlighted-instructions";
import { Section } from "./section";

interface InstructionsSectionProps {
  instructions: string;
  /** Where they are edited; null for people who may not change the judge. */
  editHref: string | null;
}

/** What the judge is told, with its variables marked. */
export function InstructionsSection({ instructions, editHref }: InstructionsSectionProps) {
  return (
    <Section
      id="instructions"
      title="Instructions"
      about="What the judge is told before its guidelines. The marked parts are filled in for each answer."
      actions={
        editHref && (
          <LinkButton size="sm" href={editHref}>
            Edit, and see the exact prompt
          </LinkButton>
        )
      }
    >
      <HighlightedInstructions instructions={instructions} />
    </Section>
  );
}
