/**
 * An upper estimate of what a text costs a model, without a tokenizer (such a package holds 70 to
 * 200 MB a process): a token for every three UTF-8 bytes, rounded up.
 */
export function estimateTokens(text: string): number {
  return Math.ceil(utf8Length(text) / 3);
}

/** How many bytes a text takes in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    // A surrogate pair is two units and four bytes.
    else if (unit >= 0xd800 && unit <= 0xdfff) bytes += 2;
    else bytes += 3;
  }
  return bytes;
}

/**
 * The end of a text that costs at most `maxTokens` by {@link estimateTokens}, after a sign that
 * something was left out; the text itself where it fits.
 */
export function newestPart(text: string, maxTokens: number): string {
  if (estimateTokens(text) <= maxTokens) return text;
  // A character takes one to four bytes: no cut by characters alone could keep to the limit.
  let start = Math.max(0, text.length - maxTokens * 3);
  while (estimateTokens(text.slice(start)) > maxTokens) {
    start += Math.ceil((text.length - start) / 8);
  }
  return `[…] ${text.slice(start).toWellFormed()}`;
}
