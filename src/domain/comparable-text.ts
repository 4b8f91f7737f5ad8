import { composedText } from './composed-text.ts';

/**
 * The form in which two texts count as the same words. On their way through WhatsApp texts come
 * back with other line ends, composed differently, or without the spaces at their edges.
 */
export function comparableText(text: string): string {
  return composedText(text)
    .replace(/\r\n?/gu, '\n')
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n ?/gu, '\n')
    .trim();
}
