import { ConnectorFactory } from 'botframework-connector';

/** The SDK's own name of what would send a card again after a timeout. */
const retryPolicy = 'defaultRetryPolicy';

/** Has clients try each call once: whether and when to repeat one is for whoever makes it. */
export function tryingOnce(factory: ConnectorFactory): ConnectorFactory {
  return new (class extends ConnectorFactory {
    override async create(serviceUrl: string, audience?: string) {
      const client = await factory.create(serviceUrl, audience);
      const removed = client['client'].pipeline.removePolicy({ name: retryPolicy });
      if (removed.length === 0)
        throw new Error(`no policy "${retryPolicy}" in the SDK, expected to remove it`);
      return client;
    }
  })();
}
