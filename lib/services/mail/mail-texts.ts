import type { Mail } from "./mailer";

/** The mail with an invitation, in plain text: no image, no tracker. */
export function invitationMail(facts: {
  email: string;
  link: string;
  projectName: string;
  by: string;
}): Mail {
  return {
    to: facts.email,
    subject: `${oneLine(facts.by)} invites you to ${oneLine(facts.projectName)}`,
    text: [
      `${oneLine(facts.by)} would like you to work on "${oneLine(facts.projectName)}" in Touchstone.`,
      "",
      "This link is for you alone, works once, and ends after seven days:",
      facts.link,
      "",
      "If you did not expect it, do nothing.",
      "",
    ].join("\n"),
  };
}

/** The mail with a link to choose a new password. */
export function resetMail(facts: { email: string; link: string }): Mail {
  return {
    to: facts.email,
    subject: "A new password for Touchstone",
    text: [
      "Somebody, probably you, asked for a new password. This link works once and ends after an hour:",
      facts.link,
      "",
      "If it was not you, do nothing: your password stays as it is.",
      "",
    ].join("\n"),
  };
}

/** Names are other people's words: in a subject a line break would be a header of their own. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ").trim();
}
