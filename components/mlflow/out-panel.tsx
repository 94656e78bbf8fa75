"use client";

import { useMutation } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { FieldError } from "@/components/ui/field";
import { LocalTime } from "@/components/ui/local-time";
import { Mark } from "@/components/ui/mark";
import type { MlflowCheck, MlflowLinkView, MlflowPage } from "@/lib/contracts/mlflow";
import { wordsOf } from "@/lib/queries/api-fetch";
import { checkMlflow } from "@/lib/queries/mlflow";
import { PushList } from "./push-list";

interface OutPanelProps {
  projectId: string;
  page: MlflowPage;
  link: MlflowLinkView;
  /** Null: not looked at since the page was loaded. */
  aliases: MlflowCheck["aliases"] | null;
  onChanged(): void;
  onChecked(aliases: MlflowCheck["aliases"]): void;
}

/** Whether the aliases are in step, what was written, and what a judge there cannot have. */
export function OutPanel({ projectId, page, link, aliases, onChanged, onChecked }: OutPanelProps) {
  const check = useMutation({
    mutationFn: () => checkMlflow(projectId),
    onSuccess: ({ aliases: seen }) => onChecked(seen),
    onSettled: onChanged,
  });
  return (
    <div className="space-y-5">
      <p className="measure text-ink-muted">
        {link.writesOnPromote
          ? "A promotion here writes the version with its scores, moves the alias, and adds a run with the figures and the evidence, and the judge. Each is read back. Where somebody has moved the alias there, it is left alone until you say so."
          : "Promotions are not written there. Tick it above, and save, to have them written."}
      </p>
      <div>
        <h3 className="font-semibold">In step</h3>
        {aliases === null ? (
          <p className="text-ink-muted">Not looked at since this page was opened.</p>
        ) : aliases.length === 0 ? (
          <p className="text-ink-muted">No prompt of this project has an alias yet.</p>
        ) : (
          <ul className="mt-1 space-y-1">
            {aliases.map((one) => (
              <AliasLine key={`${one.prompt}@${one.alias}`} alias={one} />
            ))}
          </ul>
        )}
        {check.error && <FieldError>{wordsOf(check.error)}</FieldError>}
        <Button size="sm" className="mt-2" pending={check.isPending} onClick={() => check.mutate()}>
          Compare now
        </Button>
      </div>
      <PushList projectId={projectId} pushes={page.pushes} onChanged={onChanged} />
      {page.losses.length > 0 && (
        <Disclosure summary="What a judge loses on the way">
          {page.losses.map(({ judge, lost }) => (
            <div key={judge} className="measure mt-2">
              <p>
                <span className="font-medium">{judge}</span> goes out as an instruction judge: its
                instructions, the meanings of its grades and its guidelines. It leaves behind:
              </p>
              <ul className="list-disc ps-5">
                {lost.map((one) => (
                  <li key={one}>{one}</li>
                ))}
              </ul>
            </div>
          ))}
        </Disclosure>
      )}
      {link.checkedAt !== null && (
        <p className="text-sm text-ink-faint">
          Last looked at <LocalTime at={link.checkedAt} form="full" />. Programs there may hold an alias for a
          minute: MLflow's client keeps it that long.
        </p>
      )}
    </div>
  );
}

function AliasLine({
  alias: { prompt, alias, here, there, isSame },
}: {
  alias: MlflowCheck["aliases"][number];
}) {
  const words =
    there === null
      ? `not there; v${here} here`
      : isSame
        ? `in step: v${here} here, version ${there} there`
        : `differs: v${here} here, other words in version ${there} there`;
  return (
    <li>
      <Mark kind={isSame ? "done" : there === null ? "open" : "warning"} isDecoration />{" "}
      <span className="font-medium break-all">
        {prompt}@{alias}
      </span>{" "}
      <span className="text-ink-muted">{words}</span>
    </li>
  );
}
