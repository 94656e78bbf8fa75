"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/loading-skeleton";
import { PageHeader } from "@/components/ui/page-header";
import { Select } from "@/components/ui/select";
import { TextLink } from "@/components/ui/text-link";
import { Textarea } from "@/components/ui/textarea";
import { useToast } from "@/components/ui/toast";
import type { JudgeView } from "@/lib/contracts/judges";
import type { StandardChangeView, StandardPreview, StandardScopeInput } from "@/lib/contracts/standards";
import { wordsOf } from "@/lib/queries/api-fetch";
import { changeStandard, standardPreviewOptions } from "@/lib/queries/judge-checks";
import { endOfDay, setAsideWords } from "@/lib/view-models/judge-standard";
import { ProblemLine } from "./problem-line";
import { Section } from "./section";
import { StandardHistory } from "./standard-history";
import { useAct } from "./use-act";

interface StandardChangeViewProps {
  judge: JudgeView;
  projectId: string;
  changes: readonly StandardChangeView[];
  /** Today, as the field of the browser wants it: 2026-11-26. */
  today: string;
}

const ALL = "every label";

/** Our standard changed: older labels are set aside, guidelines retired. What it does is shown before it is done. */
export function StandardChangePageView({ judge, projectId, changes, today }: StandardChangeViewProps) {
  const [tag, setTag] = useState<string | null>(null);
  const [day, setDay] = useState(today);
  const scope: StandardScopeInput = { tag, before: endOfDay(day) };
  const { data, error } = useQuery({
    ...standardPreviewOptions(judge.id, scope),
    placeholderData: (last) => last,
  });
  return (
    <>
      <PageHeader
        above={<TextLink href={`/p/${projectId}/judge?judge=${judge.id}`}>{judge.name}</TextLink>}
        title="Our standard changed"
        sentence="What was good last season may not be now. Older labels stop teaching, and what the judge learned from them goes; all of it stays in the history."
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
        <Section id="what" title="Which labels count no more">
          <div className="grid max-w-2xl gap-4 sm:grid-cols-2">
            <Field label="Labels of records with the tag">
              <Select
                value={tag ?? ALL}
                onValueChange={(value) => setTag(value === ALL ? null : value)}
                options={[
                  { value: ALL, label: "All records" },
                  ...(data?.tags ?? []).map((one) => ({
                    value: one.tag,
                    label: `${one.tag} (${one.labels} ${one.labels === 1 ? "label" : "labels"})`,
                  })),
                ]}
              />
            </Field>
            <Field label="Given up to and on" hint="Later labels go on teaching.">
              <Input type="date" value={day} max={today} onChange={(event) => setDay(event.target.value)} />
            </Field>
          </div>
        </Section>
        {error ? (
          <ProblemLine problem={wordsOf(error)} />
        ) : data ? (
          <ChangeForm
            key={data.baseVersion}
            judge={judge}
            projectId={projectId}
            scope={scope}
            preview={data}
          />
        ) : (
          <Skeleton className="h-64" />
        )}
        {changes.length > 0 && <StandardHistory judge={judge} changes={changes} />}
      </div>
    </>
  );
}

interface ChangeFormProps {
  judge: JudgeView;
  projectId: string;
  scope: StandardScopeInput;
  preview: StandardPreview;
}

function ChangeForm({ judge, projectId, scope, preview }: ChangeFormProps) {
  const router = useRouter();
  const { toast } = useToast();
  const [retire, setRetire] = useState<ReadonlySet<string>>(new Set());
  const [reason, setReason] = useState("");
  const { isPending, problem, run } = useAct();
  const isNothing = preview.labels === 0 && retire.size === 0;
  const apply = () =>
    void run(async () => {
      const made = await changeStandard(judge.id, { ...scope, retire: [...retire], reason });
      toast({
        title: `${made.labels} ${made.labels === 1 ? "label is" : "labels are"} set aside.`,
        description:
          made.versionId === null
            ? "The judge had learned nothing from them."
            : "A draft without them waits.",
        mark: "done",
      });
      router.push(`/p/${projectId}/judge?judge=${judge.id}`);
      router.refresh();
    });
  const toggle = (id: string, isOn: boolean) => {
    const next = new Set(retire);
    if (isOn) next.add(id);
    else next.delete(id);
    setRetire(next);
  };
  return (
    <Section id="effect" title="What that does" about={setAsideWords(preview)}>
      <div className="space-y-6">
        <Guidelines title="These go: all their labels are set aside" guidelines={preview.removed} />
        <Guidelines
          title="These are worded anew at the next teaching: some of their labels are set aside"
          guidelines={preview.affected}
        />
        {preview.untouched.length > 0 && (
          <fieldset className="space-y-2">
            <legend className="mb-1 font-medium">These stay. Tick what holds no more either</legend>
            {preview.untouched.map(({ id, text }) => (
              <Checkbox
                key={id}
                label={<span dir="auto">{text}</span>}
                checked={retire.has(id)}
                onCheckedChange={(isOn) => toggle(id, isOn)}
              />
            ))}
          </fieldset>
        )}
        <div className="measure space-y-4">
          <Field
            label="What has changed"
            required
            hint="New season, new protocol: whoever reads the history wants to know."
          >
            <Textarea value={reason} maxLength={2_000} onChange={(event) => setReason(event.target.value)} />
          </Field>
          <ProblemLine problem={problem} />
          <Button
            variant="primary"
            pending={isPending}
            onClick={apply}
            blockedReason={
              isNothing
                ? "No label falls under this and no guideline is ticked, so nothing would change."
                : reason.trim().length < 3
                  ? "Say first what has changed."
                  : undefined
            }
          >
            Set {preview.labels} {preview.labels === 1 ? "label" : "labels"} aside
          </Button>
        </div>
      </div>
    </Section>
  );
}

function Guidelines({ title, guidelines }: { title: string; guidelines: StandardPreview["removed"] }) {
  if (guidelines.length === 0) return null;
  return (
    <div>
      <h3 className="mb-1 font-medium">{title}</h3>
      <ul className="measure list-disc space-y-1 ps-5">
        {guidelines.map(({ id, text }) => (
          <li key={id} dir="auto">
            {text}
          </li>
        ))}
      </ul>
    </div>
  );
}
