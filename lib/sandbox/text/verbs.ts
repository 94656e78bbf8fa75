/** Verbs that instructions, expectations and comments begin with, in any field. */
const VERBS = new Set(
  (
    "acknowledge add address admit advise answer ask assume avoid back base begin bring calculate call caution check choose cite clarify " +
    "close commit compare conclude confirm consider convert correct cover decide decline define describe direct disclose distinguish do " +
    "draw end explain express finish flag follow frame give guess help identify ignore include indicate infer interpret invent invite " +
    "keep label lead limit link list mark mention name note offer open order pick place point present propose provide put qualify " +
    "quantify quote rank recommend refer refuse reject remind repeat report respect respond round rule say separate set show specify " +
    "speculate spell split start state stay stick stop suggest summarise summarize support take tell tie translate treat turn urge use " +
    "verify warn weigh write account contrast estimate hedge justify outline recognise recognize redirect reply request reveal review " +
    "tailor test trust understand advertise diagnose prescribe claim promise imply pretend blame lecture bury pad skip omit " +
    "break build credit demand derive focus invoke match measure need reach read relate rely remain rest run send share stress track drop go leave lay look narrow pair settle sort sell"
  ).split(" "),
);

/** The base form of a verb ("states", "stating" → "state"), or null when the word is no verb we know. */
export function baseVerbOf(word: string): string | null {
  const lower = word.toLowerCase();
  const forms = [
    lower,
    lower.replace(/ies$/, "y"),
    lower.replace(/s$/, ""),
    lower.replace(/es$/, ""),
    lower.replace(/ing$/, ""),
    lower.replace(/ing$/, "e"),
    lower.replace(/(.)\1ing$/, "$1"),
    lower.replace(/ed$/, ""),
    lower.replace(/d$/, ""),
  ];
  if (lower === "does") return "do";
  return forms.find((form) => VERBS.has(form)) ?? null;
}

/** "state the rate" for "States the rate", or null when the text does not begin with a verb. */
export function asOrder(text: string): string | null {
  const match =
    /^(?:(?:it|the (?:answer|reply|response)|an answer|a good answer|answers?)\s+(?:should |must |also )?)?(?:(?:clearly|explicitly|always|briefly|also)\s+)?([\p{L}]+)\b/iu.exec(
      text.trim(),
    );
  const word = match?.[1];
  if (!match || !word) return null;
  const base = baseVerbOf(word);
  return base === null ? null : `${base}${text.trim().slice(match[0].length)}`;
}
