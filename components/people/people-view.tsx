"use client";

import { Card } from "@/components/ui/card";
import { NoPermission } from "@/components/ui/no-permission";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import type { QueueView } from "@/lib/contracts/labels";
import type { InvitationView, Member, PersonalLinkView } from "@/lib/contracts/people";
import type { Role } from "@/lib/contracts/permissions";
import { roleMay, roleName, roleOptions } from "@/lib/view-models/people-words";
import { InvitationsPanel } from "./invitations-panel";
import { MembersPanel } from "./members-panel";
import { PersonalLinksPanel } from "./personal-links-panel";

export interface Reach {
  /** Links begin with this. */
  baseUrl: string;
  /** The server answers on its own computer only, so a link is dead elsewhere. */
  isThisComputerOnly: boolean;
  canMail: boolean;
  mayChangeReach: boolean;
}

interface PeopleViewProps {
  projectId: string;
  me: string;
  members: readonly Member[];
  /** Null: this person may not manage them. */
  invitations: readonly InvitationView[] | null;
  links: readonly PersonalLinkView[] | null;
  queues: readonly QueueView[];
  reach: Reach;
}

/** Who is in the project, who is invited, and links that open one queue. */
export function PeopleView({ projectId, me, members, invitations, links, queues, reach }: PeopleViewProps) {
  const admins = members.filter(({ role }) => role === "admin").map(({ name }) => name);
  return (
    <>
      <PageHeader
        title="People and links"
        above={<TextLink href={`/p/${projectId}/settings`}>Settings</TextLink>}
        sentence={`${members.length} ${members.length === 1 ? "person is" : "people are"} in this project.`}
      />
      <div className="space-y-6">
        <Card title="Members" id="members" isFlush>
          <MembersPanel projectId={projectId} me={me} initial={members} mayManage={invitations !== null} />
        </Card>
        {invitations ? (
          <Card title="Invite a colleague" id="invite">
            <InvitationsPanel projectId={projectId} initial={invitations} reach={reach} />
          </Card>
        ) : (
          <NoPermission what="invite people" whoMay={adminWords(admins)} />
        )}
        {links && (
          <Card title="Personal links to a queue" id="links">
            <PersonalLinksPanel
              projectId={projectId}
              initial={links}
              members={members}
              queues={queues}
              reach={invitations ? null : reach}
            />
          </Card>
        )}
        <Card title="What each role may do" id="roles">
          <RoleList />
        </Card>
      </div>
    </>
  );
}

function RoleList() {
  return (
    <dl className="grid gap-x-4 gap-y-1.5 sm:grid-cols-[8rem_1fr]">
      {roleOptions.map(({ value }: { value: Role }) => (
        <div key={value} className="contents">
          <dt className="font-medium">{roleName(value)}</dt>
          <dd className="text-ink-muted">{roleMay(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function adminWords(names: readonly string[]): string {
  return names.length === 0 ? "An admin of this server" : names.join(", ");
}
