import { hash } from 'node:crypto';

import { comparableText } from '../../../domain/comparable-text.ts';

/** What stands for a text in comparisons; `undefined` for a text without words, which equals none. */
export function textHash(text: string): string | undefined {
  const comparable = comparableText(text);
  return comparable === '' ? undefined : hash('sha256', comparable, 'base64url');
}
