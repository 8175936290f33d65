import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { checkRequest, type ModelFault, type ModelRequest } from './chat-completions.ts';

/** What the model says to a request: the content of its message; `hang`: nothing, ever. */
export type Says = (request: ModelRequest) => string | ModelFault | 'hang';

/** A local server that speaks OpenAI's chat completions, with a model that says what it is told to. */
export type ModelServer = {
  /** What stands before `/chat/completions`. */
  url: string;
  /** Every request that was answered, or not. */
  requests: readonly ModelRequest[];
  /** How it answers from now on. */
  says: (says: Says) => void;
  close: () => Promise<void>;
};

/** @param options without `apiKey` it asks for none, as servers within a company do */
export async function startModel(options: {
  model: string;
  apiKey?: string;
  says: Says;
}): Promise<ModelServer> {
  const requests: ModelRequest[] = [];
  let { says } = options;
  const server = createServer(async (request, response) => {
    const checked = checkRequest(await received(request), options);
    if ('fault' in checked) return send(checked.fault);
    requests.push(checked);
    const said = says(checked);
    if (said === 'hang') return;
    if (typeof said === 'object') return send(said);
    send({ status: 200, body: completionOf(checked, said, requests.length) });

    function send({ status, body, location }: ModelFault): void {
      const headers = { 'content-type': 'application/json', ...(location && { location }) };
      response.writeHead(status, headers).end(JSON.stringify(body));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    says: (other) => {
      says = other;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function received(request: IncomingMessage) {
  const { method = 'GET', url = '/', headers } = request;
  const contentType = headers['content-type'] ?? '';
  return {
    method,
    url,
    authorization: headers.authorization ?? null,
    contentType,
    sent: await text(request),
  };
}

function completionOf({ model, messages }: ModelRequest, content: string, count: number): object {
  const tokens = (words: string) => Math.ceil(words.length / 4);
  const [asked, said] = [messages.reduce((sum, one) => sum + tokens(one.content), 0), tokens(content)];
  return {
    id: `chatcmpl-${count}`,
    object: 'chat.completion',
    created: 1_772_460_180,
    model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, refusal: null, annotations: [] },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: { prompt_tokens: asked, completion_tokens: said, total_tokens: asked + said },
  };
}
