import { tableText } from '../../../../domain/knowledge/table-text.ts';

/** How a heading begins whose document has a title of its own. */
export const TITLE_CLASS = 'titulo';

const PIECES = /<(\/?)([a-z][a-z0-9]*)([^>]*)>|([^<]+)/gu;
const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&amp;': '&',
};
const HEADING = /^h([1-6])$/u;
const MAX_LEVEL = 6;
/**
 * The text of well-formed HTML as a converter writes it: headings with hashes, lists with their
 * marks, each row of a table with its headings, links with their address.
 */
export function htmlText(html: string): string {
  const reader = new HtmlReader(html.includes(`class="${TITLE_CLASS}"`) ? 1 : 0);
  for (const [, slash, tag, attributes = '', text] of html.matchAll(PIECES)) {
    if (text !== undefined) reader.text(plain(text));
    else if (tag !== undefined && slash === '/') reader.close(tag);
    else if (tag !== undefined) reader.open(tag, attributes);
  }
  return reader.end();
}

/** A list that is open, and its number of items where they are numbered. */
interface List {
  items: number | undefined;
}

type Step = (attributes: string) => void;

class HtmlReader {
  private readonly blocks: string[] = [];
  private readonly lists: List[] = [];
  /** Rows of the tables that are open, the innermost last. */
  private readonly tables: string[][][] = [];
  // No parameter property: the reading thread runs the sources with their types merely left out.
  private readonly deeper: number;
  private line = '';
  private address = '';
  private linked = '';

  private readonly openers: Readonly<Record<string, Step>> = {
    br: () => {
      this.line += '\n';
    },
    p: () => {
      this.flush();
    },
    ul: () => {
      this.openList({ items: undefined });
    },
    ol: () => {
      this.openList({ items: 0 });
    },
    li: () => {
      this.openItem();
    },
    table: () => {
      this.openTable();
    },
    tr: () => this.tables.at(-1)?.push([]),
    td: () => this.tables.at(-1)?.at(-1)?.push(''),
    th: () => this.tables.at(-1)?.at(-1)?.push(''),
    a: (attributes) => {
      this.openLink(attributes);
    },
  };
  private readonly closers: Readonly<Record<string, () => void>> = {
    p: () => {
      this.flush();
    },
    li: () => {
      this.flush();
    },
    td: () => {
      this.flush();
    },
    th: () => {
      this.flush();
    },
    ul: () => this.lists.pop(),
    ol: () => this.lists.pop(),
    table: () => {
      this.closeTable();
    },
    a: () => {
      this.closeLink();
    },
  };

  /** @param deeper - How many levels the headings stand below their own. */
  constructor(deeper: number) {
    this.deeper = deeper;
  }

  text(text: string): void {
    this.line += text;
    if (this.address !== '') this.linked += text;
  }

  open(tag: string, attributes: string): void {
    const level = Number(HEADING.exec(tag)?.[1] ?? 0);
    if (level === 0) this.openers[tag]?.(attributes);
    else this.openHeading(level, attributes);
  }

  close(tag: string): void {
    if (HEADING.test(tag)) this.closeHeading();
    else this.closers[tag]?.();
  }

  end(): string {
    this.flush();
    return this.blocks.join('\n').trim();
  }

  /** What was read so far becomes a block: a part of the innermost table's cell, or lines of the text. */
  private flush(): void {
    const text = this.line.trimEnd();
    this.line = '';
    if (/^\s*(?:#+|-|\d+\.)?$/u.test(text)) return;
    const row = this.tables.at(-1)?.at(-1);
    if (row !== undefined && row.length > 0) {
      row[row.length - 1] = `${row.at(-1) ?? ''} ${text}`;
      return;
    }
    const isItem = this.lists.length > 0;
    this.blocks.push(isItem ? text : `\n${text.trimStart()}`);
  }

  private openHeading(level: number, attributes: string): void {
    this.flush();
    const isTitle = attributes.includes(`class="${TITLE_CLASS}"`);
    const own = isTitle ? 1 : Math.min(MAX_LEVEL, level + this.deeper);
    this.line = `${'#'.repeat(own)} `;
  }

  private closeHeading(): void {
    this.line = this.line.replace(/\s+/gu, ' ');
    this.flush();
  }

  private openList(list: List): void {
    this.flush();
    if (this.lists.length === 0) this.blocks.push('');
    this.lists.push(list);
  }

  private openItem(): void {
    this.flush();
    const list = this.lists.at(-1);
    const indent = '  '.repeat(Math.max(0, this.lists.length - 1));
    if (list?.items !== undefined) list.items += 1;
    this.line = `${indent}${list?.items === undefined ? '-' : `${list.items}.`} `;
  }

  private openTable(): void {
    this.flush();
    this.tables.push([]);
  }

  private closeTable(): void {
    this.flush();
    this.line = tableText(this.tables.pop() ?? []);
    this.flush();
  }

  private openLink(attributes: string): void {
    const address = plain(/\bhref="([^"]*)"/u.exec(attributes)?.[1] ?? '');
    this.address = /^(?:https?|mailto|tel):/iu.test(address) ? address : '';
    this.linked = '';
  }

  private closeLink(): void {
    const shown = this.address.replace(/^(?:mailto|tel):/iu, '');
    if (shown !== '' && !this.linked.includes(shown)) this.line += ` (${shown})`;
    this.address = '';
  }
}

function plain(text: string): string {
  return text.replace(/&(?:lt|gt|quot|amp);/gu, (entity) => ENTITIES[entity] ?? entity);
}
