import { AppCredentials } from 'botframework-connector';
import { JwtTokenExtractor } from 'botframework-connector/lib/auth/jwtTokenExtractor.js';

/**
 * botbuilder keeps tokens by the app's id, and Teams' keys by their address, for as long as the process runs: those of
 * another test, whose server had another clock or the same port, would be used.
 */
export function forgetTeams(): void {
  for (const kept of [
    Reflect.get(AppCredentials, 'cache'),
    Reflect.get(JwtTokenExtractor, 'openIdMetadataCache'),
  ]) {
    (kept as Map<string, unknown>).clear();
  }
}
