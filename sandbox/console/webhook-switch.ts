import type { HubSpotServer } from '../hubspot/server.ts';

/** Whether HubSpot tells the bot of changes. Of what happens while it does not, it never tells. */
export type WebhookSwitch = {
  isOn: () => boolean;
  turn: (on: boolean) => void;
};

export function webhookSwitch(hubspot: HubSpotServer): WebhookSwitch {
  let isOn = true;
  return {
    isOn: () => isOn,
    turn: (on) => {
      isOn = on;
      if (on) {
        hubspot.takePendingWebhooks();
        hubspot.resumeWebhooks();
      } else hubspot.pauseWebhooks();
    },
  };
}
