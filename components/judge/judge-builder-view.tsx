"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { LinkButton } from "@/components/ui/link-button";
import { Skeleton } from "@/components/ui/loading-skeleton";
import { PageHeader } from "@/components/ui/page-header";
import { Select } from "@/components/ui/select";
import { Tabs } from "@/components/ui/tabs";
import { TextLink } from "@/components/ui/text-link";
import type { EditJudgeInput, JudgeVersionDetail } from "@/lib/contracts/judge-page";
import type { JudgeView } from "@/lib/contracts/judges";
import { wordsOf } from "@/lib/queries/api-fetch";
import { judgeAnswersOptions } from "@/lib/queries/judge-checks";
import { type BuilderDraft, builderChanges, builderDraftOf } from "@/lib/view-models/judge-builder";
import { GradeFields } from "./grade-fields";
import { InstructionsField } from "./instructions-field";
import { ProblemLine } from "./problem-line";
import { PromptPreview } from "./prompt-preview";
import { TryOut } from "./try-out";
import { useJudgeEdit } from "./use-judge-edit";
import { useSettled } from "./use-settled";

interface JudgeBuilderViewProps {
  judge: JudgeView;
  version: JudgeVersionDetail["version"];
  projectId: string;
  isSimulated: boolean;
}

/** A pause in typing after which the prompt is shown anew. */
const TYPING_PAUSE_MS = 400;

/** Changing what a judge is told, with the exact prompt and a try beside it; saved as a draft. */
export function JudgeBuilderView({ judge, version, projectId, isSimulated }: JudgeBuilderViewProps) {
  const router = useRouter();
  const back = `/p/${projectId}/judge?judge=${judge.id}`;
  const [draft, setDraft] = useState<BuilderDraft>(() => builderDraftOf(judge.scale, version));
  const edit = useJudgeEdit(judge.id, version.id, true, back);
  const changes = useMemo(() => builderChanges(judge.scale, version, draft), [judge.scale, version, draft]);
  const save = async () => {
    if (changes && (await edit.save(changes))) router.refresh();
  };
  return (
    <>
      <PageHeader
        above={<TextLink href={back}>{judge.name}</TextLink>}
        title={`Edit the judge, from v${version.version}`}
        isSimulated={isSimulated}
        sentence="The saved version stays as it is; your words become a draft that grades nothing until it is put to use."
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-8 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <div className="space-y-6">
          <InstructionsField
            value={draft.instructions}
            onChange={(instructions) => setDraft({ ...draft, instructions })}
            error={null}
          />
          <GradeFields
            scale={judge.scale}
            meanings={draft.meanings}
            goodEnough={draft.goodEnough}
            onMeanings={(meanings) => setDraft({ ...draft, meanings })}
            onGoodEnough={(goodEnough) => setDraft({ ...draft, goodEnough })}
            error={null}
          />
          <ProblemLine problem={edit.problem} />
          <div className="flex flex-wrap gap-3">
            <Button
              variant="primary"
              pending={edit.isPending}
              onClick={() => void save()}
              blockedReason={
                changes === null ? "Nothing is changed yet, so there is nothing to save." : undefined
              }
            >
              Save as a draft
            </Button>
            <LinkButton href={back}>Leave</LinkButton>
          </div>
        </div>
        <Beside judge={judge} version={version} changes={changes} projectId={projectId} />
      </div>
    </>
  );
}

interface BesideProps extends Omit<JudgeBuilderViewProps, "isSimulated"> {
  changes: Omit<EditJudgeInput, "baseVersionId"> | null;
}

/** What the words as they stand now do: the prompt for a chosen answer, and a try on a few. */
function Beside({ judge, version, changes, projectId }: BesideProps) {
  const { data, error } = useQuery(judgeAnswersOptions(judge.id));
  const [chosen, setChosen] = useState<string | null>(null);
  const settled = useSettled(changes, TYPING_PAUSE_MS);
  if (error) return <ProblemLine problem={wordsOf(error)} />;
  if (!data) return <Skeleton className="h-96" />;
  const [first] = data.items;
  if (!first)
    return (
      <EmptyState
        title="No answer to try it on yet."
        primary={<LinkButton href={`/p/${projectId}/answers`}>Get answers</LinkButton>}
      >
        With recorded answers of practice records you see here what the judge is sent, and what it says.
      </EmptyState>
    );
  const traceId = chosen ?? first.traceId;
  return (
    <section aria-label="What it does" className="min-w-0 space-y-4">
      <Field label="For this answer">
        <Select
          value={traceId}
          onValueChange={setChosen}
          options={data.items.map((item) => ({ value: item.traceId, label: item.question.slice(0, 90) }))}
        />
      </Field>
      <Tabs
        label="What it does"
        items={[
          {
            value: "prompt",
            label: "The exact prompt",
            content: (
              <PromptPreview
                judgeId={judge.id}
                input={{ versionId: version.id, traceId, changes: settled }}
              />
            ),
          },
          {
            value: "try",
            label: "Try it",
            content: (
              <TryOut
                judgeId={judge.id}
                saved={version}
                changes={changes}
                answers={[
                  ...data.items.filter((item) => item.traceId === traceId),
                  ...data.items.filter((item) => item.traceId !== traceId),
                ]}
                host={data.host}
              />
            ),
          },
        ]}
      />
    </section>
  );
}
