"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { LinkButton } from "@/components/ui/link-button";
import type { JudgePage } from "@/lib/contracts/judge-page";
import { discardDraft } from "@/lib/queries/judges";
import { ProblemLine } from "./problem-line";
import { useAct } from "./use-act";

interface DraftBannerProps {
  page: JudgePage;
  projectId: string;
  mayDraft: boolean;
  /** Null for people who may not put a judge to use. */
  onUse: ((versionId: string, version: number) => void) | null;
  isPending: boolean;
}

/** What waits for a decision: a taught draft, or a hand-edited one, which is then what the page shows. */
export function DraftBanner({ page, projectId, mayDraft, onUse, isPending }: DraftBannerProps) {
  const { shown, judge, openAlignmentId } = page;
  const { version } = shown;
  return (
    <>
      {openAlignmentId !== null && (
        <Callout
          tone="accent"
          title="A taught draft waits for a decision."
          actions={
            <LinkButton variant="primary" href={`/p/${projectId}/judge/teach/${openAlignmentId}`}>
              Read what it learned
            </LinkButton>
          }
        >
          It grades nothing until somebody puts it to use.
        </Callout>
      )}
      {version.status === "draft" && (
        <EditedDraft
          judgeId={judge.id}
          version={version}
          inUse={judge.inUse?.version ?? null}
          mayDraft={mayDraft}
          onUse={onUse}
          isPending={isPending}
        />
      )}
    </>
  );
}

interface EditedDraftProps extends Pick<DraftBannerProps, "mayDraft" | "onUse" | "isPending"> {
  judgeId: string;
  version: JudgePage["shown"]["version"];
  inUse: number | null;
}

function EditedDraft({ judgeId, version, inUse, mayDraft, onUse, isPending }: EditedDraftProps) {
  const router = useRouter();
  const discarding = useAct();
  const discard = () =>
    void discarding.run(async () => {
      await discardDraft(judgeId, version.id);
      router.refresh();
    });
  const how = version.origin === "written" ? "written" : "edited by hand";
  return (
    <Callout
      tone="warning"
      title={`You see draft v${version.version}, ${how} by ${version.createdBy}. It is not in use${inUse === null ? "" : `; v${inUse} is`}.`}
      actions={
        <>
          <Button
            pending={isPending}
            blockedReason={
              onUse === null
                ? "A lead expert or an engineer puts a judge to use. Ask one of them."
                : undefined
            }
            onClick={() => onUse?.(version.id, version.version)}
          >
            Use v{version.version}
          </Button>
          {mayDraft && inUse !== null && (
            <Button variant="quiet" pending={discarding.isPending} onClick={discard}>
              Set the draft aside
            </Button>
          )}
        </>
      }
    >
      {version.origin === "edited" && "Its agreement with you has not been measured: teaching measures it."}
      <ProblemLine problem={discarding.problem} />
    </Callout>
  );
}
