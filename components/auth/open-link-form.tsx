"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { wordsOf } from "@/lib/queries/api-fetch";
import { openPersonalLink } from "@/lib/queries/people";

/** The press that uses a personal link up. */
export function OpenLinkForm({ token }: { token: string }) {
  const [isShared, setShared] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const [isPending, setPending] = useState(false);
  const open = async () => {
    setPending(true);
    try {
      window.location.assign(await openPersonalLink(token, isShared));
    } catch (problem) {
      setError(wordsOf(problem));
      setPending(false);
    }
  };
  return (
    <div className="mt-5 space-y-4">
      <Checkbox
        checked={isShared}
        onCheckedChange={setShared}
        label="This is a shared device"
        hint="You are signed out after ten quiet minutes."
      />
      {error && (
        <p role="alert" className="text-worse">
          {error}
        </p>
      )}
      <Button
        variant="primary"
        size="lg"
        onClick={() => void open()}
        pending={isPending}
        pendingLabel="Opening"
      >
        Start labelling
      </Button>
    </div>
  );
}
