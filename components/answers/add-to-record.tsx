"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { wordsOf } from "@/lib/queries/api-fetch";
import { recordOptions, restoreRevision, saveRecord } from "@/lib/queries/records";

interface AddToRecordProps {
  text: string;
  recordId: string;
  label?: string;
}

/** Puts what somebody would rather have read into the record, below what it says already; can be taken back. */
export function AddToRecord({ text, recordId, label = "Put it into the record" }: AddToRecordProps) {
  const client = useQueryClient();
  const { toast } = useToast();
  const [isPending, setPending] = useState(false);
  const undo = async (from: number, now: number) => {
    try {
      await restoreRevision(recordId, from, now);
      toast({ title: "The record is as before.", mark: "done" });
    } catch (error) {
      toast({ title: wordsOf(error), mark: "failed" });
    }
  };
  const add = async () => {
    setPending(true);
    try {
      const record = await client.fetchQuery({ ...recordOptions(recordId), staleTime: 0 });
      const before = record.expectations.expected_response.trim();
      if (before.includes(text.trim())) {
        toast({ title: "The record says this already." });
        return;
      }
      const expected_response = [before, text.trim()].filter((part) => part !== "").join("\n");
      const changes = { expectations: { ...record.expectations, expected_response } };
      const saved = await saveRecord(recordId, changes, record.revision);
      toast({
        title: "Added to what a good answer does.",
        mark: "done",
        action: { label: "Undo", onSelect: () => void undo(record.revision, saved.revision) },
      });
    } catch (error) {
      toast({ title: wordsOf(error), mark: "failed" });
    } finally {
      setPending(false);
    }
  };
  return (
    <Button size="sm" pending={isPending} onClick={() => void add()}>
      {label}
    </Button>
  );
}
