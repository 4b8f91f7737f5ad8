/**
 * Whether a Pix copy-and-paste code ends in the checksum of what stands before it: CRC-16 with
 * polynomial 0x1021 and start 0xFFFF, over everything up to and with `6304` (BR Code, EMV QRCPS).
 */
export function hasPixChecksum(code: string): boolean {
  return crc16(code.slice(0, -4)) === Number.parseInt(code.slice(-4), 16);
}

function crc16(text: string): number {
  let crc = 0xffff;
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) {
      crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021;
    }
    crc &= 0xffff;
  }
  return crc;
}
