"use client";

import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { touchSession } from "@/lib/queries/people";
import { signOut } from "./sign-out";

const MINUTE_MS = 60_000;
/** Quiet minutes after which the page asks; one more, and the person is signed out (ux.md, rule 11). */
const WARN_AFTER_MS = 9 * MINUTE_MS;
const END_AFTER_MS = 10 * MINUTE_MS;
const LOOK_EVERY_MS = 5_000;

/** On a shared device: warns after nine quiet minutes, signs out after ten. The server ends the session by itself too. */
export function SharedDevice() {
  const lastActiveAt = useRef(0);
  const lastToldAt = useRef(0);
  const [isAsking, setAsking] = useState(false);
  const isAskingNow = useRef(false);
  isAskingNow.current = isAsking;

  useEffect(() => {
    lastActiveAt.current = Date.now();
    const note = () => {
      const now = Date.now();
      // while it asks, only its button counts: a passer-by's elbow does not prolong somebody's session
      if (isAskingNow.current) return;
      lastActiveAt.current = now;
      if (now - lastToldAt.current < MINUTE_MS) return;
      lastToldAt.current = now;
      // refused or unreachable: the next request of the page itself finds out and says so
      touchSession().catch(() => undefined);
    };
    const look = () => {
      const quietMs = Date.now() - lastActiveAt.current;
      if (quietMs >= END_AFTER_MS) signOut().catch(() => window.location.assign("/sign-in"));
      else setAsking(quietMs >= WARN_AFTER_MS);
    };
    const timer = setInterval(look, LOOK_EVERY_MS);
    const events = ["pointerdown", "keydown", "input"] as const;
    for (const event of events) window.addEventListener(event, note, { passive: true });
    return () => {
      clearInterval(timer);
      for (const event of events) window.removeEventListener(event, note);
    };
  }, []);

  const stay = () => {
    lastActiveAt.current = Date.now();
    setAsking(false);
    touchSession().catch(() => undefined);
  };
  return (
    <Dialog
      open={isAsking}
      onOpenChange={stay}
      title="Still there?"
      description="This is a shared device: in a minute you are signed out. What is saved stays saved."
      footer={
        <Button variant="primary" onClick={stay}>
          Stay signed in
        </Button>
      }
    >
      <p className="measure">Press the button, or any other way out of this window, to go on.</p>
    </Dialog>
  );
}
