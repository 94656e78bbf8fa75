"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useAnnounce } from "@/components/ui/announcer";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Menu, MenuItem } from "@/components/ui/menu";
import { useToast } from "@/components/ui/toast";
import type { BulkResult, ExportFormat } from "@/lib/contracts/record-bulk";
import { wordsOf } from "@/lib/queries/api-fetch";
import { forgetRecords } from "@/lib/queries/record-cache";
import { changeManyRecords, exportSelection, undoManyRecords } from "@/lib/queries/record-files";
import { newId } from "@/lib/util/new-id";
import { type BulkKind, bulkWords } from "@/lib/view-models/record-bulk";
import { readTag } from "@/lib/view-models/record-draft";
import { saveFile } from "./save-file";
import type { RowChoice } from "./use-row-choice";

interface BulkBarProps {
  projectId: string;
  choice: RowChoice;
  canWrite: boolean;
  isArchive: boolean;
  knownTags: readonly string[];
}

/** What can be done with the ticked records, all at once; each act can be taken back. */
export function BulkBar({ projectId, choice, canWrite, isArchive, knownTags }: BulkBarProps) {
  const act = useBulkAct(projectId, choice);
  const words = choice.count.toLocaleString("en");
  return (
    <section
      aria-label="Chosen records"
      className="sticky top-14 z-10 mb-2 flex flex-wrap items-center gap-2 rounded-lg border border-accent bg-raised px-3 py-2 shadow-sm"
    >
      <p className="me-auto font-medium tabular-nums">
        {words} chosen{choice.isAll && ", all that fit"}
      </p>
      {canWrite && (
        <>
          <TagForm
            knownTags={knownTags}
            isPending={act.isPending}
            onAdd={(tag) => void act.run({ addTags: [tag] }, { kind: "tagged", tag })}
            onRemove={(tag) => void act.run({ removeTags: [tag] }, { kind: "untagged", tag })}
          />
          <Button
            size="sm"
            pending={act.isPending}
            onClick={() =>
              void act.run({ archived: !isArchive }, { kind: isArchive ? "brought-back" : "archived" })
            }
          >
            {isArchive ? "Bring back" : "Archive"}
          </Button>
        </>
      )}
      <Menu label="Export the chosen" trigger={<Button size="sm">Export ▾</Button>}>
        <MenuItem onSelect={() => void act.save("csv")}>As CSV, for a spreadsheet</MenuItem>
        <MenuItem onSelect={() => void act.save("jsonl")}>As JSONL</MenuItem>
      </Menu>
      <Button size="sm" variant="quiet" onClick={choice.clear}>
        Choose none
      </Button>
    </section>
  );
}

interface TagFormProps {
  knownTags: readonly string[];
  isPending: boolean;
  onAdd: (tag: string) => void;
  onRemove: (tag: string) => void;
}

/** One field: Enter adds the tag to all; the button beside it takes it from them. */
function TagForm({ knownTags, isPending, onAdd, onRemove }: TagFormProps) {
  const listId = useId();
  const [text, setText] = useState("");
  const announce = useAnnounce();
  const read = (then: (tag: string) => void) => {
    const tag = readTag(text, []);
    if ("problem" in tag) return announce(tag.problem);
    setText("");
    then(tag.tag);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    read(onAdd);
  };
  return (
    <form onSubmit={submit} className="flex items-center gap-1">
      <Input
        aria-label="Tag for the chosen records"
        placeholder="Tag"
        list={listId}
        className="w-32!"
        maxLength={60}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <datalist id={listId}>
        {knownTags.map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
      <Button size="sm" type="submit" pending={isPending}>
        Add tag
      </Button>
      <Button size="sm" variant="quiet" pending={isPending} onClick={() => read(onRemove)}>
        Take tag away
      </Button>
    </form>
  );
}

function useBulkAct(projectId: string, choice: RowChoice) {
  const client = useQueryClient();
  const { toast } = useToast();
  const [isPending, setPending] = useState(false);
  const refresh = () => forgetRecords(client, projectId);
  const undo = async ({ actId }: BulkResult) => {
    if (actId === null) return;
    try {
      const back = await undoManyRecords(projectId, actId);
      await refresh();
      toast({ title: bulkWords({ kind: "undone" }, back), mark: "done" });
    } catch (error) {
      toast({ title: wordsOf(error), mark: "failed" });
    }
  };
  return {
    isPending,
    run: async (act: Parameters<typeof changeManyRecords>[2], what: BulkKind) => {
      setPending(true);
      try {
        const result = await changeManyRecords(projectId, choice.selection, act, newId("act"));
        await refresh();
        if (act.archived !== undefined) choice.clear();
        toast({
          title: bulkWords(what, result),
          mark: "done",
          ...(result.actId === null ? {} : { action: { label: "Undo", onSelect: () => void undo(result) } }),
        });
      } catch (error) {
        toast({ title: wordsOf(error), mark: "failed" });
      } finally {
        setPending(false);
      }
    },
    save: async (format: ExportFormat) => {
      try {
        saveFile(`records.${format}`, await exportSelection(projectId, choice.selection, format));
      } catch (error) {
        toast({ title: wordsOf(error), mark: "failed" });
      }
    },
  };
}
