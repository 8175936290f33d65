import type { Credentials } from '../adapters/teams/credentials.ts';
import { type Check, right, wrong } from './check.ts';

/** Whether Microsoft lets the bot into Teams. */
export function teamsChecks(credentials: Credentials): Check[] {
  return [
    {
      name: 'Teams account',
      look: async () => {
        // Loaded only now: it is large.
        const { teamsRefusal } = await import('../adapters/teams/account.ts');
        const refusal = await teamsRefusal(credentials);
        if (refusal === null) return [right(`Microsoft gives the app ${credentials.appId} its token`)];
        return [
          wrong(
            `Microsoft gives the app no token: ${refusal}`,
            'Compare MICROSOFT_APP_ID, MICROSOFT_APP_PASSWORD and MICROSOFT_APP_TENANT_ID with the registration in Entra.',
          ),
        ];
      },
    },
  ];
}
