import { FieldError } from "@/components/ui/field";

/** What went wrong with an act, beside its button; nothing while all is well. */
export function ProblemLine({ problem }: { problem: string | null }) {
  if (problem === null) return null;
  return (
    <div role="alert">
      <FieldError>{problem}</FieldError>
    </div>
  );
}
