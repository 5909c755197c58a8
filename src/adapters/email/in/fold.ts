/** The only file that knows email-reply-parser. */
import EmailReplyParser from 'email-reply-parser';

/** Words that are looked through, in UTF-16 units: people write less, and what is longer is no conversation. */
const LOOKED_AT = 60_000;
/** How mail programs begin what is passed on; that is what somebody wants to show us, not what they answer. */
const FORWARDED =
  /^[-_ \t>]{0,40}(?:begin forwarded message|forwarded message|original message forwarded|przekazana wiadomość|wiadomość przekazana|początek przekazywanej wiadomości|przesłana wiadomość|weitergeleitete nachricht|message transféré|mensaje reenviado|messaggio inoltrato|doorgestuurd bericht)[-_ \t:]{0,40}$/im;
/** UTF-16 units that the library is given: on some texts it takes the square of their length (6,000 line ends: a second). */
const LIBRARY = 6000;
/** A signature is not longer. */
const SIGNATURE = { letters: 2000, lines: 25 };
/** "On … wrote:" of languages that the library does not know, and the heads that Outlook puts above what it quotes. */
const ABOVE_QUOTES = [
  /^(?:w dniu|dnia|dn\.|(?:pon|wt|śr|czw|pt|sob|niedz|pn|sb|nd)\.?,?)\s.{4,200}?(?:napisał(?:\(?a\)?|a|\/a|\(-a\))?|pisze)\s*:\s*$/imu,
  /^(?:wiadomość napisana przez|wiadomość od)\s.{2,200}:\s*$/imu,
  /^am\s.{4,200}?schrieb(?:\s.{0,120})?:\s*$/imu,
  /^(?:on|le|el|il|op|em|den|dne|dňa)\s.{4,200}?(?:wrote|a écrit|escribió|ha scritto|schreef|escreveu|skrev|napsala?|napísala?)(?:\s.{0,120})?\s*:\s*$/imu,
  /^[-_ \t]{0,60}(?:original message|oryginalna wiadomość|wiadomość oryginalna|ursprüngliche nachricht|message d'origine|mensaje original|messaggio originale|oorspronkelijk bericht)[-_ \t]{0,60}$/imu,
  /^\*?(?:from|od|von|de|da|van)\*?\s*:\*?\s.{2,300}\n(?:\*?(?:sent|wysłano|wysłane|gesendet|envoyé|enviado|inviato|verzonden|date|data|datum|fecha|to|do|an|à|para|temat|subject|betreff|objet)\*?\s*:.{0,300}\n){1,5}/imu,
];
/** A signature is cut off as RFC 3676 §4.3 has it, and what telephones put below. */
const SIGNATURES = [
  /^-- ?$/m,
  /^(?:wysłane z|wysłano z|sent from|sent via|get outlook for|pobierz aplikację outlook|gesendet von|von meinem .{2,40} gesendet|envoyé de|enviado desde|inviato da)\s.{2,80}$/imu,
];

/** What somebody wrote, and what stands below it: quoted words of others, and a signature. Both as they were typed. */
export interface Folded {
  readonly text: string;
  readonly folded: string;
}

/** Parts the new words of a mail from what was quoted and from the signature. Nothing is lost: what is not new is folded. */
export function fold(written: string): Folded {
  const all = written.replace(/\r\n?/g, '\n');
  if (all.length > LOOKED_AT || FORWARDED.test(all)) return { text: all.trim(), folded: '' };
  const below = Math.min(
    ...ABOVE_QUOTES.map(one => startOf(one, all)),
    signatureIn(all),
    trailingQuotes(all),
  );
  const cut = byLibrary(all.slice(0, below));
  const text = all.slice(0, cut).trim();
  // Somebody answered below what they quote, or wrote nothing: then all of it is what they sent.
  return text === '' ? { text: all.trim(), folded: '' } : { text, folded: all.slice(cut).trim() };
}

function startOf(pattern: RegExp, text: string): number {
  return pattern.exec(text)?.index ?? text.length;
}

/** A rule above a signature stands near the end: in the middle of a text it may be a line of a log. */
function signatureIn(text: string): number {
  const starts = SIGNATURES.map(one => startOf(one, text)).filter(at => {
    return isShort(text.slice(at));
  });
  return Math.min(text.length, ...starts);
}

function isShort(below: string): boolean {
  return below.length < SIGNATURE.letters && below.split('\n').length <= SIGNATURE.lines;
}

/** Lines at the end that all begin with `>`. */
function trailingQuotes(text: string): number {
  const lines = text.split('\n');
  let at = lines.length;
  let quotes = 0;
  while (at > 0 && /^\s*(?:>|$)/.test(lines[at - 1] ?? '')) {
    at -= 1;
    if (/^\s*>/.test(lines[at] ?? '')) quotes += 1;
  }
  return quotes === 0 ? text.length : lines.slice(0, at).join('\n').length;
}

/** The library leaves out fragments; what it keeps is the beginning, or it has kept something behind a quote, and then nothing is cut. */
function byLibrary(text: string): number {
  if (text.length > LIBRARY) return text.length;
  const visible = new EmailReplyParser().read(text).getVisibleText().trim();
  const at = visible === '' ? -1 : text.indexOf(visible);
  if (at < 0) return text.length;
  // What it takes for a signature may be a rule in a log.
  const below = text.slice(at + visible.length);
  return isShort(below) || /^\s*>/m.test(below) ? at + visible.length : text.length;
}
