import { ConnectorFactory } from 'botframework-connector';
import { TemporaryFailure } from '../../flow/ports/failure.ts';

/** The SDK's own name of what would send a card again after a timeout. */
const retryPolicy = 'defaultRetryPolicy';

type Answered = { status: number; bodyAsText?: string | null };

/**
 * Has clients try each call once, as whether and when to repeat one is for whoever makes it; and has them believe only
 * Teams itself that something was done.
 */
export function tryingOnce(factory: ConnectorFactory): ConnectorFactory {
  return new (class extends ConnectorFactory {
    override async create(serviceUrl: string, audience?: string) {
      const client = await factory.create(serviceUrl, audience);
      const { pipeline } = client['client'];
      const removed = pipeline.removePolicy({ name: retryPolicy });
      if (removed.length === 0)
        throw new Error(`no policy "${retryPolicy}" in the SDK, expected to remove it`);
      // A proxy on the way may answer 200 with a page of its own, which the SDK takes for an answer without an id.
      pipeline.addPolicy(
        {
          name: 'believeOnlyJson',
          async sendRequest(request: object, next: (request: object) => Promise<Answered>) {
            const response = await next(request);
            if (response.status < 300 && response.bodyAsText) expectJson(response.bodyAsText);
            return response;
          },
        },
        { afterPhase: 'Deserialize' },
      );
      return client;
    }
  })();
}

function expectJson(text: string): void {
  try {
    JSON.parse(text);
  } catch {
    throw new TemporaryFailure('Teams answered with what is no JSON', { outcome: 'unknown' });
  }
}
