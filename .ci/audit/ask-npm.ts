import { execFile } from 'node:child_process';
import { z } from 'zod';
import { type Answer, severities } from './advisory.ts';

const report = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({
      // The name of another package: it is there because of that one, which says why itself.
      via: z.array(
        z.union([
          z.string(),
          z.object({
            name: z.string(),
            title: z.string(),
            url: z.string(),
            // npm also knows `info`, which is less than low.
            severity: z.enum(severities).catch('low'),
          }),
        ]),
      ),
    }),
  ),
});

const refusal = z.object({ message: z.string() });

/** Asks the registry that npm uses. Not every registry answers: a mirror of packages may know no advisories. */
export async function askNpm(directory: string, options: readonly string[] = []): Promise<Answer> {
  const output = await npmAudit(directory, options);
  let said: unknown;
  try {
    said = JSON.parse(output);
  } catch {
    return { silentBecause: output.trim().split('\n')[0] || 'npm audit printed nothing' };
  }
  const answered = report.safeParse(said);
  if (!answered.success) {
    const refused = refusal.safeParse(said);
    return { silentBecause: refused.data?.message ?? 'npm audit printed no report' };
  }
  const reasons = Object.values(answered.data.vulnerabilities).flatMap(({ via }) => via);
  return {
    advisories: reasons
      .filter((reason) => typeof reason === 'object')
      .map(({ name, title, url, severity }) => ({
        id: url.slice(url.lastIndexOf('/') + 1),
        package: name,
        title,
        severity,
      })),
  };
}

/** Ends with an error for what it found as for what it could not ask: only its output tells. */
function npmAudit(directory: string, options: readonly string[]): Promise<string> {
  const words = ['audit', '--omit=dev', '--json', '--package-lock-only', '--fetch-retries=0', ...options];
  return new Promise((resolve) => {
    execFile(
      'npm',
      words,
      { cwd: directory, timeout: 60_000, shell: process.platform === 'win32' },
      (_, stdout, stderr) => resolve(stdout || stderr),
    );
  });
}
