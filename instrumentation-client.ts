/**
 * Runs before any other script of a page, so that two libraries keep to the content security policy:
 * Zod must not probe for `eval`, and the scroll lock of dialogs must stamp its style element.
 */
const scope = globalThis as {
  __zod_globalConfig?: { jitless?: boolean };
  __webpack_nonce__?: string;
};

scope.__zod_globalConfig = { ...scope.__zod_globalConfig, jitless: true };
scope.__webpack_nonce__ = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;
