/** De onde vêm os leads, pelas chaves do HubSpot (`hs_analytics_source`). */
export const sources = {
  ORGANIC_SEARCH: 'Busca orgânica',
  PAID_SEARCH: 'Busca paga',
  EMAIL_MARKETING: 'E-mail marketing',
  SOCIAL_MEDIA: 'Redes sociais orgânicas',
  REFERRALS: 'Sites de referência',
  OTHER_CAMPAIGNS: 'Outras campanhas',
  DIRECT_TRAFFIC: 'Tráfego direto',
  OFFLINE: 'Fontes offline',
  PAID_SOCIAL: 'Redes sociais pagas',
  AI_REFERRALS: 'Referências de IA',
} as const;
