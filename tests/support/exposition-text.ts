const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const LABEL = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"';
const SAMPLE = new RegExp(`^(${NAME})(\\{(?:${LABEL})(?:,${LABEL})*\\})? (\\S+)$`, 'u');
const COMMENT = new RegExp(`^# (HELP|TYPE) (${NAME}) (.+)$`, 'u');

/** What a monitoring system makes of a page. */
export interface ReadPage {
  /** Each sample's value, by its name and labels as they stand there. */
  readonly values: ReadonlyMap<string, number>;
  /** Each figure's type, by its name. */
  readonly types: ReadonlyMap<string, string>;
}

/**
 * Reads Prometheus's text format 0.0.4 as strictly as Prometheus does.
 *
 * @throws Error at the first line that breaks its rules.
 */
export function readExposition(text: string): ReadPage {
  if (!text.endsWith('\n')) throw new Error('The last line does not end.');
  const values = new Map<string, number>();
  const types = new Map<string, string>();
  for (const line of text.split('\n').filter((candidate) => candidate !== '')) {
    if (line.startsWith('#')) readComment(line, types);
    else readSample(line, { values, types });
  }
  return { values, types };
}

function readComment(line: string, types: Map<string, string>): void {
  const comment = COMMENT.exec(line);
  if (comment === null) throw new Error(`No comment: ${line}`);
  const [, keyword, name = '', rest = ''] = comment;
  if (keyword === 'TYPE') note(types, name, rest);
}

function readSample(
  line: string,
  { values, types }: { values: Map<string, number>; types: ReadonlyMap<string, string> },
): void {
  const sample = SAMPLE.exec(line);
  if (sample === null) throw new Error(`No sample: ${line}`);
  const [, name = '', labels = '', number] = sample;
  const family = name.replace(/_(?:bucket|sum|count)$/u, '');
  if (!types.has(name) && types.get(family) !== 'histogram') throw new Error(`No type: ${line}`);
  if (Number.isNaN(Number(number))) throw new Error(`No number: ${line}`);
  note(values, `${name}${labels}`, Number(number));
}

function note<Value>(noted: Map<string, Value>, key: string, value: Value): void {
  if (noted.has(key)) throw new Error(`Said twice: ${key}`);
  noted.set(key, value);
}
