const TAG = /<(\/?)([a-z][a-z0-9]{0,9})(?:\s[^<>\n]{0,300})?\s?\/?>/giu;

/** What stands for a tag; tags that are not named here are text, as in `<seu nome>`. */
const REPLACEMENTS: Readonly<Record<string, string>> = {
  br: '\n',
  hr: '\n',
  p: '\n',
  div: '\n',
  ul: '\n',
  ol: '\n',
  li: '\n- ',
  tr: '\n',
  td: ' ',
  th: ' ',
  b: '**',
  strong: '**',
  s: '~~',
  del: '~~',
  i: '_',
  em: '_',
  u: '',
  span: '',
  sub: '',
  sup: '',
  small: '',
  font: '',
  table: '',
  thead: '',
  tbody: '',
};

const BREAKS = /<\/?(?:br|p|div)\s?\/?>/giu;

/** The text with the HTML tags that models write turned into line breaks and Markdown. */
export function replaceTags(text: string): string {
  return text.replace(TAG, (tag, slash: string, name: string) => {
    const key = name.toLowerCase();
    if (!Object.hasOwn(REPLACEMENTS, key)) return tag;
    return slash !== '' && key === 'li' ? '' : (REPLACEMENTS[key] ?? tag);
  });
}

/** A table's row with the breaks in its cells as commas: a row is one line. */
export function joinBrokenCells(row: string): string {
  return row.replace(BREAKS, ', ');
}
