"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ReachView } from "@/lib/contracts/server";
import { fieldErrorOf, wordsOf } from "@/lib/queries/api-fetch";
import { saveReach } from "@/lib/queries/server";

/** One setting for host, address and cookies, so that phones of the same network get in. */
export function ReachPanel({ initial }: { initial: ReachView }) {
  const [reach, setReach] = useState(initial);
  const [url, setUrl] = useState(initial.saved?.baseUrl ?? initial.addresses[0] ?? "");
  const [error, setError] = useState<unknown>(null);
  const [isPending, setPending] = useState(false);
  const save = async (next: string | null) => {
    setPending(true);
    setError(null);
    try {
      setReach(await saveReach(next));
    } catch (problem) {
      setError(problem);
    } finally {
      setPending(false);
    }
  };
  if (reach.setByEnvironment) {
    return (
      <p className="measure">
        HOST and TOUCHSTONE_URL are set where the server is started, so they are changed there. People reach
        it at {reach.baseUrl}.
      </p>
    );
  }
  return (
    <div className="space-y-4">
      <p className="measure">
        {reach.isThisComputerOnly
          ? "The server answers on this computer only. For phones and colleagues in the same network, give the address that they will type; host, links and cookies follow from it."
          : `People of your network reach it at ${reach.baseUrl}.`}
      </p>
      <Callout title="Before you do" tone="warning">
        Without https, everybody in the network can read along, passwords included. Do this in a network that
        you trust, or put a proxy with https in front and give its address.
        {reach.privateEndpoints.length > 0 &&
          ` Models at ${reach.privateEndpoints.join(", ")} stay callable; other private addresses do not.`}
      </Callout>
      {reach.saved && (
        <Callout title={`From its next start the server answers at ${reach.saved.baseUrl}`} tone="accent">
          Stop it where it runs (Ctrl-C) and start it again with npm start. Work under way goes on afterwards.
        </Callout>
      )}
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void save(url);
        }}
        className="flex flex-wrap items-end gap-3"
        noValidate
      >
        <Field
          label="Address that people type"
          hint={reach.addresses.length > 0 ? `This computer: ${reach.addresses.join(", ")}` : undefined}
          error={error ? (fieldErrorOf(error, "url") ?? wordsOf(error)) : null}
          className="min-w-0 flex-1 basis-72"
        >
          <Input
            value={url}
            onChange={(event) => setUrl(event.target.value)}
            inputMode="url"
            spellCheck={false}
          />
        </Field>
        <Button type="submit" pending={isPending} pendingLabel="Saving">
          Make reachable
        </Button>
        {!reach.isThisComputerOnly && <Button onClick={() => void save(null)}>This computer only</Button>}
      </form>
    </div>
  );
}
