import type { AppError, AppErrorCode } from "@/lib/contracts/errors";
import { httpStatus } from "../problem";

interface MlflowCode {
  name: string;
  status: number;
}

/** MLflow's name for a refusal, and the status that its client expects with it; the rest go by their own status. */
const byCode: Partial<Record<AppErrorCode, MlflowCode>> = {
  "invalid-input": { name: "INVALID_PARAMETER_VALUE", status: 400 },
  "not-signed-in": { name: "UNAUTHENTICATED", status: 401 },
  forbidden: { name: "PERMISSION_DENIED", status: 403 },
  "not-found": { name: "RESOURCE_DOES_NOT_EXIST", status: 404 },
  "unknown-alias": { name: "RESOURCE_DOES_NOT_EXIST", status: 404 },
  "rate-limited": { name: "REQUEST_LIMIT_EXCEEDED", status: 429 },
  "database-busy": { name: "TEMPORARILY_UNAVAILABLE", status: 503 },
};
const byStatus: Readonly<Record<number, string>> = {
  400: "BAD_REQUEST",
  409: "RESOURCE_CONFLICT",
  413: "BAD_REQUEST",
};

/** An expected refusal in the form that MLflow's clients read: `{error_code, message}`. */
export function mlflowRefusal(error: AppError, requestId: string): Response {
  const status = byCode[error.code]?.status ?? httpStatus[error.code];
  const name = byCode[error.code]?.name ?? byStatus[status] ?? "INTERNAL_ERROR";
  return mlflowError(name, status, error.detail, requestId);
}

export function mlflowError(errorCode: string, status: number, message: string, requestId: string): Response {
  const headers = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-request-id": requestId,
  };
  return Response.json({ error_code: errorCode, message }, { status, headers });
}
