const LINE_BREAKS = /\r\n?|[\u0085\u2028\u2029]/gu;

/** Tabs and line feeds are the only control characters that a message has a use for. */
const CONTROLS = /(?![\n\t])\p{Cc}/gu;

/** Marks that turn the direction of writing: with them a text can be shown other than it is written. */
const DIRECTION_MARKS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** Characters without width, and half surrogate pairs. The joiner (U+200D) is judged by its neighbours. */
const INVISIBLE =
  /[\u00AD\u200B\u200C\u2060-\u2065\u206A-\u206F\uFEFF\uFFF9-\uFFFB]|\p{Surrogate}/gu;

/** Tag characters spell the flags of England, Scotland and Wales behind a black flag, hidden text elsewhere. */
const TAGS = /(\u{1F3F4}[\u{E0061}-\u{E007A}]{1,6}\u{E007F})|[\u{E0000}-\u{E007F}]/gu;

/** A joiner belongs between two emoji: the first may end in a skin tone or a variation selector. */
const STRAY_JOINERS =
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D|\u200D(?!\p{Extended_Pictographic})/gu;

/**
 * The text without what a reader cannot see: control characters, marks that turn the direction of
 * writing, zero-width characters, half surrogate pairs. Emoji made of several characters stay whole;
 * every kind of line break has become `\n`.
 */
export function cleanCharacters(text: string): string {
  return text
    .replace(LINE_BREAKS, '\n')
    .replace(CONTROLS, '')
    .replace(DIRECTION_MARKS, '')
    .replace(INVISIBLE, '')
    .replace(TAGS, '$1')
    .replace(STRAY_JOINERS, '');
}
