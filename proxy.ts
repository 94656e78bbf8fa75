import { type NextRequest, NextResponse } from "next/server";

/** Name of the request header by which the layout learns the nonce of this answer. */
const NONCE_HEADER = "x-nonce";

/**
 * Content security policy of a page. Scripts run only with this answer's nonce, or when loaded by
 * one that has it. Style attributes stay allowed, since charts and poppers place things by them.
 */
function contentSecurityPolicy(nonce: string, isDevelopment: boolean): string {
  const devEval = isDevelopment ? " 'unsafe-eval'" : "";
  // The development overlay adds its own style elements, without a nonce.
  const styles = isDevelopment ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`;
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${devEval}`,
    "script-src-attr 'none'",
    `style-src ${styles}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${isDevelopment ? " ws:" : ""}`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

const FIXED_HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  // Personal links carry a token in their address: no other site may learn it.
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
} as const;

function createNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes));
}

/** Gives every page a fresh nonce and the security headers. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = createNonce();
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === "development");

  // Next reads the policy from the request and stamps its own scripts with the nonce.
  const headers = new Headers(request.headers);
  headers.set(NONCE_HEADER, nonce);
  headers.set("Content-Security-Policy", policy);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  for (const [name, value] of Object.entries(FIXED_HEADERS)) response.headers.set(name, value);
  return response;
}

export const config = {
  // Pages only. API answers set their own headers: a proxy before them would buffer and cut large imports.
  matcher: ["/((?!api/|_next/static|_next/image|healthz|readyz|metrics|icon\\.svg).*)"],
};
