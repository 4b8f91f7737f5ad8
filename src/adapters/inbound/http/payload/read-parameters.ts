import { asRecord, type LooseRecord, stringAt } from './loose-record.ts';
import { parseJson } from './parse-json.ts';

/** Far above any flow's; what is longer is an attack and not worth parsing. */
const LONGEST_PARAMETERS = 65_536;

/**
 * The parameters of a native flow: JSON within a string, made by the sender. `undefined` when there
 * are none that can be read; never throws.
 */
export function readParameters(record: LooseRecord, field: string): LooseRecord | undefined {
  const json = stringAt(record, field);
  if (json === undefined || json.length > LONGEST_PARAMETERS) return undefined;
  return asRecord(parseJson(new TextEncoder().encode(json))?.value);
}
