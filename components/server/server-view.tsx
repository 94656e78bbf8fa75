import { Card } from "@/components/ui/card";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import type { AccountView } from "@/lib/contracts/people";
import type { ReachView, WorkersView } from "@/lib/contracts/server";
import { AccountsPanel } from "./accounts-panel";
import { ReachPanel } from "./reach-panel";
import { WorkersPanel } from "./workers-panel";

interface ServerViewProps {
  me: string;
  accounts: readonly AccountView[];
  hasSingleSignOn: boolean;
  reach: ReachView;
  workers: WorkersView;
}

/** For whoever looks after the server: who has an account, and from where people reach it. */
export function ServerView({ me, accounts, hasSingleSignOn, reach, workers }: ServerViewProps) {
  return (
    <>
      <PageHeader title="This server" sentence={`It answers at ${reach.baseUrl}.`} />
      <div className="space-y-6">
        <Card title="Accounts" id="accounts" isFlush>
          <AccountsPanel me={me} initial={accounts} hasSingleSignOn={hasSingleSignOn} />
        </Card>
        <Card title="Make reachable" id="reach">
          <ReachPanel initial={reach} />
        </Card>
        <Card title="Workers" id="workers">
          <WorkersPanel initial={workers} />
        </Card>
        <Card title="Storage" id="storage">
          <p className="measure">How large everything is, what grows, and how old the newest backup is.</p>
          <LinkButton href="/server/storage" className="mt-2">
            Open storage
          </LinkButton>
        </Card>
        <Card title="Audit log" id="audit">
          <p className="measure">
            Who did what, on the server and in all its projects, with filter and export.
          </p>
          <LinkButton href="/server/audit" className="mt-2">
            Open the audit log
          </LinkButton>
        </Card>
      </div>
    </>
  );
}
