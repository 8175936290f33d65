import type { PropertyOption } from './properties.ts';

// The options of HubSpot's standard enumeration properties.

/** Options whose label is their value in words, unless told otherwise: `IN_PROGRESS` is shown as `In progress`. */
function options(values: string, labels: Readonly<Record<string, string>> = {}): PropertyOption[] {
  return values
    .trim()
    .split(/\s+/)
    .map((value) => {
      const words = value.replaceAll('_', ' ').toLowerCase();
      return { value, label: labels[value] ?? words.charAt(0).toUpperCase() + words.slice(1) };
    });
}

function labelled(labels: Record<string, string>): PropertyOption[] {
  return Object.entries(labels).map(([value, label]) => ({ value, label }));
}

/** In the order a record moves through them. */
export const lifecycleStages = labelled({
  subscriber: 'Subscriber',
  lead: 'Lead',
  marketingqualifiedlead: 'Marketing Qualified Lead',
  salesqualifiedlead: 'Sales Qualified Lead',
  opportunity: 'Opportunity',
  customer: 'Customer',
  evangelist: 'Evangelist',
  other: 'Other',
});

export const leadStatuses = options(
  'NEW OPEN IN_PROGRESS OPEN_DEAL UNQUALIFIED ATTEMPTED_TO_CONTACT CONNECTED BAD_TIMING',
);
export const leadSources = options(
  `ORGANIC_SEARCH PAID_SEARCH EMAIL_MARKETING SOCIAL_MEDIA REFERRALS OTHER_CAMPAIGNS DIRECT_TRAFFIC OFFLINE
   PAID_SOCIAL AI_REFERRALS`,
  { AI_REFERRALS: 'AI referrals' },
);
export const contactEmployees = options('1-5 5-25 25-50 50-100 100-500 500-1000 1000+');
export const seniorities = options('vp director executive manager owner partner senior employee entry');
export const roles = options(
  `accounting administrative business_development communications consulting customer_service design education
   engineering entrepreneurship finance health_professional human_resources information_technology legal marketing
   operations product project_management public_relations quality_assurance real_estate recruiting research sales
   support`,
);
export const buyingRoles = options(
  `BLOCKER BUDGET_HOLDER CHAMPION DECISION_MAKER END_USER EXECUTIVE_SPONSOR INFLUENCER LEGAL_AND_COMPLIANCE
   OTHER`,
);
/** Its values are sentences already. */
export const legalBases = labelled(
  Object.fromEntries(
    [
      'Legitimate interest – prospect/lead',
      'Legitimate interest – existing customer',
      'Legitimate interest - other',
      'Performance of a contract',
      'Freely given consent from contact',
      'Not applicable',
    ].map((basis) => [basis, basis]),
  ),
);
export const bounceReasons = options('UNKNOWN_USER MAILBOX_FULL POLICY CONTENT SPAM OTHER');
export const scoringTiers = options('tier_1 tier_2 tier_3 tier_4');

