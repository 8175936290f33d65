import { AuthError } from '@azure/msal-node';
import { type Credentials, createTokens, noAnswer } from './credentials.ts';

const timeoutMs = 8_000;

/**
 * Whether Microsoft gives the app its token, without which nothing reaches Teams.
 * @returns why it does not, in words; null: it does
 * @throws TemporaryFailure when it does not answer
 */
export async function teamsRefusal(credentials: Credentials): Promise<string | null> {
  try {
    await createTokens(credentials, { timeoutMs, observe: () => undefined }).of(
      'https://api.botframework.com',
    );
    return null;
  } catch (error) {
    const cause = error instanceof Error ? error.cause : null;
    if (!(cause instanceof AuthError) || cause.errorCode === noAnswer) throw error;
    // Microsoft's own code tells more than its words, which end in numbers of the request.
    const { errorMessage, errorCode } = cause;
    const from = errorMessage.indexOf('AADSTS');
    const until = errorMessage.indexOf('.', from);
    return from < 0 || until < 0 ? errorCode : errorMessage.slice(from, until + 1);
  }
}
