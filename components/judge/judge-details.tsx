import { Disclosure } from "@/components/ui/disclosure";
import { TextLink } from "@/components/ui/text-link";
import type { JudgeCheckView } from "@/lib/contracts/judge-checks";
import type { JudgePage } from "@/lib/contracts/judge-page";
import { Figures } from "./figures";
import type { JudgeRights } from "./judge-view";
import { NoiseSection } from "./noise-section";
import { RememberedAnswers } from "./remembered-answers";
import { VersionList } from "./version-list";

interface JudgeDetailsProps extends JudgeRights {
  page: JudgePage;
  projectId: string;
  noise: JudgeCheckView | null;
  onUse: (versionId: string, version: number) => void;
}

/** What is folded on the Judge page: memory, steadiness, versions, figures, and a standard that has changed. */
export function JudgeDetails({ page, projectId, noise, mayDraft, mayUse, onUse }: JudgeDetailsProps) {
  const { judge, shown, measured } = page;
  const { version } = shown;
  const isModel = judge.kind === "model";
  return (
    <div className="space-y-3">
      {isModel && (
        <Disclosure summary={`Remembered answers (${shown.remembered.length})`}>
          {shown.remembered.length === 0 ? (
            <p className="text-ink-muted">None. Teaching gives it answers to remember.</p>
          ) : (
            <RememberedAnswers remembered={shown.remembered} projectId={projectId} />
          )}
        </Disclosure>
      )}
      {isModel && (
        <Disclosure summary="How steady it is">
          <NoiseSection judgeId={judge.id} version={version} latest={noise} mayDraft={mayDraft} />
        </Disclosure>
      )}
      <Disclosure summary={`Versions (${page.versions.length})`}>
        <VersionList
          versions={page.versions}
          shownId={version.id}
          compareHref={(before, after) =>
            `/p/${projectId}/judge/compare?judge=${judge.id}&before=${before}&after=${after}`
          }
          onUse={mayUse ? ({ id, version: number }) => onUse(id, number) : null}
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
      {mayDraft && isModel && (
        <p className="pt-2">
          <TextLink href={`/p/${projectId}/judge/standard?judge=${judge.id}`}>Our standard changed</TextLink>{" "}
          <span className="text-ink-muted">
            New season, new protocol: set older labels aside and retire guidelines.
          </span>
        </p>
      )}
    </div>
  );
}
