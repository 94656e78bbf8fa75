"use client";

import { ArrowLeft, MoreHorizontal, X } from "lucide-react";
import type { MouseEvent, ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import type { OptimizationRecord } from "@/lib/contracts/records";
import type { SaveState } from "./record-autosave";
import { SaveStatus } from "./save-status";
import { SetWord } from "./set-word";

interface EditorHeaderProps {
  title: string;
  record: OptimizationRecord | null;
  save: SaveState;
  onRetry: () => void;
  undo: ReactNode;
  onHistory: () => void;
  onArchive: (archived: boolean) => void;
  onClose: () => void;
  closeHref: string;
}

/** Names the record and says where its words are; on a phone it leads back to the list. */
export function EditorHeader({
  title,
  record,
  save,
  onRetry,
  undo,
  onHistory,
  onArchive,
  onClose,
  closeHref,
}: EditorHeaderProps) {
  return (
    <header className="mb-4">
      <BackLink href={closeHref} onClose={onClose} />
      <div className="flex items-start gap-2">
        <h2
          id="record-title"
          tabIndex={-1}
          dir="auto"
          className="line-clamp-2 min-w-0 flex-1 text-lg font-semibold wrap-anywhere"
        >
          {title}
        </h2>
        <div className="flex shrink-0 items-center">
          {undo}
          {record && (
            <Menu
              label="More about this record"
              trigger={
                <IconButton
                  label="More"
                  size="sm"
                  icon={<MoreHorizontal aria-hidden="true" className="size-4" />}
                />
              }
            >
              <MenuItem onSelect={onHistory}>History</MenuItem>
              {record.archived ? (
                <MenuItem onSelect={() => onArchive(false)}>Bring back</MenuItem>
              ) : (
                <MenuItem onSelect={() => onArchive(true)} hint="Used for nothing new; can be brought back">
                  Archive
                </MenuItem>
              )}
              <MenuItem
                href={`/p/${record.projectId}/settings/erase?record=${record.id}`}
                hint="For good, everywhere, when somebody asks for it"
              >
                Erase its text
              </MenuItem>
            </Menu>
          )}
          <span className="max-lg:hidden">
            <IconButton
              label="Close record"
              size="sm"
              icon={<X aria-hidden="true" className="size-4" />}
              onClick={onClose}
            />
          </span>
        </div>
      </div>
      <div className="mt-1 flex min-h-6 flex-wrap items-center gap-x-3 gap-y-1">
        {record && <SetWord set={record.set} />}
        {record?.archived && <Badge>archived</Badge>}
        <span className="ms-auto">
          <SaveStatus save={save} onRetry={onRetry} />
        </span>
      </div>
    </header>
  );
}

/** Back to the list, on phones, where the record fills the page. */
export function BackLink({ href, onClose }: { href: string; onClose: () => void }) {
  const goBack = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    onClose();
  };
  return (
    <a
      href={href}
      onClick={goBack}
      className="mb-3 inline-flex min-h-9 items-center gap-1.5 rounded-sm text-accent underline underline-offset-4 lg:hidden"
    >
      <ArrowLeft aria-hidden="true" className="size-4" /> All records
    </a>
  );
}
