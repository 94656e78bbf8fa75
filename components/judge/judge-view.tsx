"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Callout } from "@/components/ui/callout";
import { Disclosure } from "@/components/ui/disclosure";
import { PageHeader } from "@/components/ui/page-header";
import { Term } from "@/components/ui/term";
import { TextLink } from "@/components/ui/text-link";
import type { JudgePage } from "@/lib/contracts/judge-page";
import { putVersionToUse } from "@/lib/queries/judges";
import { agreementSentence } from "@/lib/view-models/judge-agreement";
import { prepareDifferences } from "@/lib/view-models/judge-cases";
import { Differences } from "./differences";
import { DraftBanner } from "./draft-banner";
import { Figures } from "./figures";
import { FreshNotice } from "./fresh-notice";
import { GradesSection } from "./grades-section";
import { GuidelineList } from "./guideline-list";
import { InstructionsSection } from "./instructions-section";
import { OtherJudges } from "./other-judges";
import { ProblemLine } from "./problem-line";
import { RememberedAnswers } from "./remembered-answers";
import { Section } from "./section";
import { TeachCard } from "./teach-card";
import { useAct } from "./use-act";
import { useJudgeEdit } from "./use-judge-edit";
import { VersionList } from "./version-list";

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
}

/** Does it grade as we do? Agreement first, then what it learned, what it gets wrong, and how it was made. */
export function JudgeView({ page, projectId, isSimulated, judges, mayDraft, mayUse }: JudgeViewProps) {
  const { judge, shown, measured, preflight } = page;
  const { version } = shown;
  const router = useRouter();
  const [ruler, setRuler] = useState<string | null>(null);
  const using = useAct();
  const edit = useJudgeEdit(judge.id, version.id, mayDraft);
  const mayEdit = mayDraft && judge.kind === "model";
  const use = (versionId: string, number: number) =>
    void using.run(async () => {
      const { rulerSentence } = await putVersionToUse(judge.id, versionId);
      setRuler(rulerSentence ?? `v${number} grades from now on.`);
      router.refresh();
    });
  const differences = measured ? prepareDifferences(measured.table, page.caseLabels) : [];
  return (
    <>
      <PageHeader
        title={judge.name}
        isSimulated={isSimulated}
        above={<OtherJudges judges={judges} current={judge.id} projectId={projectId} mayDraft={mayDraft} />}
        sentence={
          measured
            ? agreementSentence(measured.table, measured.human)
            : version.status === "draft" && judge.inUse !== null
              ? "How well this draft grades as you do is not known yet: teaching it measures that too."
              : "How well it grades as you do is not known yet: teaching it measures that too."
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
        <div className="space-y-4">
          {ruler && (
            <FreshNotice key={ruler}>
              <Callout tone="accent" title={ruler} />
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
        <Section
          id="guidelines"
          title={version.guidelines.length === 0 ? "Guidelines" : `Guidelines (${version.guidelines.length})`}
          about={
            version.guidelines.length > 0 ? (
              <>
                A <Term code="guideline" /> is a rule that the judge drew from labels. Each shows whose words
                it came from.
              </>
            ) : (
              "It has learned nothing yet: it goes by its instructions alone. Labels with reasons become guidelines."
            )
          }
        >
          <GuidelineList
            version={shown}
            projectId={projectId}
            actions={edit.guidelines}
            effects={page.effects}
          />
        </Section>
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
                <TextLink href={`/p/${projectId}/judge/teach/${measured.alignmentId}`}>
                  The whole test
                </TextLink>
              </p>
            </>
          )}
        </Section>
        <GradesSection scale={judge.scale} version={version} edit={mayEdit ? edit : null} />
        <InstructionsSection instructions={version.instructions} edit={mayEdit ? edit : null} />
        <div className="space-y-3">
          <Disclosure summary={`Remembered answers (${shown.remembered.length})`}>
            {shown.remembered.length === 0 ? (
              <p className="text-ink-muted">None. Teaching gives it answers to remember.</p>
            ) : (
              <RememberedAnswers remembered={shown.remembered} projectId={projectId} />
            )}
          </Disclosure>
          <Disclosure summary={`Versions (${page.versions.length})`}>
            <VersionList
              versions={page.versions}
              onUse={mayUse ? ({ id, version: number }) => use(id, number) : null}
            />
          </Disclosure>
          {measured && (
            <Disclosure summary="Figures: κ, TPR, TNR, J, each with its 95 % range">
              <Figures
                before={null}
                after={measured.table}
                names={{ before: "", after: `v${version.version}` }}
                alpha={measured.human?.alpha ?? null}
              />
            </Disclosure>
          )}
        </div>
      </div>
    </>
  );
}

function countOf(rows: readonly { kind: string }[], kind: string): number {
  return rows.filter((row) => row.kind === kind).length;
}
