"use client";

import { useMutation } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Disclosure } from "@/components/ui/disclosure";
import { FieldError } from "@/components/ui/field";
import { LocalTime } from "@/components/ui/local-time";
import { Mark } from "@/components/ui/mark";
import type { WebhookDeliveryView, WebhookView } from "@/lib/contracts/webhooks";
import { wordsOf } from "@/lib/queries/api-fetch";
import { redeliver, testWebhook, useDeliveries } from "@/lib/queries/webhooks";

/** What was sent to one address, what came of it, and sending it again. */
export function WebhookLogDialog({ webhook, onClose }: { webhook: WebhookView; onClose: () => void }) {
  const { data, error, refetch } = useDeliveries(webhook.projectId, webhook.id);
  const onSuccess = () => refetch();
  const test = useMutation({ mutationFn: () => testWebhook(webhook.projectId, webhook.id), onSuccess });
  const again = useMutation({
    mutationFn: (deliveryId: string) => redeliver(webhook.projectId, webhook.id, deliveryId),
    onSuccess,
  });
  const trouble = error ?? test.error ?? again.error;
  return (
    <Dialog
      title="Messages sent"
      description={`To ${webhook.url}. A message is tried ten times over about a day; its delivery id stays the same.`}
      open
      onOpenChange={(open) => !open && onClose()}
      size="lg"
      footer={
        <>
          <Button onClick={() => test.mutate()} pending={test.isPending}>
            Send a try
          </Button>
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      {trouble && <FieldError>{wordsOf(trouble)}</FieldError>}
      {data?.length === 0 && <p className="text-ink-muted">Nothing was sent yet.</p>}
      {!data && !trouble && <p className="text-ink-muted">Looking …</p>}
      <ul className="divide-y divide-line" aria-live="polite">
        {data?.map((delivery) => (
          <DeliveryRow
            key={delivery.id}
            delivery={delivery}
            onAgain={() => again.mutate(delivery.id)}
            isPending={again.isPending && again.variables === delivery.id}
          />
        ))}
      </ul>
    </Dialog>
  );
}

const MARKS = { waiting: "open", delivered: "done", "given-up": "failed" } as const;

function DeliveryRow({
  delivery,
  onAgain,
  isPending,
}: {
  delivery: WebhookDeliveryView;
  onAgain: () => void;
  isPending: boolean;
}) {
  const { event, id, state, attempts, nextAt, lastError, lastStatus, createdAt, body } = delivery;
  const tries = attempts === 1 ? "1 try" : `${attempts} tries`;
  const word = { waiting: "waits", delivered: "delivered", "given-up": "given up" }[state];
  return (
    <li className="space-y-1 py-3">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <div className="min-w-0">
          <p>
            <Mark kind={MARKS[state]} isDecoration /> <span className="font-medium">{event}</span> · {word}
            {attempts > 0 && ` after ${tries}`}
            {lastStatus !== null && `, answered ${lastStatus}`}
          </p>
          <p className="text-sm text-ink-muted">
            <LocalTime at={createdAt} form="full" />
            {lastError && ` · ${lastError}`}
            {state === "waiting" && attempts > 0 && nextAt !== null && (
              <>
                {" "}
                Next try <LocalTime at={nextAt} form="full" />.
              </>
            )}
          </p>
        </div>
        <Button size="sm" onClick={onAgain} pending={isPending}>
          Send again<span className="sr-only"> {event}</span>
        </Button>
      </div>
      <Disclosure summary="What was sent">
        <p className="font-mono text-xs text-ink-muted">Touchstone-Delivery: {id}</p>
        <pre className="mt-1 rounded-md border border-line bg-sunken p-3 font-mono text-sm break-all whitespace-pre-wrap">
          {JSON.stringify(JSON.parse(body), null, 2)}
        </pre>
      </Disclosure>
    </li>
  );
}