export const companyTypes = options('PROSPECT PARTNER RESELLER VENDOR OTHER');
export const companyIndustries = options(
  `ACCOUNTING AIRLINES_AVIATION ALTERNATIVE_DISPUTE_RESOLUTION ALTERNATIVE_MEDICINE ANIMATION APPAREL_FASHION
   ARCHITECTURE_PLANNING ARTS_AND_CRAFTS AUTOMOTIVE AVIATION_AEROSPACE BANKING BIOTECHNOLOGY BROADCAST_MEDIA
   BUILDING_MATERIALS BUSINESS_SUPPLIES_AND_EQUIPMENT CAPITAL_MARKETS CHEMICALS CIVIC_SOCIAL_ORGANIZATION
   CIVIL_ENGINEERING COMMERCIAL_REAL_ESTATE COMPUTER_NETWORK_SECURITY COMPUTER_GAMES COMPUTER_HARDWARE
   COMPUTER_NETWORKING COMPUTER_SOFTWARE INTERNET CONSTRUCTION CONSUMER_ELECTRONICS CONSUMER_GOODS
   CONSUMER_SERVICES COSMETICS DAIRY DEFENSE_SPACE DESIGN EDUCATION_MANAGEMENT E_LEARNING
   ELECTRICAL_ELECTRONIC_MANUFACTURING ENTERTAINMENT ENVIRONMENTAL_SERVICES EVENTS_SERVICES EXECUTIVE_OFFICE
   FACILITIES_SERVICES FARMING FINANCIAL_SERVICES FINE_ART FISHERY FOOD_BEVERAGES FOOD_PRODUCTION FUND_RAISING
   FURNITURE GAMBLING_CASINOS GLASS_CERAMICS_CONCRETE GOVERNMENT_ADMINISTRATION GOVERNMENT_RELATIONS
   GRAPHIC_DESIGN HEALTH_WELLNESS_AND_FITNESS HIGHER_EDUCATION HOSPITAL_HEALTH_CARE HOSPITALITY HUMAN_RESOURCES
   IMPORT_AND_EXPORT INDIVIDUAL_FAMILY_SERVICES INDUSTRIAL_AUTOMATION INFORMATION_SERVICES
   INFORMATION_TECHNOLOGY_AND_SERVICES INSURANCE INTERNATIONAL_AFFAIRS INTERNATIONAL_TRADE_AND_DEVELOPMENT
   INVESTMENT_BANKING INVESTMENT_MANAGEMENT JUDICIARY LAW_ENFORCEMENT LAW_PRACTICE LEGAL_SERVICES
   LEGISLATIVE_OFFICE LEISURE_TRAVEL_TOURISM LIBRARIES LOGISTICS_AND_SUPPLY_CHAIN LUXURY_GOODS_JEWELRY MACHINERY
   MANAGEMENT_CONSULTING MARITIME MARKET_RESEARCH MARKETING_AND_ADVERTISING MECHANICAL_OR_INDUSTRIAL_ENGINEERING
   MEDIA_PRODUCTION MEDICAL_DEVICES MEDICAL_PRACTICE MENTAL_HEALTH_CARE MILITARY MINING_METALS
   MOTION_PICTURES_AND_FILM MUSEUMS_AND_INSTITUTIONS MUSIC NANOTECHNOLOGY NEWSPAPERS
   NON_PROFIT_ORGANIZATION_MANAGEMENT OIL_ENERGY ONLINE_MEDIA OUTSOURCING_OFFSHORING PACKAGE_FREIGHT_DELIVERY
   PACKAGING_AND_CONTAINERS PAPER_FOREST_PRODUCTS PERFORMING_ARTS PHARMACEUTICALS PHILANTHROPY PHOTOGRAPHY
   PLASTICS POLITICAL_ORGANIZATION PRIMARY_SECONDARY_EDUCATION PRINTING PROFESSIONAL_TRAINING_COACHING
   PROGRAM_DEVELOPMENT PUBLIC_POLICY PUBLIC_RELATIONS_AND_COMMUNICATIONS PUBLIC_SAFETY PUBLISHING
   RAILROAD_MANUFACTURE RANCHING REAL_ESTATE RECREATIONAL_FACILITIES_AND_SERVICES RELIGIOUS_INSTITUTIONS
   RENEWABLES_ENVIRONMENT RESEARCH RESTAURANTS RETAIL SECURITY_AND_INVESTIGATIONS SEMICONDUCTORS SHIPBUILDING
   SPORTING_GOODS SPORTS STAFFING_AND_RECRUITING SUPERMARKETS TELECOMMUNICATIONS TEXTILES THINK_TANKS TOBACCO
   TRANSLATION_AND_LOCALIZATION TRANSPORTATION_TRUCKING_RAILROAD UTILITIES VENTURE_CAPITAL_PRIVATE_EQUITY
   VETERINARY WAREHOUSING WHOLESALE WINE_AND_SPIRITS WIRELESS WRITING_AND_EDITING`,
  {
    HOSPITAL_HEALTH_CARE: 'Hospital & Health Care',
    TRANSPORTATION_TRUCKING_RAILROAD: 'Transportation/Trucking/Railroad',
  },
);

export const dealTypes = options('newbusiness existingbusiness');
export const leadTypes = labelled({ NEW_BUSINESS: 'New business' });
export const leadLabels = options('HOT WARM COLD');
// Those whose values public repositories tell; a portal has more.
export const leadDisqualificationReasons = labelled({
  NOT_A_GOOD_FIT: 'Not a good fit',
  NO_DECISION_MAKING_POWER: 'No decision-making power',
  NO_INTEREST: 'No commercial interest',
});
export const dealPriorities = options('low medium high');

export const taskStatuses = options('NOT_STARTED IN_PROGRESS WAITING DEFERRED COMPLETED');
export const taskPriorities = options('NONE LOW MEDIUM HIGH');
export const taskTypes = options('TODO CALL EMAIL');
export const callDirections = options('INBOUND OUTBOUND');
export const callStatuses = options(
  'BUSY CALLING_CRM_USER CANCELED COMPLETED CONNECTING FAILED IN_PROGRESS MISSED NO_ANSWER QUEUED RINGING',
);
export const callDispositions = labelled({
  '9d9162e7-6cf3-4944-bf63-4dff82258764': 'Busy',
  'f240bbac-87c9-4f6e-bf70-924b57d47db7': 'Connected',
  'a4c4c377-d246-4b32-a13b-75a56a4cd0ff': 'Left live message',
  'b2cf5968-551e-4856-9783-52b3da59a7d0': 'Left voicemail',
  '73a0d17f-1163-4015-bdd5-ec830791da20': 'No answer',
  '17b47fee-58de-441e-a44c-c6300d46f273': 'Wrong number',
});
export const emailDirections = options('EMAIL INCOMING_EMAIL FORWARDED_EMAIL');
export const emailStatuses = options('BOUNCED FAILED SCHEDULED SENDING SENT');
export const meetingOutcomes = options('SCHEDULED COMPLETED RESCHEDULED NO_SHOW CANCELED');
export const meetingSources = options(
  'CRM_UI MEETINGS_PUBLIC MEETINGS_EMBEDDED BIDIRECTIONAL_SYNC INTEGRATION',
);
export const communicationChannels = options('SMS WHATS_APP LINKEDIN_MESSAGE');
export const communicationOrigins = options('CRM');
export const availabilities = options('available away');
