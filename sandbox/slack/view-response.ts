import { type Fields, fieldsAt } from '../fields.ts';
import type { Delivery } from './inbound.ts';
import type { Outcome } from './outcome.ts';
import { readView } from './view-methods.ts';
import type { SlackView, Views } from './views.ts';
import { parseFields } from './wire.ts';

type Applied = Partial<Pick<Outcome, 'result' | 'reason' | 'errors'>>;

/** Does with a submitted modal what the app's answer says; nothing said closes it. */
export function applyResponse(views: Views, userId: string, view: SlackView, answer: Delivery): Applied {
  if (answer.body === '') {
    views.close(userId, view.id);
    return {};
  }
  const response = parseFields(answer.body);
  switch (response?.['response_action']) {
    case 'clear':
      views.clear(userId);
      return {};
    case 'errors':
      return showErrors(view, fieldsAt(response, 'errors') ?? {});
    case 'update':
    case 'push': {
      const read = readView(response['view'], 'modal');
      if (!read.ok) return unusable(JSON.stringify(read));
      const shown =
        response['response_action'] === 'push'
          ? views.push(userId, view.id, read.view)
          : views.update({ viewId: view.id, externalId: null, hash: null }, read.view);
      return shown.ok ? {} : unusable(shown.error);
    }
    default:
      return unusable(`unknown answer ${answer.body}`);
  }
}

function showErrors(view: SlackView, errors: Fields): Applied {
  const inputs = view.blocks.filter(({ type }) => type === 'input').map(({ block_id }) => block_id);
  const shown: Record<string, string> = {};
  for (const [blockId, message] of Object.entries(errors)) {
    if (!inputs.includes(blockId) || typeof message !== 'string') {
      return unusable(`errors for "${blockId}": expected a text for one of ${inputs.join(', ')}`);
    }
    shown[blockId] = message;
  }
  return { errors: shown };
}

/** The person reads "We had some trouble connecting" and keeps the modal. */
function unusable(reason: string): Applied {
  return { result: 'dispatch_failed', reason };
}
