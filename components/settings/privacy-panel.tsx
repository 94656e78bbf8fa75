"use client";

import { useState } from "react";
import { FieldError } from "@/components/ui/field";
import { LinkButton } from "@/components/ui/link-button";
import { Switch } from "@/components/ui/switch";
import type { ProjectView } from "@/lib/contracts/projects";
import { wordsOf } from "@/lib/queries/api-fetch";
import { updateProject } from "@/lib/queries/projects";

/** What is done about texts that tell of people. */
export function PrivacyPanel({ project }: { project: ProjectView }) {
  const [isBlocked, setBlocked] = useState(project.settings.blockPersonalData);
  const [error, setError] = useState<unknown>(null);

  const change = async (blockPersonalData: boolean) => {
    setBlocked(blockPersonalData);
    setError(null);
    try {
      await updateProject(project.id, { settings: { ...project.settings, blockPersonalData } });
    } catch (problem) {
      setBlocked(!blockPersonalData);
      setError(problem);
    }
  };

  return (
    <div className="space-y-4">
      <Switch
        label="Refuse what looks like personal data"
        checked={isBlocked}
        onCheckedChange={(isOn) => void change(isOn)}
        hint="An e-mail address, a telephone or patient number, a birth date beside a name. Off: it is pointed out when a record is saved or imported, and kept. On: such a record is not saved, and a sent answer is turned away."
      />
      {error !== null && <FieldError>{wordsOf(error)}</FieldError>}
      <div>
        <p className="measure">
          Somebody asks to be forgotten: their words give way to a marker in every revision, answer, run,
          review and stored call.
        </p>
        <LinkButton href={`/p/${project.id}/settings/erase`} className="mt-2">
          Erase text
        </LinkButton>
      </div>
    </div>
  );
}
