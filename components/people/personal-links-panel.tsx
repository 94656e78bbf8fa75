"use client";

import { type FormEvent, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { LocalTime } from "@/components/ui/local-time";
import { Select, type SelectOption } from "@/components/ui/select";
import { TextLink } from "@/components/ui/text-link";
import { useToast } from "@/components/ui/toast";
import type { QueueView } from "@/lib/contracts/labels";
import type { CreatedPersonalLink, Member, PersonalLinkView } from "@/lib/contracts/people";
import { fieldErrorOf, wordsOf } from "@/lib/queries/api-fetch";
import { createPersonalLink, revokePersonalLink } from "@/lib/queries/people";
import { canLabel, linkStateWords } from "@/lib/view-models/people-words";
import { NewLink } from "./new-link";
import type { Reach } from "./people-view";
import { ReachNote } from "./reach-note";

interface PersonalLinksPanelProps {
  projectId: string;
  initial: readonly PersonalLinkView[];
  members: readonly Member[];
  queues: readonly QueueView[];
  /** Null where the page has said it already. */
  reach: Reach | null;
}

/** Somebody not in the list: known by a name, and in by links only. */
const SOMEBODY_NEW = "new";

/** For somebody who should label and nothing else: no account, no password, one queue. */
export function PersonalLinksPanel({ projectId, initial, members, queues, reach }: PersonalLinksPanelProps) {
  const [links, setLinks] = useState(initial);
  const [made, setMade] = useState<CreatedPersonalLink | null>(null);
  return (
    <div className="space-y-4">
      <p className="measure text-ink-muted">
        For somebody who labels and does nothing else: the link opens one queue, on a phone too, without an
        account or password. It signs in once; you can take it back at any time.
      </p>
      {queues.length === 0 ? (
        <p>
          There is no queue yet.{" "}
          <TextLink href={`/p/${projectId}/answers`}>Make one from the answers</TextLink>
        </p>
      ) : (
        <>
          {reach && <ReachNote reach={reach} />}
          <LinkForm
            projectId={projectId}
            members={members}
            queues={queues}
            onMade={(created) => {
              setMade(created);
              setLinks([created.personalLink, ...links]);
            }}
          />
        </>
      )}
      {made && (
        <NewLink title={`A link for ${made.personalLink.personName}`} link={made.link}>
          <p>
            Send it to {made.personalLink.personName} only: whoever opens it first labels under this name.
          </p>
        </NewLink>
      )}
      {links.length > 0 && (
        <ul className="divide-y divide-line border-t border-line">
          {links.map((link) => (
            <LinkRow
              key={link.id}
              link={link}
              onRevoke={async () => {
                const revoked = await revokePersonalLink(projectId, link.id);
                setLinks(links.map((one) => (one.id === revoked.id ? revoked : one)));
                if (made?.personalLink.id === revoked.id) setMade(null);
              }}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

interface LinkFormProps extends Pick<PersonalLinksPanelProps, "projectId" | "members" | "queues"> {
  onMade(created: CreatedPersonalLink): void;
}

function LinkForm({ projectId, members, queues, onMade }: LinkFormProps) {
  const [queueId, setQueueId] = useState(queues[0]?.id ?? "");
  const [who, setWho] = useState(SOMEBODY_NEW);
  const [name, setName] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [isPending, setPending] = useState(false);
  const people: SelectOption[] = [
    { value: SOMEBODY_NEW, label: "Somebody new" },
    ...members
      .filter(({ role, signsInBy, isClosed }) => canLabel(role) && signsInBy !== "sample" && !isClosed)
      .map(({ userId, name: label }) => ({ value: userId, label })),
  ];
  const isNew = who === SOMEBODY_NEW;

  const make = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    setError(null);
    try {
      const person = isNew ? { userId: null, name } : { userId: who, name: null };
      onMade(await createPersonalLink(projectId, { queueId, ...person }));
      setName("");
    } catch (problem) {
      setError(problem);
    } finally {
      setPending(false);
    }
  };

  return (
    <form onSubmit={make} className="flex flex-wrap items-end gap-3" noValidate>
      <Field label="Queue" className="min-w-0 flex-1 basis-56">
        <Select
          options={queues.map(({ id, name: label, leftForMe }) => ({
            value: id,
            label: leftForMe > 0 ? label : `${label} (done by you)`,
          }))}
          value={queueId}
          onValueChange={setQueueId}
        />
      </Field>
      <Field label="For" className="min-w-0 flex-1 basis-48">
        <Select options={people} value={who} onValueChange={setWho} />
      </Field>
      {isNew && (
        <Field
          label="Name"
          error={error ? (fieldErrorOf(error, "name") ?? wordsOf(error)) : null}
          className="min-w-0 flex-1 basis-48"
        >
          <Input
            value={name}
            onChange={(event) => setName(event.target.value)}
            autoComplete="off"
            maxLength={120}
          />
        </Field>
      )}
      <Button type="submit" pending={isPending} pendingLabel="Making the link">
        Make a link
      </Button>
      {!isNew && error !== null && (
        <p role="alert" className="basis-full text-worse">
          {wordsOf(error)}
        </p>
      )}
    </form>
  );
}

function LinkRow({ link, onRevoke }: { link: PersonalLinkView; onRevoke(): Promise<void> }) {
  const { toast } = useToast();
  const { personName, queueName, state, createdBy, createdAt } = link;
  const revoke = () => onRevoke().catch((error) => toast({ title: wordsOf(error), mark: "failed" }));
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2.5">
      <span className="font-medium" dir="auto">
        {personName}
      </span>
      <span className="text-ink-muted">
        {queueName} · by {createdBy}, <LocalTime at={createdAt} />
      </span>
      <span className="flex-1" />
      <Badge>{linkStateWords(state)}</Badge>
      {(state === "open" || state === "used") && (
        <Button size="sm" onClick={() => void revoke()}>
          Take back<span className="sr-only"> the link of {personName}</span>
        </Button>
      )}
    </li>
  );
}
