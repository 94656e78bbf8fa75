"use client";

import { type FormEvent, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { LocalTime } from "@/components/ui/local-time";
import { Select } from "@/components/ui/select";
import { useToast } from "@/components/ui/toast";
import type { CreatedInvitation, InvitationView } from "@/lib/contracts/people";
import type { Role } from "@/lib/contracts/permissions";
import { fieldErrorOf, wordsOf } from "@/lib/queries/api-fetch";
import { invite, revokeInvitation } from "@/lib/queries/people";
import { linkStateWords, roleMay, roleName, roleOptions } from "@/lib/view-models/people-words";
import { NewLink } from "./new-link";
import type { Reach } from "./people-view";
import { ReachNote } from "./reach-note";

interface InvitationsPanelProps {
  projectId: string;
  initial: readonly InvitationView[];
  reach: Reach;
}

/** One form, one link: whoever opens it makes an account, or joins with the one they have. */
export function InvitationsPanel({ projectId, initial, reach }: InvitationsPanelProps) {
  const [invitations, setInvitations] = useState(initial);
  const [role, setRole] = useState<Role>("expert");
  const [email, setEmail] = useState("");
  const [made, setMade] = useState<CreatedInvitation | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [isPending, setPending] = useState(false);

  const send = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    setError(null);
    try {
      const created = await invite(projectId, { role, email: email.trim() === "" ? null : email.trim() });
      setMade(created);
      setInvitations([created.invitation, ...invitations]);
      setEmail("");
    } catch (problem) {
      setError(problem);
    } finally {
      setPending(false);
    }
  };

  return (
    <div className="space-y-4">
      <ReachNote reach={reach} />
      <form onSubmit={send} className="flex flex-wrap items-end gap-3" noValidate>
        <Field
          label="E-mail"
          optional
          hint={
            reach.canMail
              ? "The invitation is mailed there, and only this address can use it."
              : "Only this address can then use the link. Nothing is mailed: no mail server is set."
          }
          error={error ? (fieldErrorOf(error, "email") ?? wordsOf(error)) : null}
          className="min-w-0 flex-1 basis-72"
        >
          <Input
            type="email"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
            autoComplete="off"
            inputMode="email"
            spellCheck={false}
          />
        </Field>
        <Field label="Role" hint={roleMay(role)} className="basis-64">
          <Select options={roleOptions} value={role} onValueChange={setRole} />
        </Field>
        <Button type="submit" variant="primary" pending={isPending} pendingLabel="Inviting">
          Invite
        </Button>
      </form>
      {made && <Made made={made} />}
      {invitations.length > 0 && (
        <ul className="divide-y divide-line border-t border-line">
          {invitations.map((invitation) => (
            <InvitationRow
              key={invitation.id}
              invitation={invitation}
              onRevoke={async () => {
                const revoked = await revokeInvitation(projectId, invitation.id);
                setInvitations(invitations.map((one) => (one.id === revoked.id ? revoked : one)));
                if (made?.invitation.id === revoked.id) setMade(null);
              }}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

function Made({ made: { invitation, link, mailProblem } }: { made: CreatedInvitation }) {
  const what = `${roleName(invitation.role)}${invitation.email ? `, ${invitation.email}` : ""}`;
  return (
    <NewLink title={`Invitation made: ${what}`} link={link}>
      <p>
        {mailProblem ??
          (invitation.mailedAt === null
            ? "Send this link. It works once and ends after seven days."
            : `It was mailed to ${invitation.email}. You can also send the link yourself; it works once.`)}
      </p>
    </NewLink>
  );
}

interface InvitationRowProps {
  invitation: InvitationView;
  onRevoke(): Promise<void>;
}

function InvitationRow({ invitation, onRevoke }: InvitationRowProps) {
  const { toast } = useToast();
  const { email, role, state, usedBy, invitedBy, createdAt } = invitation;
  const revoke = () => onRevoke().catch((error) => toast({ title: wordsOf(error), mark: "failed" }));
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2.5">
      <span className="font-medium">{email ?? "Whoever has the link"}</span>
      <span className="text-ink-muted">
        {roleName(role)} · by {invitedBy}, <LocalTime at={createdAt} />
      </span>
      <span className="flex-1" />
      <Badge>{state === "used" && usedBy ? `used by ${usedBy}` : linkStateWords(state)}</Badge>
      {state === "open" && (
        <Button size="sm" onClick={() => void revoke()}>
          Take back<span className="sr-only"> the invitation for {email ?? "whoever has the link"}</span>
        </Button>
      )}
    </li>
  );
}
