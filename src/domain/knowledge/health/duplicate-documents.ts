import { type DocumentText } from '../corpus-text.ts';
import { type HealthNotice } from './health-notice.ts';

/** Documents that say the same, word for word, as another one before them. */
export class DuplicateDocuments {
  readonly #firstByText = new Map<string, string>();

  take({ path, text }: DocumentText): HealthNotice | undefined {
    const plain = text.replace(/\s+/gu, ' ').trim().toLowerCase();
    const first = this.#firstByText.get(plain);
    if (first === undefined) {
      this.#firstByText.set(plain, path);
      return undefined;
    }
    const message = `diz o mesmo que ${first}; apague um dos dois, ou um deles ficará esquecido quando o outro mudar`;
    return { kind: 'duplicate_file', file: path, message };
  }
}
