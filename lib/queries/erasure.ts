import {
  type ErasePreview,
  type EraseTarget,
  type Erasure,
  erasePreviewSchema,
  erasureSchema,
} from "@/lib/contracts/erasure";
import { apiFetch } from "./api-fetch";

/** What would be erased. The words travel in the body, so that no log and no history keeps them. */
export function previewErasure(projectId: string, target: EraseTarget): Promise<ErasePreview> {
  const path = `/api/v1/projects/${projectId}/erasures/preview`;
  return apiFetch(path, { method: "POST", body: target, schema: erasePreviewSchema });
}

/** Erases what the preview with this token showed. */
export function eraseText(projectId: string, target: EraseTarget, token: string): Promise<Erasure> {
  const path = `/api/v1/projects/${projectId}/erasures`;
  return apiFetch(path, { method: "POST", body: { target, token }, schema: erasureSchema });
}
