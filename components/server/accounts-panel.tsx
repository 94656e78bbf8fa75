"use client";

import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { Table, type TableColumn } from "@/components/ui/table";
import { useToast } from "@/components/ui/toast";
import type { AccountView, ChangeAccountInput } from "@/lib/contracts/people";
import { wordsOf } from "@/lib/queries/api-fetch";
import { changeAccount, makeResetLink } from "@/lib/queries/people";

interface AccountsPanelProps {
  /** Id of whoever looks. */
  me: string;
  initial: readonly AccountView[];
  hasSingleSignOn: boolean;
}

/** Everybody with an account: who administers the server, reset links, closed accounts. */
export function AccountsPanel({ me, initial, hasSingleSignOn }: AccountsPanelProps) {
  const [accounts, setAccounts] = useState(initial);
  const [closing, setClosing] = useState<AccountView | null>(null);
  const [reset, setReset] = useState<{ name: string; link: string } | null>(null);
  const { toast } = useToast();
  const attempt = (work: () => Promise<void>) => {
    work().catch((error) => toast({ title: wordsOf(error), mark: "failed" }));
  };
  const change = async (account: AccountView, changes: ChangeAccountInput, done: string) => {
    const changed = await changeAccount(account.id, changes);
    setAccounts(accounts.map((one) => (one.id === changed.id ? changed : one)));
    toast({ title: done, mark: "done" });
  };
  const actionsOf = (account: AccountView): AccountActions => ({
    onReset: () =>
      attempt(async () => setReset({ name: account.name, link: (await makeResetLink(account.id)).link })),
    onAdmin: (isServerAdmin) =>
      attempt(() =>
        change(
          account,
          { isServerAdmin },
          isServerAdmin
            ? `${account.name} looks after this server too.`
            : `${account.name} no longer looks after this server.`,
        ),
      ),
    onConfirm: () =>
      attempt(() =>
        change(
          account,
          { isEmailConfirmed: true },
          `Single sign-on with ${account.email} opens this account.`,
        ),
      ),
    onClose: () => setClosing(account),
    onOpen: () => attempt(() => change(account, { isClosed: false }, `${account.name} may sign in again.`)),
  });

  const columns: TableColumn<AccountView>[] = [
    { key: "name", header: "Name", isRowHeader: true, cell: (account) => <Name account={account} me={me} /> },
    { key: "email", header: "Comes in", cell: comesIn },
    { key: "projects", header: "Projects", isNumeric: true, cell: ({ projects }) => projects },
    {
      key: "do",
      header: <span className="sr-only">Actions</span>,
      listLabel: "",
      cell: (account) =>
        account.signsInBy === "sample" ? null : (
          <AccountMenu account={account} hasSingleSignOn={hasSingleSignOn} {...actionsOf(account)} />
        ),
    },
  ];
  return (
    <>
      <Table caption="Accounts on this server" rows={accounts} rowKey={({ id }) => id} columns={columns} />
      {closing && (
        <ConfirmDialog
          open
          onOpenChange={() => setClosing(null)}
          title={`Close the account of ${closing.name}`}
          confirmLabel="Close the account"
          tone="danger"
          onConfirm={() => {
            attempt(() => change(closing, { isClosed: true }, `${closing.name} is signed out everywhere.`));
            setClosing(null);
          }}
        >
          They are signed out everywhere at once and cannot come in again until you open the account. What
          they wrote and decided stays, under their name.
        </ConfirmDialog>
      )}
      <Dialog
        open={reset !== null}
        onOpenChange={() => setReset(null)}
        title={`A link for ${reset?.name ?? ""}`}
        description="With it they choose a new password. It works once and for an hour, and is shown this once."
        footer={<CopyButton text={reset?.link ?? ""} label="Copy link to send" />}
      >
        <code className="block break-all rounded bg-sunken px-2 py-1 font-mono text-sm">{reset?.link}</code>
      </Dialog>
    </>
  );
}

function Name({ account, me }: { account: AccountView; me: string }) {
  return (
    <span className="flex flex-wrap items-center gap-2">
      <span dir="auto">{account.name}</span>
      {account.id === me && <Badge>you</Badge>}
      {account.isServerAdmin && <Badge tone="accent">admin</Badge>}
      {account.isClosed && <Badge>closed</Badge>}
    </span>
  );
}

interface AccountActions {
  onReset(): void;
  onAdmin(isServerAdmin: boolean): void;
  onConfirm(): void;
  onClose(): void;
  onOpen(): void;
}

function AccountMenu({
  account,
  hasSingleSignOn,
  ...on
}: AccountActions & { account: AccountView; hasSingleSignOn: boolean }) {
  const isAccount = account.signsInBy === "account";
  return (
    <Menu
      label={`Actions for ${account.name}`}
      trigger={
        <IconButton
          label={`Actions for ${account.name}`}
          size="sm"
          icon={<Ellipsis aria-hidden="true" className="size-4" />}
        />
      }
    >
      {isAccount && !account.isClosed && (
        <MenuItem onSelect={on.onReset}>
          {account.hasPassword ? "Link for a new password" : "Link for a first password"}
        </MenuItem>
      )}
      {isAccount && !account.isClosed && (
        <MenuItem onSelect={() => on.onAdmin(!account.isServerAdmin)}>
          {account.isServerAdmin ? "No longer an admin of this server" : "Make an admin of this server"}
        </MenuItem>
      )}
      {isAccount && hasSingleSignOn && !account.isEmailConfirmed && (
        <MenuItem onSelect={on.onConfirm}>Let single sign-on open it</MenuItem>
      )}
      {account.isClosed ? (
        <MenuItem onSelect={on.onOpen}>Open the account again</MenuItem>
      ) : (
        <MenuItem onSelect={on.onClose}>Close the account</MenuItem>
      )}
    </Menu>
  );
}

function comesIn({ signsInBy, email }: AccountView): string {
  if (signsInBy === "link") return "by personal links only";
  return signsInBy === "sample" ? "sample person, cannot sign in" : email;
}
