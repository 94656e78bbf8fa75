import { TextLink } from "@/components/ui/text-link";

interface OtherJudgesProps {
  judges: readonly { id: string; name: string }[];
  current: string;
  projectId: string;
  mayDraft: boolean;
}

/** The way to the other judges of a project, and to a new one. */
export function OtherJudges({ judges, current, projectId, mayDraft }: OtherJudgesProps) {
  return (
    <nav aria-label="Judges" className="flex flex-wrap gap-x-4 gap-y-1">
      {judges.length > 1 &&
        judges.map(({ id, name }) =>
          id === current ? (
            <span key={id} aria-current="page" className="font-medium text-ink">
              {name}
            </span>
          ) : (
            <TextLink key={id} href={`/p/${projectId}/judge?judge=${id}`}>
              {name}
            </TextLink>
          ),
        )}
      {mayDraft && <TextLink href={`/p/${projectId}/judge?new=1`}>Write another judge</TextLink>}
    </nav>
  );
}
