import { type ObjectType, objectTypeFacts } from './object-types.ts';
import type { Portal } from './portal.ts';
import { type SignatureKind, signatureHeaders } from './signature.ts';

/** One execution of the app's custom action, as the author of the workflow set it up. */
export type ActionRun = {
  /** The `actionUrl` of the action's definition, unless it is the one that the portal knows. */
  url?: string;
  /** The enrolled record; a contact when no type is given. */
  objectId: string;
  objectType?: ObjectType;
  inputFields: Record<string, string>;
  /** That of an earlier attempt, when HubSpot tries again after a 5xx or no answer. */
  callbackId?: string;
  signature?: SignatureKind;
};

/** What the app answered; a 4xx ends the record's way through the workflow's action as failed. */
export type ActionAnswer = {
  callbackId: string;
  status: number;
  body: unknown;
};

const actionDefinitionId = 300_001;
const workflowId = 400_001;
const timeoutMs = 5_000;

/** Sends executions of a custom workflow action as HubSpot does: signed in v2, which holds no time. */
export function workflowActions(
  portal: Portal,
  { clientSecret, portalId, actionUrl }: { clientSecret: string; portalId: number; actionUrl: () => string },
): (run: ActionRun) => Promise<ActionAnswer> {
  let executions = 0;
  return async ({
    url = actionUrl(),
    objectId,
    objectType = 'contacts',
    inputFields,
    signature = 'v2',
    ...run
  }) => {
    const record = portal.record(objectType, objectId);
    executions += 1;
    const callbackId = run.callbackId ?? `ap-${portalId}-${workflowId}-${executions}-0`;
    const body = JSON.stringify({
      callbackId,
      origin: { portalId, actionDefinitionId, actionDefinitionVersion: 1 },
      context: { source: 'WORKFLOWS', workflowId },
      object: {
        objectId: Number(record.id),
        properties: {},
        objectType: objectTypeFacts[objectType].singular.toUpperCase(),
      },
      inputFields,
    });
    const signed = { secret: clientSecret, method: 'POST', uri: url, body };
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...signatureHeaders(signature, signed, portal.now().getTime()),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    return { callbackId, status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  };
}
