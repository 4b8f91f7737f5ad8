/** The operating system's word for what went wrong (`ENOENT`); never a path or another detail. */
export function errorCode(error: unknown): string {
  // Not instanceof: Node's file functions may throw the Error of another realm.
  const hasCode = typeof error === 'object' && error !== null && 'code' in error;
  return hasCode && typeof error.code === 'string' ? error.code : 'erro inesperado';
}
