import { type MediaReference } from '../../../../domain/incoming-message.ts';
import { cleanName } from './clean-text.ts';
import { integerAt, type LooseRecord, valueAt } from './loose-record.ts';

const LONGEST_SECONDS = 86_400;
const LONGEST_FILE_NAME = 255;
const NO_CONTROLS = /^\P{Cc}+$/u;

/**
 * What is needed to fetch the file later. A field that is too long or not a string (bytes are also
 * met as `{"0":12,...}`) is left out, never cut; `undefined` when no field is left.
 */
export function readMedia(part: LooseRecord): MediaReference | undefined {
  const fields: { -readonly [Field in keyof MediaReference]?: MediaReference[Field] | undefined } =
    {
      mimetype: plainString(part, 'mimetype', 200),
      mediaKey: plainString(part, 'mediaKey', 200),
      directPath: plainString(part, 'directPath', 2_048),
      url: plainString(part, 'url', 2_048) ?? plainString(part, 'URL', 2_048),
      fileName: fileName(part),
      seconds: seconds(part),
    };
  const known = Object.entries(fields).filter(([, value]) => value !== undefined);
  return known.length === 0 ? undefined : Object.fromEntries(known);
}

function plainString(part: LooseRecord, field: string, longest: number): string | undefined {
  const value = valueAt(part, field);
  if (typeof value !== 'string' || value.length > longest) return undefined;
  return NO_CONTROLS.test(value) ? value : undefined;
}

function fileName(part: LooseRecord): string | undefined {
  const value = valueAt(part, 'fileName');
  return typeof value === 'string' ? cleanName(value, LONGEST_FILE_NAME) : undefined;
}

function seconds(part: LooseRecord): number | undefined {
  const value = integerAt(part, 'seconds');
  return value !== undefined && value >= 0 && value <= LONGEST_SECONDS ? value : undefined;
}
