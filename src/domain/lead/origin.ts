import type { Lead, Score, Source } from './lead.ts';

/**
 * What of where a lead came from stays known when the lead itself is kept no longer: HubSpot's source words, the
 * campaigns, and what it was worth when it qualified.
 */
export type Origin = {
  source: string | null;
  campaign: string | null;
  latestSource: string | null;
  latestCampaign: string | null;
  score: Pick<Score, 'value' | 'components'> | null;
};

/** Of a lead as it was read when it qualified. */
export function originOf({ source, score }: Pick<Lead, 'source' | 'score'>): Origin {
  const { original, detail, furtherDetail, latest, latestDetail, latestFurtherDetail } = source;
  return {
    source: original,
    campaign: campaignOf(original, detail, furtherDetail),
    latestSource: latest,
    latestCampaign: campaignOf(latest, latestDetail, latestFurtherDetail),
    score: score && { value: score.value, components: score.components },
  };
}

/**
 * The campaign stands in one of the two details of a source, or in none: those of other sources are addresses, search
 * words, or how somebody was imported, which may be personal.
 * https://knowledge.hubspot.com/reports/understand-hubspots-traffic-sources-in-the-traffic-analytics-tool
 */
function campaignOf(
  source: string | null,
  detail: Source['detail'],
  furtherDetail: Source['furtherDetail'],
): string | null {
  switch (source) {
    case 'PAID_SEARCH':
    case 'EMAIL_MARKETING':
    case 'OTHER_CAMPAIGNS':
      return detail;
    case 'PAID_SOCIAL':
    case 'SOCIAL_MEDIA':
      return furtherDetail ?? null;
    default:
      return null;
  }
}
