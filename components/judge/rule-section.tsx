"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { EditJudgeInput } from "@/lib/contracts/judge-page";
import type { RuleSpecView } from "@/lib/contracts/judges";
import { ruleWords } from "@/lib/view-models/judge-rule";
import { RuleFields } from "./rule-fields";
import { Section } from "./section";

interface RuleSectionProps {
  rule: RuleSpecView;
  /** Null for people who may not change the judge. */
  edit: {
    isPending: boolean;
    problem: string | null;
    save: (input: EditJudgeInput) => Promise<boolean>;
  } | null;
}

/** What a rule judge checks, in a sentence. */
export function RuleSection({ rule, edit }: RuleSectionProps) {
  const [draft, setDraft] = useState<RuleSpecView | null>(null);
  const save = async () => {
    if (draft && (await edit?.save({ rule: draft }))) setDraft(null);
  };
  return (
    <Section
      id="rule"
      title="The rule"
      about="Checked by code: the same every time, at once, for nothing."
      actions={
        edit && (
          <Button size="sm" onClick={() => setDraft(rule)}>
            Edit the rule
          </Button>
        )
      }
    >
      <p dir="auto" className="reading measure">
        {ruleWords(rule)}
      </p>
      {edit && draft && (
        <Dialog
          open
          onOpenChange={(open) => !open && setDraft(null)}
          title="Edit the rule"
          footer={
            <>
              <Button onClick={() => setDraft(null)}>Cancel</Button>
              <Button variant="primary" pending={edit.isPending} onClick={() => void save()}>
                Save as a draft
              </Button>
            </>
          }
        >
          <RuleFields rule={draft} onRule={setDraft} error={edit.problem} />
        </Dialog>
      )}
    </Section>
  );
}
