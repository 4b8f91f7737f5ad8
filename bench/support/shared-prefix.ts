import { utf8Length } from '../../src/domain/tokens.ts';

/** How much of a prompt stands word for word at the beginning of the one before it. */
export interface SharedPrefix {
  readonly bytes: number;
  /** Of the later prompt, from 0 to 1. */
  readonly share: number;
}

/** What a provider's prompt cache can keep from one prompt to the next. */
export function sharedPrefix(earlier: string, later: string): SharedPrefix {
  let length = 0;
  while (length < later.length && earlier[length] === later[length]) length += 1;
  const bytes = utf8Length(later.slice(0, length));
  return { bytes, share: bytes / utf8Length(later) };
}
