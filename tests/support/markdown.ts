/** What must be the same in two languages. */
export function shapeOf(text: string): object {
  const lines = text.split('\n');
  return {
    headings: lines.flatMap((line) => /^#+(?= )/u.exec(line)?.[0] ?? []),
    rows: lines.filter((line) => line.startsWith('|')).length,
    items: lines.filter((line) => /^(?:-|\d+\.) /u.test(line)).length,
    commands: fenced(text, 'bash').flatMap(commandsOf),
  };
}

/** What stands in code marks, without what is translated. */
export function codeIn(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/gu)]
    .map(([, code = '']) => code.replaceAll(/<[^>]+>/gu, '<>'))
    .toSorted();
}

/** The rows of all tables whose first column is headed so, as cells. */
export function table(text: string, head: RegExp): readonly (readonly string[])[] {
  return tables(text, head).flat();
}

/** The bodies of the tables whose first column is headed so, as rows of cells. */
export function tables(text: string, head: RegExp): readonly (readonly (readonly string[])[])[] {
  const blocks = text
    .split(/\n(?!\|)/u)
    .map((block) => block.split('\n').filter((line) => line.startsWith('|')));
  return blocks.flatMap((lines) => {
    const cells = lines.map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
    return head.test(cells[0]?.[0] ?? '') ? [cells.slice(2)] : [];
  });
}

/** A cell without its code marks. */
export function bare(cell: string | undefined): string {
  return cell?.replaceAll('`', '') ?? '';
}

/** The fenced blocks of one language. */
export function fenced(text: string, language: string): readonly string[] {
  const blocks = text.matchAll(new RegExp(`^ *\`\`\`${language}\\n(.*?)\\n *\`\`\`$`, 'gmsu'));
  return [...blocks].map(([, block = '']) => block);
}

/** Commands without what is translated: comments and what stands for the reader's own values. */
function commandsOf(block: string): readonly string[] {
  return block
    .split('\n')
    .map((line) =>
      line
        .replace(/(?:^|\s)# .*$/u, '')
        .replaceAll(/<[^>]+>/gu, '<>')
        .trim(),
    )
    .filter((line) => line !== '');
}

/** The anchors of all headings, as GitHub makes them. */
export function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gmu)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
