import { hash } from 'node:crypto';

import { comparableText } from '../../../domain/comparable-text.ts';

/** 72 bits: no two texts of one contact share them by chance, and every row and index holds them. */
const LENGTH = 12;

/** What stands for a text in comparisons; `undefined` for a text without words, which equals none. */
export function textHash(text: string): string | undefined {
  const comparable = comparableText(text);
  return comparable === '' ? undefined : hash('sha256', comparable, 'base64url').slice(0, LENGTH);
}
