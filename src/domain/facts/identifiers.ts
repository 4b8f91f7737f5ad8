import { pixCodesIn } from '../reply/protected-text.ts';
import { type FactKind, type FactText } from './fact.ts';
import { hasPixChecksum } from './pix-code.ts';

/** Endings that people write without a scheme in front; others are as often a full stop without its space. */
const ENDINGS =
  'com|net|org|br|io|app|me|gg|ly|co|info|biz|site|online|store|shop|xyz|dev|ai|example|link|pt|us|tv|page|club|tech|edu|gov|cc|to|top|live|pro|digital|cloud|es|ar|mx|uk|ru|cn|de|fr|in|loja|vip|win|bio|art|blog|news|click|id|eu|ca|jp';

const EMAIL = /(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,6}/gu;
const SCHEME_LINK = /(?<![a-z])(?:[a-z]{2,12}:\/\/|www\.)[^\s<>"`|]{1,2048}/gu;
const BARE_LINK = new RegExp(
  `(?<![\\w@.-])[a-z0-9][a-z0-9-]{0,62}(?:\\.[a-z0-9-]{1,63}){0,5}\\.(?:${ENDINGS})(?![\\w-])(?:[/?#][^\\s<>"\`|]{0,2048})?`,
  'gu',
);
const LINK_TAIL = /[.,;:!?'"*_~)\]}]{1,16}$/u;
/** Letters of other alphabets that look like Latin ones make an address of somebody else. */
const FOREIGN_LINK = new RegExp(
  `(?<![\\p{L}\\d@._-])[\\p{L}\\d][\\p{L}\\d-]{0,62}(?:\\.[\\p{L}\\d-]{1,63}){0,5}\\.(?:${ENDINGS}|[a-z]{0,5}[^\\x00-\\x7f\\P{L}][\\p{L}]{0,9})(?![\\p{L}\\d-])(?:[/?#][^\\s<>"\`|]{0,2048})?`,
  'gu',
);
/** With a path behind it any ending makes an address. */
const PATH_LINK =
  /(?<![\w@./-])[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){0,5}\.[a-z]{2,24}\/[^\s<>"`|]{1,2048}/gu;
/** Letters beyond `f` make no key, but somebody might pay to it all the same. */
const UUID = /(?<![\w-])[0-9a-z]{8}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{12}(?![\w-])/gu;
const TAX_ID =
  /(?<![\d.])(?:\d{3}\.\d{3}\.\d{3}-\d{2}|\d{2}\.?\d{3}\.?\d{3}\/\d{4}-?\d{2})(?!\d)/gu;
const PHONE =
  /(?<![\d.,/$-])(?:(?:\+\d{1,3}|55)[ .-]?)?(?:(?:\(0?\d{2,3}\) ?|0?\d{2}[ .-])?(?:9[ .]?)?\d{4}[ .-]\d{4}|\(0?\d{2,3}\) ?9?\d{8})(?![\d/-]|,\d)/gu;
const TOLL_FREE = /(?<![\d.,/-])0[3589]00[ .-]?\d{3}[ .-]?\d{4}(?!\d)/gu;
const POSTCODE = /(?<![\d.,/-])\d{5}-\d{3}(?![\d-])/gu;
const LONG_DIGITS = /(?<![\d.,/])\+?\d{8,30}(?![\d/]|[.,]\d)/gu;
const CODE =
  /(?<![\w-])(?:[a-z]{1,6}-?\d{2,8}[a-z]{0,4}|[a-z]{1,6}-\d{1,8}[a-z]{0,4}|\d{1,4}-?[a-z]{2,5}-?\d{2,8})(?![\w-])/gu;

/** Months and units that stand right before or after a number without a space are no model codes. */
const NO_CODE =
  /^(?:covid|cr|r|us|sec|art|nr|n|no|as|das|ate|de|em|por|e|a|x|h)-?\d|^\d+-?(?:feira|x)\b/u;

/** Finds what is one string whole: links, addresses, keys, numbers of phones and papers, model codes. */
export function findIdentifiers(found: FactText): void {
  findPixCodes(found);
  // Most texts hold none of these signs, and are not searched for what needs one.
  if (found.folded.includes('@')) each(found, EMAIL, 'email', trimmed);
  if (/:\/\/|www\./u.test(found.folded)) each(found, SCHEME_LINK, 'link', linkValue);
  if (/\.[a-z]/u.test(found.folded)) {
    each(found, BARE_LINK, 'link', linkValue);
    each(found, PATH_LINK, 'link', linkValue);
  }
  if (/[\u0370-\u2000]/u.test(found.folded)) each(found, FOREIGN_LINK, 'link', linkValue);
  if (/\w{4}-\w{4}-/u.test(found.folded)) each(found, UUID, 'pix_key', (text) => text);
  if (/\d/u.test(found.folded)) findNumbers(found);
}

function findNumbers(found: FactText): void {
  each(found, TAX_ID, 'digits', digitsOf);
  each(found, TOLL_FREE, 'digits', digitsOf);
  each(found, PHONE, 'digits', phoneDigits);
  each(found, POSTCODE, 'digits', digitsOf);
  each(found, LONG_DIGITS, 'digits', phoneDigits);
  each(found, CODE, 'code', (text) => (NO_CODE.test(text) ? undefined : codeValue(text)));
}

function findPixCodes(found: FactText): void {
  for (const { start, end } of pixCodesIn(found.text)) {
    const code = found.text.slice(start, end);
    const validity = hasPixChecksum(code) ? {} : { valid: false as const };
    found.add({ kind: 'pix_code', value: code, start, end, ...validity });
  }
}

function each(
  found: FactText,
  pattern: RegExp,
  kind: FactKind,
  valueOf: (folded: string, text: string) => string | undefined,
): void {
  for (const match of found.folded.matchAll(pattern)) {
    const start = match.index;
    const tail = kind === 'link' ? (LINK_TAIL.exec(match[0])?.[0].length ?? 0) : 0;
    const end = start + match[0].length - tail;
    if (end <= start || found.isTaken(start, end)) continue;
    const value = valueOf(found.folded.slice(start, end), found.text.slice(start, end));
    if (value !== undefined) found.add({ kind, value, start, end });
  }
}

/** Host in small letters, the rest as written: paths tell capitals apart. */
function linkValue(folded: string, text: string): string {
  const head = /^(?:https?:\/\/)?(?:www\.)?/u.exec(folded)?.[0].length ?? 0;
  const host = /^[^/?#]*/u.exec(folded.slice(head))?.[0] ?? '';
  return `${host}${text.slice(head + host.length)}`.replace(/\/$/u, '');
}

function trimmed(text: string): string {
  return text.replace(/[.-]+$/u, '');
}

function digitsOf(text: string): string {
  return text.replace(/\D/gu, '');
}

/** Without Brazil's country code, so that one number has one form. */
function phoneDigits(text: string): string {
  const digits = digitsOf(text).replace(/^0(?=[1-9]\d{9,10}$)/u, '');
  return /^55\d{10,11}$/u.test(digits) ? digits.slice(2) : digits;
}

function codeValue(text: string): string {
  return text.replace(/-/gu, '').toUpperCase();
}
