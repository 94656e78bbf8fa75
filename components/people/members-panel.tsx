"use client";

import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Select } from "@/components/ui/select";
import { Table, type TableColumn } from "@/components/ui/table";
import { useToast } from "@/components/ui/toast";
import type { Member } from "@/lib/contracts/people";
import type { Role } from "@/lib/contracts/permissions";
import { wordsOf } from "@/lib/queries/api-fetch";
import { removeMember, setRole } from "@/lib/queries/people";
import { roleMay, roleName, roleOptions } from "@/lib/view-models/people-words";

interface MembersPanelProps {
  projectId: string;
  /** Id of whoever looks. */
  me: string;
  initial: readonly Member[];
  mayManage: boolean;
}

/** Members with their roles; an admin changes them in place. */
export function MembersPanel({ projectId, me, initial, mayManage }: MembersPanelProps) {
  const [members, setMembers] = useState(initial);
  const [leaving, setLeaving] = useState<Member | null>(null);
  const [isPending, setPending] = useState(false);
  const { toast } = useToast();

  const change = async (member: Member, role: Role) => {
    setMembers(replaced(members, { ...member, role }));
    try {
      setMembers(replaced(members, await setRole(projectId, member.userId, role)));
      toast({
        title: `${member.name} is ${roleName(role).toLowerCase()} now: ${roleMay(role)}.`,
        mark: "done",
      });
    } catch (error) {
      setMembers(members);
      toast({ title: wordsOf(error), mark: "failed" });
    }
  };
  const remove = async (member: Member) => {
    setPending(true);
    try {
      await removeMember(projectId, member.userId);
      setMembers(members.filter(({ userId }) => userId !== member.userId));
      toast({ title: `${member.name} is out of the project. What they wrote stays.`, mark: "done" });
    } catch (error) {
      toast({ title: wordsOf(error), mark: "failed" });
    } finally {
      setPending(false);
      setLeaving(null);
    }
  };

  const columns: TableColumn<Member>[] = [
    {
      key: "name",
      header: "Name",
      isRowHeader: true,
      cell: ({ name, userId, isClosed }) => (
        <span className="flex flex-wrap items-center gap-2">
          <span dir="auto">{name}</span>
          {userId === me && <Badge>you</Badge>}
          {isClosed && <Badge>account closed</Badge>}
        </span>
      ),
    },
    { key: "comes", header: "Comes in", cell: comesIn },
    {
      key: "role",
      header: "Role",
      cell: (member) =>
        mayManage && member.signsInBy !== "sample" ? (
          <Select
            aria-label={`Role of ${member.name}`}
            options={roleOptions}
            value={member.role}
            onValueChange={(role) => void change(member, role)}
            className="max-w-40"
          />
        ) : (
          roleName(member.role)
        ),
    },
  ];
  if (mayManage)
    columns.push({
      key: "remove",
      header: <span className="sr-only">Take out</span>,
      listLabel: "",
      cell: (member) => (
        <Button size="sm" variant="quiet" onClick={() => setLeaving(member)}>
          Take out<span className="sr-only"> {member.name}</span>
        </Button>
      ),
    });

  return (
    <>
      <Table
        caption="Members and their roles"
        rows={members}
        rowKey={({ userId }) => userId}
        columns={columns}
      />
      {leaving && (
        <ConfirmDialog
          open
          onOpenChange={() => setLeaving(null)}
          title={`Take ${leaving.name} out of the project`}
          confirmLabel="Take out"
          tone="danger"
          pending={isPending}
          onConfirm={() => void remove(leaving)}
        >
          They can no longer open it, and their personal links into it stop working at once. Records, labels
          and comments of theirs stay, under their name.
        </ConfirmDialog>
      )}
    </>
  );
}

function comesIn({ signsInBy, email }: Member): string {
  if (signsInBy === "link") return "by personal links only";
  return signsInBy === "sample" ? "sample person, cannot sign in" : email;
}

function replaced(members: readonly Member[], changed: Member): Member[] {
  return members.map((member) => (member.userId === changed.userId ? changed : member));
}
