import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findProgram } from './programs.ts';

/** Makes a certificate for localhost in the folder, under the names that Let's Encrypt gives its files. */
export function makeCertificate(folder: string): void {
  const openssl = findProgram('openssl');
  if (openssl === undefined) throw new Error('openssl is not installed on this machine.');
  const { status, stderr } = spawnSync(
    openssl,
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=localhost'],
      ...['-keyout', join(folder, 'privkey.pem'), '-out', join(folder, 'fullchain.pem')],
    ],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`openssl: ${stderr}`);
}

/** The site file with its TLS lines taken in, with the certificate in the folder, served on the port. */
export function withTls(site: string, folder: string, port: number): string {
  return site
    .replaceAll(/^( *)#tls /gmu, '$1')
    .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
    .replaceAll('/etc/letsencrypt/live/agente.example.com', folder);
}
