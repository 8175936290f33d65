/** Woher Leads kommen, nach den Schlüsseln von HubSpot (`hs_analytics_source`). */
export const sources = {
  ORGANIC_SEARCH: 'Organische Suche',
  PAID_SEARCH: 'Bezahlte Suche',
  EMAIL_MARKETING: 'E-Mail-Marketing',
  SOCIAL_MEDIA: 'Organische Social Media',
  REFERRALS: 'Verweise',
  OTHER_CAMPAIGNS: 'Andere Kampagnen',
  DIRECT_TRAFFIC: 'Direkter Traffic',
  OFFLINE: 'Offline-Quellen',
  PAID_SOCIAL: 'Bezahlte Social Media',
  AI_REFERRALS: 'KI-Verweise',
} as const;
