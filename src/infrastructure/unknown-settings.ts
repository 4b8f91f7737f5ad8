import { VARIABLE_NAMES } from './environment.ts';

/** How names begin that nobody but this service reads, and with which a misspelt one still begins. */
const OURS = /^(?:OPENAI|MEGA|RAG|LLM|AI|API|WEBHOOK|ADMIN|REPLY|IGNORE|DEDUP|TAKEOVER)_/u;

/** Names that look like settings and are none, such as `OPENAI_KEY`: nothing reads them. */
export function unknownSettings(given: Readonly<Record<string, string>>): readonly string[] {
  return Object.keys(given).filter((name) => OURS.test(name) && !VARIABLE_NAMES.includes(name));
}
