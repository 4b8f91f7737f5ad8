import { hash } from 'node:crypto';

/** How long a text stays taken on without a vector, ms: a call takes 30 s at most. */
export const CLAIM_MS = 90_000;

/** How old the note of a vector's use may get before it is written anew, ms. */
export const NOTE_MS = 43_200_000;

/** What stands for a text: its whole content, so that the least change makes another. */
export function contentHash(text: string): string {
  return hash('sha256', text, 'base64url');
}

/** A vector as it is kept: four bytes a number, the lowest first. */
export function vectorBytes(vector: Float32Array): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(vector.length * 4));
  for (const [index, value] of vector.entries()) bytes.setFloat32(index * 4, value, true);
  return new Uint8Array(bytes.buffer);
}

/** The vector that was kept. */
export function bytesVector(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.byteLength / 4 }, (_, index) =>
    view.getFloat32(index * 4, true),
  );
}
