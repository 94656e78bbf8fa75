"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useToast } from "@/components/ui/toast";
import type { QueueView } from "@/lib/contracts/labels";
import { wordsOf } from "@/lib/queries/api-fetch";
import { changeQueue, createQueue } from "@/lib/queries/labels";
import { newId } from "@/lib/util/new-id";

export interface QueueDialogProps {
  projectId: string;
  /** Null = a new one. */
  queue: QueueView | null;
  judgeId: string | null;
  /** Answers that a new queue could ask. */
  free: number;
  /** People who may label. */
  people: readonly { id: string; name: string }[];
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

const ORDERS = [
  { value: "teaching", label: "What teaches the judge most first" },
  { value: "listed", label: "As they were listed" },
] as const;

/** Who is asked, by how many, in which order: of a new queue, or of one that is there. */
export function QueueDialog(props: QueueDialogProps) {
  const { queue, free, people, isOpen, onOpenChange } = props;
  const form = useQueueForm(props);
  const { draft, put } = form;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void form.save();
  };
  return (
    <Dialog
      title={queue ? `Change “${queue.name}”` : "New queue"}
      description="Answers that wait for a label. Labels that were given always stay."
      open={isOpen}
      onOpenChange={onOpenChange}
      footer={
        <>
          {queue && (
            <Button onClick={() => void form.close()} pending={form.isPending}>
              {queue.isClosed ? "Open it again" : "Close the queue"}
            </Button>
          )}
          <Button
            type="submit"
            form="queue-form"
            variant="primary"
            pending={form.isPending}
            pendingLabel="Saving"
          >
            {queue ? "Save" : "Make the queue"}
          </Button>
        </>
      }
    >
      <form id="queue-form" onSubmit={submit} className="space-y-4">
        {form.problem && <Callout tone="worse">{form.problem}</Callout>}
        {queue ? (
          <Field label="Name">
            <Input
              required
              maxLength={120}
              value={draft.name}
              onChange={(event) => put({ name: event.target.value })}
            />
          </Field>
        ) : (
          <Field
            label="Answers"
            hint={`${free.toLocaleString("en")} have no label yet and wait in no queue.`}
          >
            <Input
              type="number"
              min={1}
              max={Math.min(200, free)}
              value={draft.size}
              onChange={(event) => put({ size: Number(event.target.value) })}
            />
          </Field>
        )}
        <fieldset>
          <legend className="mb-1.5 font-medium">Who is asked</legend>
          <p className="mb-2 text-ink-muted">Nobody ticked: everybody who may label.</p>
          <div className="-mx-1.5 max-h-48 space-y-2 overflow-y-auto px-1.5 py-1">
            {people.map(({ id, name }) => (
              <Checkbox
                key={id}
                label={<span dir="auto">{name}</span>}
                checked={draft.assignees.includes(id)}
                onCheckedChange={(isAsked) =>
                  put({
                    assignees: isAsked
                      ? [...draft.assignees, id]
                      : draft.assignees.filter((one) => one !== id),
                  })
                }
              />
            ))}
          </div>
        </fieldset>
        <Field label="Experts an answer" hint="Two or more show where people differ.">
          <Input
            type="number"
            min={1}
            max={10}
            value={draft.expertsPerItem}
            onChange={(event) => put({ expertsPerItem: Number(event.target.value) })}
          />
        </Field>
        <Field label="Order">
          <Select options={ORDERS} value={draft.askOrder} onValueChange={(askOrder) => put({ askOrder })} />
        </Field>
      </form>
    </Dialog>
  );
}

function useQueueForm({ projectId, queue, judgeId, free, onOpenChange }: QueueDialogProps) {
  const router = useRouter();
  const { toast } = useToast();
  const [draft, setDraft] = useState({
    name: queue?.name ?? "",
    size: Math.min(12, Math.max(1, free)),
    assignees: queue?.assignees.map(({ id }) => id) ?? [],
    expertsPerItem: queue?.expertsPerItem ?? 1,
    askOrder: queue?.askOrder ?? ("teaching" as const),
  });
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const act = async (work: () => Promise<unknown>, words: string) => {
    setPending(true);
    setProblem(null);
    try {
      await work();
      toast({ title: words, mark: "done" });
      onOpenChange(false);
      router.refresh();
    } catch (error) {
      setProblem(wordsOf(error));
    } finally {
      setPending(false);
    }
  };
  const { name, size, ...rest } = draft;
  return {
    draft,
    put: (changes: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...changes })),
    isPending,
    problem,
    save: () =>
      queue
        ? act(() => changeQueue(queue.id, { name, ...rest }), "Saved.")
        : act(
            () => createQueue(projectId, { judgeId: judgeId ?? "", size, ...rest }, newId("que")),
            "The queue is there.",
          ),
    close: () =>
      act(
        () => changeQueue(queue?.id ?? "", { closed: !queue?.isClosed }),
        queue?.isClosed ? "Open again." : "Closed: nobody is asked any more. Its labels stay.",
      ),
  };
}
