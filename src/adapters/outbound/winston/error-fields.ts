/** How many errors of an aggregate are shown. */
const SHOWN_ERRORS = 5;

/** What tells an HTTP library's error from others. */
const FOREIGN_PROPERTIES = ['config', 'request', 'response', 'headers', 'error'] as const;

/**
 * An error in fields, which JSON would leave out. What HTTP libraries throw is reduced to name, code
 * and status: their messages quote requests and answers, their properties hold keys and texts. The
 * message of a `SyntaxError` quotes what could not be read, and is left out too.
 */
export function errorFields(error: Error): Readonly<Record<string, unknown>> {
  const { cause, code, status, errors } = error as Readonly<Record<string, unknown>> & Error;
  const isForeign = isFromLibrary(error);
  const isQuoting = isForeign || error instanceof SyntaxError;
  return {
    name: error.name,
    ...(isQuoting ? {} : { message: error.message }),
    ...(isPlain(code) ? { code } : {}),
    ...(isPlain(status) ? { status } : {}),
    stack: framesOf(error),
    ...(cause === undefined || isForeign ? {} : { cause }),
    ...(Array.isArray(errors) ? { errors: errors.slice(0, SHOWN_ERRORS) } : {}),
  };
}

/** axios' errors carry the request with its Authorization header, the SDK's the answer. */
function isFromLibrary(error: Error): boolean {
  return FOREIGN_PROPERTIES.some((property) => property in error);
}

function isPlain(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

/** The places without the first lines: those repeat the message. */
function framesOf(error: Error): string | undefined {
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /u.test(line));
  return frames?.map((frame) => frame.trim()).join('\n');
}
