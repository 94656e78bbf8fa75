"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { wordsOf } from "@/lib/queries/api-fetch";
import { createRecord, recordOptions } from "@/lib/queries/records";
import { newId } from "@/lib/util/new-id";
import { prepareFollowUp } from "@/lib/view-models/follow-up-record";

interface FollowUpRecordProps {
  projectId: string;
  /** The record that was answered. */
  recordId: string;
  /** What the assistant said, or should have said. */
  text: string;
}

/** A new record in one step: the conversation as it went, this answer in it; what is asked next is written there. */
export function FollowUpRecord({ projectId, recordId, text }: FollowUpRecordProps) {
  const client = useQueryClient();
  const router = useRouter();
  const { toast } = useToast();
  const [key] = useState(() => newId("rec"));
  const [isPending, setPending] = useState(false);
  const make = async () => {
    setPending(true);
    try {
      const record = await client.fetchQuery({ ...recordOptions(recordId), staleTime: 0 });
      const made = await createRecord(projectId, prepareFollowUp(record, text), key);
      router.push(`/p/${projectId}/records/${made.id}`);
    } catch (error) {
      toast({ title: wordsOf(error), mark: "failed" });
      setPending(false);
    }
  };
  return (
    <Button size="sm" pending={isPending} pendingLabel="Making the record" onClick={() => void make()}>
      Follow it up in a new record
    </Button>
  );
}
