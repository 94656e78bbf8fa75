import { Card } from "@/components/ui/card";
import { Disclosure } from "@/components/ui/disclosure";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { TextLink } from "@/components/ui/text-link";
import type { NextAction, Overview } from "@/lib/contracts/overview";
import { LoopSteps } from "./loop-steps";

/** Where we are, and the one thing to do next. */
export function OverviewView({ overview }: { overview: Overview }) {
  const { project, status, next, also, loop, sinceYouWereHere, inProduction } = overview;
  return (
    <>
      <PageHeader title={project.name} sentence={status} isSimulated={project.simulated} />
      <div className="space-y-8">
        <NextActionCard action={next} />
        {also.length > 0 && (
          <Disclosure summary={`Also (${also.length})`}>
            <ul className="space-y-3">
              {also.map((action) => (
                <li
                  key={action.code}
                  className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1"
                >
                  <span className="min-w-0 flex-1 basis-64">
                    <span className="font-medium">{action.title}</span>{" "}
                    <span className="text-ink-muted">{action.why}</span>
                  </span>
                  <TextLink href={action.href}>{action.button}</TextLink>
                </li>
              ))}
            </ul>
          </Disclosure>
        )}
        <LoopSteps steps={loop} />
        <Since news={sinceYouWereHere} lastHere={overview.lastHere} />
        <section>
          <h2 className="mb-2 font-semibold">In production</h2>
          {inProduction ? (
            <p className="text-ink-muted">
              <TextLink
                href={`/p/${project.id}/prompts`}
              >{`v${inProduction.version} of ${inProduction.promptName}`}</TextLink>{" "}
              since{" "}
              {new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" }).format(
                inProduction.since,
              )}
              . {inProduction.sentence}
            </p>
          ) : (
            <p className="text-ink-muted">
              No prompt is in production yet. The first one is promoted without a test.
            </p>
          )}
        </section>
      </div>
    </>
  );
}

function NextActionCard({ action }: { action: NextAction }) {
  return (
    <Card
      title={action.title}
      emphasis="raised"
      actions={
        action.minutes === null ? null : (
          <span className="text-sm text-ink-muted">
            about {action.minutes} {action.minutes === 1 ? "minute" : "minutes"}
          </span>
        )
      }
    >
      <p className="measure">{action.why}</p>
      <div className="mt-4">
        <LinkButton href={action.href} variant="primary">
          {action.button}
        </LinkButton>
      </div>
    </Card>
  );
}

function Since({ news, lastHere }: { news: Overview["sinceYouWereHere"]; lastHere: number | null }) {
  if (news.length === 0) return null;
  const since =
    lastHere === null
      ? ""
      : `, ${new Intl.DateTimeFormat("en", { day: "numeric", month: "long", timeZone: "UTC" }).format(lastHere)}`;
  return (
    <section>
      <h2 className="mb-2 font-semibold">{`Since you were here${since}`}</h2>
      <ul className="space-y-2">
        {news.map((item) => (
          <li key={item.sentence} className="flex flex-wrap items-baseline gap-x-3">
            <span className="measure min-w-0">{item.sentence}</span>
            {item.href && <TextLink href={item.href}>{item.linkWords ?? "Open"}</TextLink>}
          </li>
        ))}
      </ul>
    </section>
  );
}
