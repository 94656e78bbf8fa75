"use client";

import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { LocalTime } from "@/components/ui/local-time";
import { Switch } from "@/components/ui/switch";
import { useToast } from "@/components/ui/toast";
import type { SessionView } from "@/lib/contracts/people";
import { wordsOf } from "@/lib/queries/api-fetch";
import { endOtherSessions, endSession, markSession } from "@/lib/queries/people";

/** Each place where one is signed in, with a way to end it. */
export function SessionList({ initial }: { initial: readonly SessionView[] }) {
  const [sessions, setSessions] = useState(initial);
  const { toast } = useToast();
  const attempt = (work: () => Promise<void>) => {
    work().catch((error) => toast({ title: wordsOf(error), mark: "failed" }));
  };
  const others = sessions.filter(({ isCurrent }) => !isCurrent).length;
  const mark = async (session: SessionView, isShared: boolean) => {
    await markSession(isShared);
    setSessions(sessions.map((one) => (one.id === session.id ? { ...one, isShared } : one)));
    toast({
      title: isShared ? "You are signed out here after ten quiet minutes." : "You stay signed in here.",
      mark: "done",
    });
  };
  const end = async (session: SessionView) => {
    await endSession(session.id);
    setSessions(sessions.filter(({ id }) => id !== session.id));
  };
  const endOthers = async () => {
    await endOtherSessions();
    setSessions(sessions.filter(({ isCurrent }) => isCurrent));
    toast({ title: "You are signed out everywhere else.", mark: "done" });
  };
  return (
    <div className="space-y-3">
      <ul className="divide-y divide-line">
        {sessions.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 py-2.5">
            <span className="font-medium">{session.device}</span>
            {session.isCurrent && <Badge tone="accent">here</Badge>}
            {session.byLink && <Badge>personal link</Badge>}
            <span className="flex-1 text-ink-muted">
              since <LocalTime at={session.startedAt} form="full" />
              {session.address ? `, from ${session.address}` : ""}
            </span>
            {session.isCurrent ? (
              <Switch
                label="Shared device"
                checked={session.isShared}
                onCheckedChange={(isShared) => attempt(() => mark(session, isShared))}
              />
            ) : (
              <Button size="sm" onClick={() => attempt(() => end(session))}>
                Sign out<span className="sr-only"> of {session.device}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
      {others > 0 && <Button onClick={() => attempt(endOthers)}>Sign out everywhere else</Button>}
    </div>
  );
}
