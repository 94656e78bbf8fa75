"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Callout } from "@/components/ui/callout";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Term } from "@/components/ui/term";
import { TextLink } from "@/components/ui/text-link";
import type { JudgeCheckView } from "@/lib/contracts/judge-checks";
import type { JudgePage } from "@/lib/contracts/judge-page";
import { putVersionToUse } from "@/lib/queries/judges";
import { agreementSentence } from "@/lib/view-models/judge-agreement";
import { prepareDifferences } from "@/lib/view-models/judge-cases";
import { Differences } from "./differences";
import { DraftBanner } from "./draft-banner";
import { FreshNotice } from "./fresh-notice";
import { GradesSection } from "./grades-section";
import type { GuidelineActions } from "./guideline-card";
import { GuidelineList } from "./guideline-list";
import { InstructionsSection } from "./instructions-section";
import { JudgeDetails } from "./judge-details";
import { OtherJudges } from "./other-judges";
import { ProblemLine } from "./problem-line";
import { RuleSection } from "./rule-section";
import { Section } from "./section";
import { SetAside } from "./set-aside";
import { TeachCard } from "./teach-card";
import { useAct } from "./use-act";
import { useJudgeEdit } from "./use-judge-edit";

/** What this person may do with the judge. */
export interface JudgeRights {
  mayDraft: boolean;
  mayUse: boolean;
}

interface JudgeViewProps extends JudgeRights {
  page: JudgePage;
  projectId: string;
  isSimulated: boolean;
  judges: readonly { id: string; name: string }[];
  /** The newest measure of how steady it is. */
  noise: JudgeCheckView | null;
}

/** Does it grade as we do? Agreement first, then what it learned, what it gets wrong, and how it was made. */
export function JudgeView({ page, projectId, isSimulated, judges, noise, mayDraft, mayUse }: JudgeViewProps) {
  const { judge, shown, measured, preflight } = page;
  const { version } = shown;
  const router = useRouter();
  const [ruler, setRuler] = useState<{ words: string; compareHref: string | null } | null>(null);
  const using = useAct();
  const edit = useJudgeEdit(judge.id, version.id, mayDraft);
  const mayEdit = mayDraft && judge.kind === "model";
  const use = (versionId: string, number: number) =>
    void using.run(async () => {
      const { rulerSentence } = await putVersionToUse(judge.id, versionId);
      const replaced = judge.inUse?.id;
      setRuler({
        words: rulerSentence ?? `v${number} grades from now on.`,
        compareHref: replaced
          ? `/p/${projectId}/judge/compare?judge=${judge.id}&before=${replaced}&after=${versionId}`
          : null,
      });
      router.refresh();
    });
  return (
    <SetAside judgeId={judge.id} isAllowed={mayEdit}>
      <PageHeader
        title={judge.name}
        isSimulated={isSimulated}
        above={<OtherJudges judges={judges} current={judge.id} projectId={projectId} mayDraft={mayDraft} />}
        sentence={
          judge.kind === "rule"
            ? "A rule: checked by code, pass or fail. There is nothing to teach it."
            : measured
              ? agreementSentence(measured.table, measured.human)
              : version.status === "draft" && judge.inUse !== null
                ? "How well this draft grades as you do is not known yet: teaching it measures that too."
                : "How well it grades as you do is not known yet: teaching it measures that too."
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
        <div className="space-y-4">
          {ruler && (
            <FreshNotice key={ruler.words}>
              <Callout
                tone="accent"
                title={ruler.words}
                actions={
                  ruler.compareHref && (
                    <LinkButton href={ruler.compareHref}>See the same answers under both</LinkButton>
                  )
                }
              />
            </FreshNotice>
          )}
          <DraftBanner
            page={page}
            projectId={projectId}
            mayDraft={mayDraft}
            onUse={mayUse ? use : null}
            isPending={using.isPending}
          />
          <ProblemLine problem={using.problem} />
          {preflight && judge.kind === "model" && (
            <TeachCard
              judgeId={judge.id}
              projectId={projectId}
              preflight={preflight}
              isSecondary={
                page.openAlignmentId !== null || (preflight.newSinceLast === 0 && version.status === "in-use")
              }
              labelHref={page.labelHref}
            />
          )}
        </div>
        {judge.kind === "model" ? (
          <>
            <Learned page={page} projectId={projectId} actions={edit.guidelines} />
            <WhatItGetsWrong page={page} projectId={projectId} />
          </>
        ) : (
          version.rule && <RuleSection rule={version.rule} edit={mayDraft ? edit : null} />
        )}
        {judge.kind === "model" && (
          <>
            <GradesSection scale={judge.scale} version={version} edit={mayEdit ? edit : null} />
            <InstructionsSection
              instructions={version.instructions}
              editHref={mayEdit ? `/p/${projectId}/judge/edit?judge=${judge.id}` : null}
            />
          </>
        )}
        <JudgeDetails
          page={page}
          projectId={projectId}
          noise={noise}
          mayDraft={mayDraft}
          mayUse={mayUse}
          onUse={use}
        />
      </div>
    </SetAside>
  );
}

interface LearnedProps extends Pick<JudgeViewProps, "page" | "projectId"> {
  actions: GuidelineActions;
}

function Learned({ page, projectId, actions }: LearnedProps) {
  const { shown, effects } = page;
  const { guidelines } = shown.version;
  return (
    <Section
      id="guidelines"
      title={guidelines.length === 0 ? "Guidelines" : `Guidelines (${guidelines.length})`}
      about={
        guidelines.length > 0 ? (
          <>
            A <Term code="guideline" /> is a rule that the judge drew from labels. Each shows whose words it
            came from.
          </>
        ) : (
          "It has learned nothing yet: it goes by its instructions alone. Labels with reasons become guidelines."
        )
      }
    >
      <GuidelineList version={shown} projectId={projectId} actions={actions} effects={effects} />
    </Section>
  );
}

function WhatItGetsWrong({ page, projectId }: Pick<JudgeViewProps, "page" | "projectId">) {
  const { measured } = page;
  const differences = measured ? prepareDifferences(measured.table, page.caseLabels) : [];
  return (
    <Section
      id="differences"
      title="What it gets wrong"
      about={
        measured
          ? differences.length === 0
            ? "Nothing, on the answers that it was tested on."
            : `${countOf(differences, "too-kind")} too kind, ${countOf(differences, "too-harsh")} too harsh, of ${measured.table.cases.length} tested.`
          : "Not known yet: teach the judge, and it is tested on answers that it has not seen."
      }
    >
      {measured && differences.length > 0 && (
        <>
          <Differences rows={differences} projectId={projectId} />
          <p className="mt-2">
            <TextLink href={`/p/${projectId}/judge/teach/${measured.alignmentId}`}>The whole test</TextLink>
          </p>
        </>
      )}
    </Section>
  );
}

function countOf(rows: readonly { kind: string }[], kind: string): number {
  return rows.filter((row) => row.kind === kind).length;
}
