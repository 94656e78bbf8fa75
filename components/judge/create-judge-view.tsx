"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { NoPermission } from "@/components/ui/no-permission";
import { PageHeader } from "@/components/ui/page-header";
import { type JudgeTemplate, judgeTemplates } from "@/lib/contracts/judge-templates";
import type { CreateJudgeInput } from "@/lib/contracts/judges";
import { fieldErrorOf, wordsOf } from "@/lib/queries/api-fetch";
import { createJudge } from "@/lib/queries/judges";
import { anchorsOf, fittingLine, meaningsOf } from "@/lib/view-models/judge-draft";
import { GradeFields } from "./grade-fields";
import { InstructionsField } from "./instructions-field";
import { ProblemLine } from "./problem-line";
import { RuleFields } from "./rule-fields";
import { ScaleFields } from "./scale-fields";

interface CreateJudgeViewProps {
  projectId: string;
  isSimulated: boolean;
  mayDraft: boolean;
  /** Whether it is in use at once, or a draft that somebody else puts to use. */
  mayUse: boolean;
  isFirst: boolean;
}

/** A judge to begin with: choose a template, change what does not fit. */
export function CreateJudgeView({ projectId, isSimulated, mayDraft, mayUse, isFirst }: CreateJudgeViewProps) {
  const [template, setTemplate] = useState<JudgeTemplate | null>(null);
  return (
    <>
      <PageHeader
        title={isFirst ? "No judge yet" : "Write another judge"}
        isSimulated={isSimulated}
        sentence="A judge is a model that grades answers the way you do. Begin with a template; your labels teach it the rest."
      />
      {mayDraft ? (
        <div className="space-y-8">
          <TemplateChoice chosen={template} onChoose={setTemplate} />
          {template && (
            <CreateJudgeForm key={template.code} template={template} projectId={projectId} mayUse={mayUse} />
          )}
        </div>
      ) : (
        <NoPermission what="write a judge" whoMay="An expert or an engineer of this project" />
      )}
    </>
  );
}

function TemplateChoice({
  chosen,
  onChoose,
}: {
  chosen: JudgeTemplate | null;
  onChoose: (template: JudgeTemplate) => void;
}) {
  return (
    <fieldset>
      <legend className="mb-2 font-medium">Begin with</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        {judgeTemplates.map((template) => {
          const isChosen = template.code === chosen?.code;
          return (
            <button
              key={template.code}
              type="button"
              aria-pressed={isChosen}
              onClick={() => onChoose(template)}
              className={cx(
                "calm rounded-lg border p-4 text-start",
                isChosen ? "border-accent bg-selected" : "border-line-strong bg-raised hover:bg-hover",
              )}
            >
              <span className="block font-semibold">{template.title}</span>
              <span className="mt-1 block text-ink-muted">{template.when}</span>
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}

interface CreateJudgeFormProps {
  template: JudgeTemplate;
  projectId: string;
  mayUse: boolean;
}

function CreateJudgeForm({ template, projectId, mayUse }: CreateJudgeFormProps) {
  const router = useRouter();
  const [judge, setJudge] = useState<CreateJudgeInput>(template.judge);
  const [meanings, setMeanings] = useState(meaningsOf(judge.scale, judge.anchors));
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    setError(null);
    try {
      const made = await createJudge(projectId, { ...judge, anchors: anchorsOf(judge.scale, meanings) });
      router.push(`/p/${projectId}/judge?judge=${made.id}`);
      router.refresh();
    } catch (problem) {
      setError(problem);
      setPending(false);
    }
  };

  const changeScale = (scale: CreateJudgeInput["scale"]) => {
    setJudge({ ...judge, scale, goodEnough: fittingLine(scale, judge.goodEnough) });
    setMeanings(meaningsOf(scale, []));
  };

  return (
    <form onSubmit={save} className="measure space-y-6">
      <Field
        label="Name"
        required
        error={fieldErrorOf(error, "name")}
        hint="What it grades: Usefulness, Safety, Tone."
      >
        <Input
          value={judge.name}
          maxLength={120}
          onChange={(event) => setJudge({ ...judge, name: event.target.value })}
        />
      </Field>
      {template.code === "custom" && (
        <ScaleFields scale={judge.scale} onScale={changeScale} error={fieldErrorOf(error, "scale")} />
      )}
      {judge.rule ? (
        <RuleFields
          rule={judge.rule}
          onRule={(rule) => setJudge({ ...judge, rule })}
          error={fieldErrorOf(error, "rule")}
        />
      ) : (
        <>
          <GradeFields
            scale={judge.scale}
            meanings={meanings}
            goodEnough={judge.goodEnough}
            onMeanings={setMeanings}
            onGoodEnough={(goodEnough) => setJudge({ ...judge, goodEnough })}
            error={fieldErrorOf(error, "anchors")}
          />
          <InstructionsField
            value={judge.instructions}
            onChange={(instructions) => setJudge({ ...judge, instructions })}
            error={fieldErrorOf(error, "instructions")}
          />
        </>
      )}
      <ProblemLine problem={error === null ? null : wordsOf(error)} />
      {!mayUse && (
        <p className="text-ink-muted">It is saved as a draft; a lead expert or an engineer puts it to use.</p>
      )}
      <Button
        type="submit"
        variant="primary"
        pending={isPending}
        pendingLabel="Saving"
        blockedReason={judge.name.trim() === "" ? "Give the judge a name first." : undefined}
      >
        Save the judge
      </Button>
    </form>
  );
}
